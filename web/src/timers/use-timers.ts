// What will happen by itself, soonest first; of one rule or of all. Kept true by the live channel.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { LiveItems, TimerView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';

type TimerNews = LiveItems['timers'];

export const timersKey = ['timers'] as const;

export function withTimerNews(
  timers: readonly TimerView[],
  news: readonly TimerNews[],
): readonly TimerView[] {
  const byId = new Map(timers.map((timer) => [timer.id, timer]));
  for (const { change, timer } of news) {
    if (change === 'armed') byId.set(timer.id, timer);
    else byId.delete(timer.id);
  }
  return [...byId.values()].toSorted((a, b) => a.due - b.due);
}

export function useTimers(rule?: string, wanted = true) {
  const { api } = useHouse();
  const queries = useQueryClient();
  useLive({
    channel: 'timers',
    filter: rule,
    wanted,
    items: (news) =>
      queries.setQueryData<readonly TimerView[]>(timersKey, (known) => known && withTimerNews(known, news)),
    gap: () => void queries.invalidateQueries({ queryKey: timersKey }),
  });
  return useQuery({
    queryKey: timersKey,
    queryFn: ({ signal }) => api.timers(signal),
    enabled: wanted,
    select: (timers) => (rule === undefined ? timers : timers.filter((timer) => timer.rule === rule)),
  });
}
