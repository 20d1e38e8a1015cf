// What is kept of which topics, and for how long. The first filter that matches a topic says; others have the defaults.
import { matchesFilter } from '../../base/index.ts';

export interface Thinning {
  /** Samples sooner after the one that was kept are left out. */
  readonly everyMs: number;
  /** So are those that differ by less, for an hour at the most. */
  readonly band: number;
}

export interface TopicPolicy {
  readonly filter: string;
  /** Neither journal nor series. */
  readonly isExcluded: boolean;
  /** In the journal. */
  readonly journalMs: number;
  readonly rawMs: number;
  readonly rollupMs: number;
  readonly thin: Thinning | undefined;
}

export interface HistoryPolicy {
  readonly journalMs: number;
  readonly journalBytes: number;
  readonly rawMs: number;
  readonly rollupMs: number;
  /** Bytes of all series; beyond, the oldest samples go. */
  readonly seriesBytes: number;
  /** Series that there may be; messages of further topics leave none. */
  readonly series: number;
  /** Series of one topic. */
  readonly paths: number;
  readonly topics: readonly TopicPolicy[];
}

const dayMs = 86_400_000;

export const defaultPolicy: HistoryPolicy = {
  journalMs: 8 * dayMs,
  journalBytes: 2 ** 30,
  rawMs: 30 * dayMs,
  rollupMs: 730 * dayMs,
  seriesBytes: 4 * 2 ** 30,
  series: 20_000,
  paths: 32,
  topics: [],
};

export function policyOf(policy: HistoryPolicy, topic: string): TopicPolicy {
  const own = policy.topics.find(({ filter }) => matchesFilter(filter, topic));
  if (own !== undefined) return own;
  const { journalMs, rawMs, rollupMs } = policy;
  return { filter: '#', isExcluded: false, journalMs, rawMs, rollupMs, thin: undefined };
}
