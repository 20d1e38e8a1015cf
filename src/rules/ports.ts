// What the engine asks of the house: rows that survive, effects that go out, a journal of inputs.
import type { Rows, Timestamp } from '../base/index.ts';
import type { TopicState } from '../devices/index.ts';
import type { Effect } from './effect.ts';
import type { Input } from './input.ts';
import type { DueItem } from './run/due-item.ts';
import type { Due } from './schedule/due-heap.ts';
import type { LateTrace } from './trace/trace.ts';

/** A run that waits for something. Deleted in the batch in which the run ends. */
export interface RunRow {
  readonly id: string;
  readonly rule: string;
  /** The version that the run started with and finishes on. */
  readonly version: number;
  /** When it goes on by itself; null when only an event can wake it. */
  readonly due: Timestamp | null;
  /** The cursor with its format version, variables, bindings and trace so far, as JSON. */
  readonly state: string;
}

/** What a trigger must remember over a restart: what it holds, what it saw last. */
export interface TriggerRow {
  /** Rule, the trigger's mark and what it is about (a topic), joined by `/`. */
  readonly id: string;
  readonly rule: string;
  /** When what is held has held long enough; null when nothing comes due. */
  readonly due: Timestamp | null;
  /** Plain JSON with its format. */
  readonly state: string;
}

/** How devices were when a rule captured them; deleted when it restores them, or with the rule. */
export interface CaptureRow {
  /** Rule, key and name. */
  readonly id: string;
  readonly rule: string;
  readonly at: Timestamp;
  /** JSON: their ids with their properties. */
  readonly devices: string;
}

/** Work outside that was begun, or is to be; deleted when it is answered. */
export interface CallRow {
  readonly id: string;
  readonly rule: string;
  readonly run: string;
  readonly at: Timestamp;
  readonly service: string;
  /** JSON. */
  readonly request: string;
  readonly isIdempotent: boolean;
  /** The request holds a secret: it is sealed on the disk. */
  readonly isSecret: boolean;
}

/** A publish that was decided and must leave the process once; deleted after its release. */
export interface EffectRow {
  readonly id: string;
  readonly rule: string;
  readonly run: string;
  readonly at: Timestamp;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** JSON of expiry and user properties; null when there are none. */
  readonly options: string | null;
}

/** One saved version of a rule; never changed afterwards. */
export interface RuleVersionRow {
  readonly rule: string;
  readonly version: number;
  /** The text as the author wrote it (YAML or JSON), comments and all. */
  readonly source: string;
  /** The parsed document as JSON, so that a start need not parse YAML. */
  readonly document: string;
  readonly author: string;
  readonly note: string;
  readonly savedAt: Timestamp;
}

/** Which version of a rule is in force. Deleted with the rule; its versions stay until pruned. */
export interface RuleRow {
  readonly id: string;
  readonly version: number;
  readonly enabled: boolean;
}

export interface EngineRows {
  readonly runs: Rows<RunRow>;
  readonly effects: Rows<EffectRow>;
  readonly calls: Rows<CallRow>;
  readonly triggers: Rows<TriggerRow>;
  readonly captures: Rows<CaptureRow>;
}

/** Where a decision goes. The live house, a test, a dry run and a backtest differ only in this and in the clock. */
export interface EngineSink {
  /** Every input, in order, before it is decided. */
  input(input: Input): void;
  /** The state that a message left behind. */
  stateKept(state: TopicState): void;
  /** An effect that other rules have seen already; the sink sends it on when its time has come. */
  effect(effect: Effect): void;
  /** A run that ended, or (outcome `conditions-failed`, `refused`) a wake-up that did not become one. */
  trace(trace: LateTrace): void;
  /** A line that a rule wrote. */
  log(rule: string, text: string): void;
  /** A rule switched another one on or off: to be kept. */
  switched(rule: string, enabled: boolean, by: string): void;
  /** A run began to wait or went on; for live views. */
  runChanged(trace: LateTrace): void;
  /** Something will come due, or will no more; for live views. */
  timerChanged(timer: Due<DueItem>, isArmed: boolean): void;
}
