// One branch of a run: where it stands in the plan, what is its own, what it waits for. Plain data, serialisable.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { LocalName } from '../compile/plan.ts';
import type { Overdue } from '../model/overdue.ts';
import type { TraceError } from '../trace/trace.ts';
import type { Outage } from './outage.ts';
import type { PackedWake } from './wake.ts';

/** A watch saw what it wanted and it has to hold until `due`, or it waits for a time of day. */
export interface HeldWatch {
  readonly index: number;
  /** The topic or the name that it is about; empty for a condition and for a time of day. */
  readonly about: string;
  readonly since: Timestamp;
  readonly due: Timestamp;
  /** What it saw. */
  readonly wake?: PackedWake;
  /** Milliseconds in between in which nobody looked. */
  readonly unobservedMs?: number;
}

/** A wait that was begun. */
export interface ThreadWait {
  readonly since: Timestamp;
  /** When it ends by itself; undefined: only something else ends it. */
  readonly due: Timestamp | undefined;
  readonly for: Duration | undefined;
  readonly overdue: Overdue | undefined;
  /** For how long a condition that ends the wait must hold. */
  readonly holdMs: Duration | undefined;
  /** Watches that end the wait when their own time comes. */
  readonly held: readonly HeldWatch[];
  /** What conditions that are to become true were last, by watch: only a rise counts. */
  readonly last?: Readonly<Record<number, boolean>>;
  /** The call whose answer ends the wait. */
  readonly call: string | undefined;
  readonly memory: unknown;
  /** Whose messages its watches of kind `report` see. */
  readonly topics?: readonly string[];
  /** For how long topics have to be silent, by watch. */
  readonly silences?: Readonly<Record<number, Duration>>;
  /** When the house was down during it; kept while it listens for silence. */
  readonly outages?: readonly Outage[];
}

export interface Thread {
  /** 0 is the main branch; numbers are not used again within a run. */
  readonly number: number;
  /** The branch that waits for this one. */
  readonly parent: number | undefined;
  /** The instruction it is at, or waits in. -1: queued, not begun. */
  pc: number;
  wait: ThreadWait | undefined;
  /** Branches that have not come back; undefined: it forked none. */
  branches: number | undefined;
  /** Of the first branch that failed. */
  branchError: TraceError | undefined;
  /** Bindings that are its own. */
  locals: Partial<Record<LocalName, unknown>>;
  /** What entries of the plan remember, by path. */
  memory: Record<string, unknown>;
}

export function newThread(number: number, pc: number, parent?: Thread): Thread {
  return {
    number,
    parent: parent?.number,
    pc,
    wait: undefined,
    branches: undefined,
    branchError: undefined,
    locals: parent === undefined ? {} : { ...parent.locals },
    memory: {},
  };
}

/** The watch whose time comes first. */
export function firstHeld(wait: ThreadWait): HeldWatch | undefined {
  return wait.held.reduce<HeldWatch | undefined>(
    (first, held) => (first === undefined || held.due < first.due ? held : first),
    undefined,
  );
}

/** When time does something to a wait: the earlier of its end and of what is held. */
export function dueOf(wait: ThreadWait | undefined): Timestamp | undefined {
  if (wait === undefined) return undefined;
  const held = firstHeld(wait)?.due;
  if (held === undefined || wait.due === undefined) return held ?? wait.due;
  return Math.min(wait.due, held);
}

/** The name of a branch's timer: the run's own for the main branch. */
export function timerId(run: string, thread: number): string {
  return thread === 0 ? run : `${run}:${thread}`;
}

export function parseTimerId(id: string): { readonly run: string; readonly thread: number } {
  const [run = '', thread] = id.split(':');
  return { run, thread: Number(thread ?? 0) };
}
