// The runs of all rules, newest first, kept true by the live channel.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunSummary } from '../api/types.ts';
import { useHouse } from '../app/house.ts';
import { useLive } from '../live/use-live.ts';
import { type RunFilter, wantedOf } from './run-filter.ts';
import { runKey, summaryOf, withRuns } from './use-runs.ts';

export const allRunsKey = ['all-runs'] as const;
/** As many as the server gives at once. */
export const mostRuns = 1_000;
/** Of a house with thousands of runs a minute only the last are kept in full. */
const mostInFull = 60;

export function useAllRuns() {
  const { api } = useHouse();
  const queries = useQueryClient();
  const runs = useQuery({
    queryKey: allRunsKey,
    queryFn: async ({ signal }) => withRuns([], (await api.allRuns(mostRuns, {}, signal)).items, mostRuns),
  });
  useLive({
    channel: 'runs',
    items: (came) => {
      for (const run of came.slice(-mostInFull)) queries.setQueryData(runKey(run.id), run);
      queries.setQueryData<readonly RunSummary[]>(
        allRunsKey,
        (known) => known && withRuns(known, came.map(summaryOf), mostRuns),
      );
    },
    gap: () => void queries.invalidateQueries({ queryKey: allRunsKey }),
  });
  return runs;
}

/** With those that are older than all of `runs`, of a kind that is wanted: a failure is found among thousands of others. */
export function useFoundRuns(runs: readonly RunSummary[], filter: RunFilter): readonly RunSummary[] {
  const { api } = useHouse();
  const wanted = wantedOf(filter);
  const { data } = useQuery({
    queryKey: [...allRunsKey, 'found', wanted],
    queryFn: async ({ signal }) => (await api.allRuns(mostRuns, wanted, signal)).items,
    enabled: wanted !== undefined && runs.length >= mostRuns,
    placeholderData: keepPreviousData,
  });
  return wanted === undefined || data === undefined ? runs : withRuns(data, runs, 2 * mostRuns);
}
