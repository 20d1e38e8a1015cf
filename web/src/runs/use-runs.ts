// The runs of one rule, newest first, kept true by the live channel.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunSummary, RunView } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';

const mostShown = 200;

export function runsKey(rule: string) {
  return ['runs', rule] as const;
}

export function runKey(run: string) {
  return ['run', run] as const;
}

export function summaryOf(run: RunView): RunSummary {
  const { id, rule, version, at, endedAt, status, reason, key, due, trigger } = run;
  return {
    id,
    rule,
    version,
    at,
    status,
    verb: trigger.verb,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(reason === undefined ? {} : { reason }),
    ...(key === undefined ? {} : { key }),
    ...(trigger.topic === undefined ? {} : { topic: trigger.topic }),
    ...(due === undefined ? {} : { due }),
  };
}

/** A run is known by its id: what comes again replaces what was. */
export function withRuns(
  known: readonly RunSummary[],
  came: readonly RunSummary[],
  most = mostShown,
): readonly RunSummary[] {
  const byId = new Map(known.map((run) => [run.id, run]));
  for (const run of came) byId.set(run.id, run);
  return [...byId.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, most);
}

export function useRuns(rule: string) {
  const { api } = useHouse();
  const queries = useQueryClient();
  const runs = useQuery({
    queryKey: runsKey(rule),
    queryFn: async ({ signal }) => withRuns([], (await api.runs(rule, signal)).items),
  });
  useLive({
    channel: 'runs',
    filter: rule,
    items: (items) => {
      const came = items.filter((run) => run.rule === rule);
      for (const run of came) queries.setQueryData(runKey(run.id), run);
      queries.setQueryData<readonly RunSummary[]>(
        runsKey(rule),
        (known) => known && withRuns(known, came.map(summaryOf)),
      );
    },
    gap: () => void queries.invalidateQueries({ queryKey: runsKey(rule) }),
  });
  return runs;
}

export function useRun(id: string) {
  const { api } = useHouse();
  return useQuery({ queryKey: runKey(id), queryFn: ({ signal }) => api.run(id, signal) });
}
