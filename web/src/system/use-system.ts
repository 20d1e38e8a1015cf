// What the server says of itself; also where the page learns the server's time.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SystemView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';

const systemKey = ['system'] as const;

function useSystemQuery(refreshMs: number | false) {
  const { api, ticker } = useHouse();
  return useQuery({
    queryKey: systemKey,
    queryFn: async ({ signal }) => {
      const system = await api.system(signal);
      ticker.adjust(system.now);
      return system;
    },
    refetchInterval: refreshMs,
  });
}

/** Asked once, by the frame of all pages: ages are then right on devices whose clock is wrong. */
export function useServerClock(): void {
  useSystemQuery(false);
}

export function useSystem() {
  const queries = useQueryClient();
  useLive({
    channel: 'system',
    items: (items) => queries.setQueryData<SystemView>(systemKey, items.at(-1)),
  });
  return useSystemQuery(10_000);
}
