// The record of one run, or of a wake-up that did not become one. Plain JSON: stored, sent and shown as it is.
import type { Timestamp } from '../../base/index.ts';
import type { DecidingClause, SubValue } from '../../expression/index.ts';

/** Closed set; `running` and `waiting` are not endings. */
export type Outcome =
  | 'finished'
  | 'stopped'
  | 'superseded'
  | 'refused'
  | 'timed-out'
  | 'failed'
  | 'cancelled'
  | 'conditions-failed';

export type RunStatus = Outcome | 'running' | 'waiting';

/** What went wrong: a stable code, words, and where. */
export interface TraceError {
  readonly code: string;
  readonly message: string;
  /** What the message is made of, for who says it in another language. */
  readonly params?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly position?: number;
}

/** The value of a part; as JSON it shows its type. */
export type TracePart = Omit<SubValue, 'type'>;

/** One expression with what it saw. */
export interface TraceExpression {
  /** Where in the document: `conditions[0]`, `actions[1].payload`. */
  readonly path: string;
  readonly source: string;
  /** Of a condition: what it decided. */
  readonly result?: 'pass' | 'fail' | 'error';
  readonly value?: unknown;
  readonly parts: readonly TracePart[];
  /** Of a condition that failed: which of its comparisons decided, and how far they are from passing. */
  readonly decided?: readonly DecidingClause[];
  readonly error?: TraceError;
}

export interface TraceTrigger {
  readonly index: number;
  readonly id?: string;
  readonly verb: string;
  readonly at: Timestamp;
  readonly topic?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly value?: unknown;
  readonly device?: string;
  readonly payload?: unknown;
  readonly retain?: boolean;
  readonly origin?: string;
  readonly by?: string;
  /** Rules and flows that stood between it and the outside, when there were any. */
  readonly depth?: number;
  /** The run that led to it. */
  readonly cause?: string;
  readonly seq: number;
  /** Milliseconds past its due time, when that is more than a second. */
  readonly lateMs?: number;
  /** Of what had to hold: milliseconds in which the house was down. */
  readonly unobservedMs?: number;
}

export interface TraceEffect {
  readonly id: string;
  readonly kind: 'publish' | 'log' | 'emit' | 'variable' | 'command' | 'call';
  /** Of an event, a variable, another rule or a service. */
  readonly name?: string;
  readonly topic?: string;
  readonly payload?: unknown;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
  readonly text?: string;
  /** Why it was not done. */
  readonly refused?: string;
}

export interface TraceStep {
  readonly path: string;
  readonly verb: string;
  readonly at: Timestamp;
  /** Time in the engine, or time waited. */
  readonly durationMs: number;
  readonly id?: string;
  /** Of `parallel`; the main one has none. */
  readonly branch?: number;
  /** In a word: `then`, `else`, `waited 5s`, `late 12s`, a value. */
  readonly result?: string;
  readonly expressions?: readonly TraceExpression[];
  readonly effects?: readonly TraceEffect[];
  /** Variables that the step changed. */
  readonly changed?: Readonly<Record<string, unknown>>;
  readonly error?: TraceError;
}

/** What a list of runs shows of one. */
export interface TraceHead {
  readonly id: string;
  readonly rule: string;
  readonly version: number;
  readonly at: Timestamp;
  readonly status: RunStatus;
  readonly endedAt?: Timestamp | undefined;
  readonly reason?: string | undefined;
  readonly key?: string | undefined;
  readonly trigger: Pick<TraceTrigger, 'verb'> & { readonly topic?: string | undefined };
  readonly due?: Timestamp | undefined;
}

/** A trace that is made when somebody reads it: of a rule that runs often most are never read. */
export interface LateTrace {
  readonly head: TraceHead;
  read(): Trace;
}

export interface Trace {
  /** The run's id. */
  readonly id: string;
  readonly rule: string;
  readonly version: number;
  readonly at: Timestamp;
  readonly endedAt?: Timestamp;
  readonly status: RunStatus;
  /** Reason code beside the outcome: `single`, `max`, `limit`, `overdue`, the text of `stop`. */
  readonly reason?: string;
  readonly key?: string;
  readonly trigger: TraceTrigger;
  readonly when?: TraceExpression;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly conditions: readonly TraceExpression[];
  /** Where somebody asks why it did not run: every condition that fails, first the one that decided. */
  readonly failing?: readonly TraceExpression[];
  readonly steps: readonly TraceStep[];
  readonly error?: TraceError;
  /** What `stop` gave as its result. */
  readonly result?: unknown;
  /** Sub-expression values were left out because the rule ran too often (`thin`). */
  readonly thin?: boolean;
  /** When a waiting run goes on by itself. */
  readonly due?: Timestamp;
}

/** One that is made already. */
export function readyTrace(trace: Trace): LateTrace {
  return { head: headOf(trace), read: () => trace };
}

/** Without the details: it may be kept for long. */
export function headOf({
  id,
  rule,
  version,
  at,
  status,
  endedAt,
  reason,
  key,
  trigger,
  due,
}: TraceHead): TraceHead {
  const { verb, topic } = trigger;
  return { id, rule, version, at, status, endedAt, reason, key, trigger: { verb, topic }, due };
}
