// A rule as the analysis sees it: what may wake it, and what each wake-up does that others may hear of.
import type { CompiledRule } from '../compile/rule.ts';
import type { Trigger, TriggerSource } from '../triggers/kind.ts';
import type { Knowledge } from './knowledge.ts';

/** What is known of a payload. `same`: that of the message that woke the rule. */
export type Sent =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'same' }
  | { readonly kind: 'unknown' };

/** Messages of rules on topics of one shape; the same for all that send the same. */
export interface Write {
  readonly on: 'topic';
  readonly key: string;
  readonly shape: string;
  readonly sent: Sent;
  /** What a device reports when it gets that command. */
  readonly echoOf: Write | undefined;
}

/** What leads from one wake-up to another. */
export type Carrier =
  | Write
  | { readonly on: 'event' | 'end' | 'run'; readonly key: string; readonly name: string };

export interface Deed {
  readonly path: string;
  readonly carrier: Carrier;
  /** What it surely comes later than the wake-up. */
  readonly delayMs: number;
  /** It may be left out. */
  readonly isConditional: boolean;
}

export interface Wake {
  readonly rule: CompiledRule;
  /** Undefined: another rule runs it. */
  readonly trigger: Trigger | undefined;
  readonly knowledge: Knowledge;
  readonly deeds: readonly Deed[];
}

export interface Portrait {
  readonly rule: CompiledRule;
  readonly isEnabled: boolean;
  /** Triggers that are switched on, each row by itself. */
  readonly wakes: readonly Wake[];
  /** As `run` of another rule wakes it. */
  readonly run: Wake;
}

export const wakesOf = ({ wakes, run }: Portrait): readonly Wake[] => [...wakes, run];

/** What its runs wait for on the way. */
export function waitsOf({ plan }: CompiledRule): { readonly path: string; readonly source: TriggerSource }[] {
  return plan.instructions.flatMap(({ path, watches }) =>
    watches.flatMap((watch) => {
      if (watch.kind === 'trigger') return [{ path, source: watch.source }];
      if (watch.kind !== 'condition') return [];
      return [{ path, source: { on: 'condition' as const, condition: watch.condition } }];
    }),
  );
}

/** For people: what a deed leads on by. */
export function nameOf(carrier: Carrier): string {
  if (carrier.on === 'topic') return carrier.shape;
  return carrier.on === 'event' ? `event ${carrier.name}` : `rule ${carrier.name}`;
}
