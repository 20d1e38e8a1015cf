// Which runs a person wants to see. What is chosen stands in the address.
import type { RunWanted } from '../api/client.ts';
import type { RunOutcome, RunStatus, RunSummary } from '../api/types.ts';

export const outcomes = ['done', 'not', 'failed', 'open'] as const satisfies readonly RunOutcome[];

/** As the server narrows them; `test/web/runs.test.tsx` compares both. */
const groups: Readonly<Record<RunStatus, RunOutcome>> = {
  finished: 'done',
  stopped: 'done',
  'conditions-failed': 'not',
  refused: 'not',
  superseded: 'not',
  cancelled: 'not',
  failed: 'failed',
  'timed-out': 'failed',
  running: 'open',
  waiting: 'open',
};

export function groupOf(status: RunStatus): RunOutcome {
  return groups[status];
}

export const spans = { hour: 3_600_000, day: 86_400_000 } as const;
export type Span = keyof typeof spans;

export interface RunFilter {
  readonly rule?: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly span?: string;
}

/** Why a run ended as it did: its reason, or where it has none its status. */
export function reasonOf({ reason, status }: RunSummary): string {
  return reason ?? status;
}

function isSpan(span: string | undefined): span is Span {
  return span !== undefined && Object.hasOwn(spans, span);
}

export function matchesRun(run: RunSummary, filter: RunFilter, now: number): boolean {
  const { rule, outcome, reason, span } = filter;
  if (rule !== undefined && run.rule !== rule) return false;
  if (outcome !== undefined && groupOf(run.status) !== outcome) return false;
  if (reason !== undefined && reasonOf(run) !== reason) return false;
  return !isSpan(span) || now - run.at <= spans[span];
}

function isOutcome(outcome: string | undefined): outcome is RunOutcome {
  return outcomes.some((one) => one === outcome);
}

const instants: Readonly<Record<Span, string>> = { hour: '-1h', day: '-1d' };

/** What the server is asked for; undefined: nothing is narrowed. */
export function wantedOf({ rule, outcome, reason, span }: RunFilter): RunWanted | undefined {
  const wanted = {
    ...(rule !== undefined && { rule }),
    ...(isOutcome(outcome) && { outcome }),
    ...(reason !== undefined && { reason }),
    ...(isSpan(span) && { from: instants[span] }),
  };
  return Object.keys(wanted).length === 0 ? undefined : wanted;
}

/** How many of each outcome there are with the rest of the filter. */
export function countsOf(
  runs: readonly RunSummary[],
  { outcome: _, ...filter }: RunFilter,
  now: number,
): Readonly<Record<RunOutcome | 'all', number>> {
  const counts = { all: 0, done: 0, not: 0, failed: 0, open: 0 };
  for (const run of runs) {
    if (!matchesRun(run, filter, now)) continue;
    counts.all += 1;
    counts[groupOf(run.status)] += 1;
  }
  return counts;
}
