// Whatever can change a decision is an Input: numbered, journalled and replayable.
import type { Timestamp } from '../base/index.ts';
import type { DeviceChange, PastEvent } from '../devices/index.ts';
import type { CommandedWish } from '../expression/index.ts';

export const inputOrigins = ['client', 'rule', 'bridge', 'flow', 'api'] as const;

export type InputOrigin = (typeof inputOrigins)[number];

/** Where an input comes from. */
export interface Source {
  readonly origin: InputOrigin;
  /** Client id, rule id or user; of a flow `flows`, or `flows/NODE`. */
  readonly by: string;
  /** How many rules and flows stand between it and the outside; 0 for a device's own. */
  readonly depth: number;
  /** The run that led to it. */
  readonly cause?: string;
}

/** Of MQTT 5: names and texts; several of one name are a list. */
export type UserProperties = Readonly<Record<string, string | readonly string[]>>;

/** A message that the broker accepted, or that a rule published. */
export interface MessageInput extends Source {
  readonly kind: 'message';
  readonly seq: number;
  readonly at: Timestamp;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** True for what comes out of a store (a bridge's retained burst, a replay): wakes only who asks for it. */
  readonly stored?: boolean;
  readonly userProperties?: UserProperties;
  /** Of a command that a decision made; never journalled, for the decision makes it again. */
  readonly wish?: CommandedWish;
}

/** A timer of the engine came due: a suspended run goes on, or what had to hold has held. */
export interface TimerInput {
  readonly kind: 'timer';
  readonly seq: number;
  readonly at: Timestamp;
  /** Of the timer: that of the run for its main branch, see `timerId`; or a hold, a silence, or a look at the clock. */
  readonly run: string;
  /** Fired by hand before its time. */
  readonly byHand?: boolean;
}

/** A schedule of a trigger came due. */
export interface ScheduleInput {
  readonly kind: 'schedule';
  readonly seq: number;
  readonly at: Timestamp;
  readonly rule: string;
  readonly trigger: number;
  /** When it was meant to fire. */
  readonly due: Timestamp;
}

/** What a rule may know of a client that came or went. */
export interface ClientFacts {
  /** Absent for an anonymous client. */
  readonly user?: string;
  /** Empty on a unix socket. */
  readonly address: string;
  /** The kind of listener that it came through. */
  readonly listener: string;
  readonly protocol: string;
  /** Why it disconnected. */
  readonly reason?: string;
}

/** What may wake rules beside messages and time. The set is closed; `name` is what a trigger asks for. */
export type SignalKind = 'client' | 'device' | 'event' | 'rule' | 'webhook';

/** Something happened that is no message: a client came, a rule ended, a plugin emitted an event. */
export interface SignalInput extends Source {
  readonly kind: 'signal';
  readonly seq: number;
  readonly at: Timestamp;
  readonly signal: SignalKind;
  /** Client id, device id, event, rule id, name of a webhook. */
  readonly name: string;
  /** What became of it: `connected`, `offline`, an outcome. */
  readonly value?: unknown;
  /** Bound to `payload`: an event's data, a webhook's body, a run's result. */
  readonly data?: unknown;
}

/** What was asked of the outside has an answer, or cannot have one. */
export interface AnswerInput {
  readonly kind: 'answer';
  readonly seq: number;
  readonly at: Timestamp;
  /** Of the call. */
  readonly call: string;
  readonly answer: Answer;
  /** Absent where another rule answers. */
  readonly asked?: Asked;
}

/** What an answer belongs to, for a replay whose own calls have other ids. */
export interface Asked {
  readonly rule: string;
  readonly at: Timestamp;
  /** Of service and request, see `digestOf`. */
  readonly digest: string;
}

export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** The wall clock was set; `at` is what it shows now. */
export interface ClockInput {
  readonly kind: 'clock';
  readonly seq: number;
  readonly at: Timestamp;
  /** By how much; negative: it was set back. */
  readonly stepMs: number;
}

/** The engine is ready, or about to stop. */
export interface LifecycleInput {
  readonly kind: 'startup' | 'shutdown';
  readonly seq: number;
  readonly at: Timestamp;
}

/** What the last process left has been put back; `startup` follows when listeners are open, and time counts again. */
export interface RestoredInput {
  readonly kind: 'restored';
  readonly seq: number;
  readonly at: Timestamp;
  /** When the last process was seen alive for the last time: from then on nobody looked. */
  readonly stoppedAt: Timestamp;
}

/** Somebody asks for something: a person or program through the API, unless its source says otherwise. */
export interface CommandInput extends Pick<Source, 'by'>, Partial<Omit<Source, 'by'>> {
  readonly kind: 'command';
  readonly seq: number;
  readonly at: Timestamp;
  readonly command:
    | {
        readonly do: 'run';
        readonly rule: string;
        readonly run: string;
        readonly payload: unknown;
        readonly skipConditions: boolean;
        /** The call that the end of the run answers. */
        readonly answers?: string;
      }
    /** A run, or by the id of its timer what a trigger holds. */
    | { readonly do: 'cancel'; readonly run: string }
    | { readonly do: 'enable' | 'disable'; readonly rule: string }
    | ({ readonly do: 'set' } & CommandedWish)
    | { readonly do: 'device'; readonly change: DeviceChange }
    /** null deletes it. */
    | { readonly do: 'variable'; readonly name: string; readonly value: unknown };
}

/** A rule was saved, deleted, switched on or off. */
export interface RuleInput {
  readonly kind: 'rule';
  readonly seq: number;
  readonly at: Timestamp;
  readonly rule: string;
  readonly version: number;
  /** `suspended`: it can no longer be read; what waits for it is kept for when it is saved anew. */
  readonly change: 'saved' | 'deleted' | 'enabled' | 'disabled' | 'suspended';
  /** Whether it is switched on after the change. */
  readonly enabled: boolean;
  readonly by: string;
}

/** What a topic did before somebody began to ask about it was read, or could not be: see `devices/past`. */
export interface RecalledInput {
  readonly kind: 'recalled';
  readonly seq: number;
  readonly at: Timestamp;
  readonly topic: string;
  readonly path: string;
  readonly keepMs: number;
  /** Nothing of this input or of a later one is told. */
  readonly before: number;
  /** From here on the journal tells, before it the numeric history. */
  readonly from: Timestamp;
  /** Never journalled: the same look at journal and history tells it again. Undefined: nothing could be read. */
  readonly told: readonly PastEvent[] | undefined;
}

export type Input =
  | MessageInput
  | TimerInput
  | ScheduleInput
  | SignalInput
  | AnswerInput
  | ClockInput
  | LifecycleInput
  | RestoredInput
  | CommandInput
  | RuleInput
  | RecalledInput;

/** An input before it is numbered. */
export type Unnumbered<I extends Input = Input> = I extends Input ? Omit<I, 'seq'> : never;
