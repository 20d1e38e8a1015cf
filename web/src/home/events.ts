// Which runs are told as events: those that did something; of one that comes again and again, the latest.
import type { RunSummary } from '../api/types.ts';

const quiet: readonly RunSummary['status'][] = ['conditions-failed', 'refused', 'superseded', 'running'];

export interface HouseEvent {
  /** The latest of its kind. */
  readonly run: RunSummary;
  /** How many in a row: the same rule, with the same ending. */
  readonly times: number;
}

/** The newest first, as the runs are. */
export function eventsOf(runs: readonly RunSummary[], most: number): readonly HouseEvent[] {
  const events: HouseEvent[] = [];
  for (const run of runs) {
    if (quiet.includes(run.status)) continue;
    const last = events.at(-1);
    if (last?.run.rule === run.rule && last.run.status === run.status)
      events[events.length - 1] = { run: last.run, times: last.times + 1 };
    else if (events.length === most) break;
    else events.push({ run, times: 1 });
  }
  return events;
}
