// The contract of a trigger kind. A new one is one file and one line in table.ts.
import { z } from 'zod';
import type { Timestamp } from '../../base/index.ts';
import type { DeviceNews, Payload, StateUpdate } from '../../devices/index.ts';
import type { Expression, HomeView, Scope } from '../../expression/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Reads } from '../compile/reads.ts';
import type { ValueNode } from '../compile/text.ts';
import type { MessageInput, SignalKind } from '../input.ts';
import { field } from '../model/field.ts';
import type { TopicPattern } from '../model/topic-pattern.ts';
import type { Wanted } from './wanted.ts';

/** A message with what it did to the state. */
export interface TopicEvent {
  readonly input: MessageInput;
  readonly payload: Payload;
  readonly update: StateUpdate;
  /** Of which devices it changed something. */
  readonly devices: readonly DeviceNews[];
}

/** What a trigger binds beside the message itself. */
export interface WakeValues {
  readonly previous?: unknown;
  readonly value?: unknown;
}

/** What must hold without a break before the rule is woken. */
export interface Hold {
  /** Evaluated when the hold begins. */
  readonly for: ValueNode;
  /** `reset`: an outage in between begins it anew. */
  readonly gap: 'trust' | 'reset';
}

/** What a trigger on topics asks of a message, as it is written: for the analysis, which sees no message. */
export interface TopicDemand extends Wanted {
  /** Undefined: any. */
  readonly origin: MessageInput['origin'] | undefined;
  /** Only a value that differs from the one before. */
  readonly isChange: boolean;
  /** Where in the payload the value is looked at. */
  readonly at: Expression | undefined;
}

/** Messages on topics. */
export interface TopicSource {
  readonly on: 'topic';
  readonly patterns: readonly TopicPattern[];
  /** Every message that does not come out of a store is accepted, so that conditions may be looked at first. */
  readonly isUnconditional?: boolean;
  readonly demand: TopicDemand;
  /** Undefined: this message does not wake the rule. */
  accept(event: TopicEvent): WakeValues | undefined;
  /** For each concrete topic. */
  readonly hold?: Hold;
  /** Whether what is held goes on behind this message; left out: whether it was accepted. */
  stillHolds?(event: TopicEvent): boolean;
}

/** A condition that becomes true. */
export interface ConditionSource {
  readonly on: 'condition';
  readonly condition: Condition;
  readonly hold?: Hold;
  /** What decides in its place once it was true, until that fails: the comparison with some slack. */
  readonly stays?: Condition;
}

export type CatchUp = 'none' | { readonly do: 'latest' | 'all'; readonly withinMs: number | undefined };

/** Times. */
export interface ScheduleSource {
  readonly on: 'schedule';
  /** The first time after `after` at which it is due; undefined: never again, as far as is known. Throws RunError. */
  next(after: Timestamp, scope: Scope): Timestamp | undefined;
  readonly catchUp: CatchUp;
  /** What `next` reads beside the clock: when it changes, the schedule is computed anew. */
  readonly reads?: Reads;
}

/** No message for a time on a topic that spoke before. */
export interface SilenceSource {
  readonly on: 'silence';
  readonly patterns: readonly TopicPattern[];
  /** Evaluated when somebody begins to listen. */
  readonly for: ValueNode;
}

/** Something that is no message. `startup` and `shutdown` are those of the engine, `button` is pressed by hand. */
export interface SignalSource {
  readonly on: 'signal';
  readonly signal: SignalKind | 'startup' | 'shutdown' | 'button';
  /** Of whom: events, rules, devices, webhooks; undefined where they are patterns, labels or any. */
  readonly names?: readonly string[];
  /** Those of devices that it is about. */
  readonly label?: string;
  /** Undefined: this signal does not wake the rule. */
  accept(signal: Signal, home: HomeView): WakeValues | undefined;
  /** What has to be checked before a request becomes a signal. */
  readonly webhook?: Webhook;
  /** For each name. */
  readonly hold?: Hold;
  /** Whether what is held goes on behind this signal; left out: whether it was accepted. */
  stillHolds?(signal: Signal, home: HomeView): boolean;
}

/** Who may make a signal `webhook`. */
export interface Webhook {
  readonly names: readonly string[];
  readonly methods: readonly string[];
  /** Undefined: the one that was made for its name. */
  readonly secret: { readonly text: string } | { readonly name: string } | undefined;
}

/** What a source of signals sees of one. */
export interface Signal {
  readonly name: string;
  readonly value?: unknown;
  readonly data?: unknown;
}

/** How the engine is to watch for a trigger. The set is closed; many kinds share a source. */
export type TriggerSource = TopicSource | ConditionSource | ScheduleSource | SilenceSource | SignalSource;

/** One entry of `triggers`, compiled. With `each` there is one for every row. */
export interface Trigger {
  /** In the document. */
  readonly index: number;
  /** Among all triggers of the rule, rows included. */
  readonly slot: number;
  readonly path: string;
  readonly verb: string;
  readonly id: string | undefined;
  readonly enabled: boolean;
  readonly source: TriggerSource;
  readonly when: Condition | undefined;
  /** The row of `each`; bound to `params`. */
  readonly row: Readonly<Record<string, unknown>> | undefined;
  /** The same as long as the entry is the same, whatever else of the rule is edited. */
  readonly mark: string;
}

export interface TriggerKind {
  readonly verb: string;
  readonly doc: { readonly en: string; readonly zh: string };
  /** One entry, as YAML. */
  readonly example: string;
  /** Of the entry; its field `meta` says what each option is about. */
  readonly schema: z.ZodObject;
  readonly keys: readonly string[];
  /** Checks and compiles one entry; undefined with findings when something is wrong. */
  compile(entry: object, path: string, context: CompileContext): TriggerSource | undefined;
}

interface TriggerDefinition<Shape extends z.ZodRawShape> {
  readonly verb: string;
  readonly doc: { readonly en: string; readonly zh: string };
  readonly example: string;
  readonly shape: Shape;
  compile(
    document: z.output<z.ZodObject<Shape>>,
    path: string,
    context: CompileContext,
  ): TriggerSource | undefined;
}

/** Options that every trigger has; `when` is compiled by compile/rule.ts. */
export const commonTriggerShape = {
  id: z.string().min(1).max(100).optional(),
  note: z.string().optional(),
  enabled: z.boolean().optional(),
  when: field('condition', z.unknown()).optional(),
} as const;

export function triggerKind<Shape extends z.ZodRawShape>(definition: TriggerDefinition<Shape>): TriggerKind {
  const schema = z.strictObject({ ...definition.shape, ...commonTriggerShape });
  const keys = Object.keys(schema.shape);
  const { verb, doc, example } = definition;
  return {
    verb,
    doc,
    example,
    schema,
    keys,
    compile(entry, path, context) {
      const document = context.read(schema, entry, { path, keys });
      return document === undefined
        ? undefined
        : definition.compile(document as z.output<z.ZodObject<Shape>>, path, context);
    },
  };
}
