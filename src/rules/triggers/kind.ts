// The contract of a trigger kind. A new one is one file and one line in table.ts.
import { z } from 'zod';
import type { Timestamp } from '../../base/index.ts';
import type { Payload, StateUpdate } from '../../devices/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { CompileContext } from '../compile/context.ts';
import type { ClientInput, MessageInput } from '../input.ts';
import type { TopicPattern } from '../model/topic-pattern.ts';

/** A message with what it did to the state. */
export interface TopicEvent {
  readonly input: MessageInput;
  readonly payload: Payload;
  readonly update: StateUpdate;
}

/** What a trigger binds beside the message itself. */
export interface WakeValues {
  readonly previous?: unknown;
  readonly value?: unknown;
}

/** How the engine is to watch for a trigger. The set is closed; many kinds share a source. */
export type TriggerSource =
  | {
      readonly on: 'topic';
      readonly patterns: readonly TopicPattern[];
      /** Every message that does not come out of a store is accepted, so that conditions may be looked at first. */
      readonly isUnconditional?: boolean;
      /** Undefined: this message does not wake the rule. */
      accept(event: TopicEvent): WakeValues | undefined;
    }
  | {
      readonly on: 'schedule';
      /** The first time after `after` at which it is due; undefined: never again. */
      next(after: Timestamp): Timestamp | undefined;
    }
  | {
      readonly on: 'client';
      /** Undefined: this client does not wake the rule. */
      accept(input: ClientInput): WakeValues | undefined;
    }
  | { readonly on: 'startup' };

/** One entry of `triggers`, compiled. */
export interface Trigger {
  readonly index: number;
  readonly path: string;
  readonly verb: string;
  readonly id: string | undefined;
  readonly enabled: boolean;
  readonly source: TriggerSource;
  readonly when: Condition | undefined;
}

export interface TriggerKind {
  readonly verb: string;
  readonly doc: { readonly en: string; readonly zh: string };
  /** One entry, as YAML. */
  readonly example: string;
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
  when: z.unknown().optional(),
} as const;

export function triggerKind<Shape extends z.ZodRawShape>(definition: TriggerDefinition<Shape>): TriggerKind {
  const schema = z.strictObject({ ...definition.shape, ...commonTriggerShape });
  const keys = Object.keys(schema.shape);
  const { verb, doc, example } = definition;
  return {
    verb,
    doc,
    example,
    keys,
    compile(entry, path, context) {
      const document = context.read(schema, entry, { path, keys });
      return document === undefined
        ? undefined
        : definition.compile(document as z.output<z.ZodObject<Shape>>, path, context);
    },
  };
}
