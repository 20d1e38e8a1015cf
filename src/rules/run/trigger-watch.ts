// From what happened to who is woken: triggers on topics, conditions and signals, and what they hold for a while first.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { SignalInput } from '../input.ts';
import type { Hold, TopicEvent, Trigger } from '../triggers/kind.ts';
import type { WakeUp } from './admission.ts';
import { Bindings } from './bindings.ts';
import type { TopicEntry } from './candidate.ts';
import { decide } from './decide.ts';
import { durationOf } from './duration.ts';
import type { ConditionEntry, SignalEntry } from './rule-book.ts';
import type { RuleState } from './rule-state.ts';
import type { TriggerMemory } from './trigger-memory.ts';
import { messageWake, signalWake, triggerWake, type Wake } from './wake.ts';

interface Seen {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly hold: Hold | undefined;
  /** What is held: a topic, a name. */
  readonly about: string;
  readonly wake: Wake;
}

export class TriggerWatch {
  readonly #memory: TriggerMemory;
  readonly #home: HomeView;

  constructor(memory: TriggerMemory, home: HomeView) {
    this.#memory = memory;
    this.#home = home;
  }

  // hot: test/bench/engine.ts
  onMessage({ state, trigger, source, pattern }: TopicEntry, event: TopicEvent): WakeUp | undefined {
    const values = source.accept(event);
    const { topic } = event.input;
    if (values !== undefined) {
      const wake = messageWake(event, { trigger, pattern, values });
      if (source.hold === undefined) return { wake, when: trigger.when, row: trigger.row };
      return this.#saw({ state, trigger, hold: source.hold, about: topic, wake });
    }
    if (source.hold === undefined || source.stillHolds?.(event) === true) return undefined;
    this.#memory.release(state.rule.id, trigger, topic);
    return undefined;
  }

  onSignal({ state, trigger, source }: SignalEntry, input: SignalInput): WakeUp | undefined {
    const values = source.accept(input);
    if (values !== undefined) {
      const wake = signalWake(input, trigger, values);
      return this.#saw({ state, trigger, hold: source.hold, about: input.name, wake });
    }
    if (source.hold === undefined || source.stillHolds?.(input) === true) return undefined;
    this.#memory.release(state.rule.id, trigger, input.name);
    return undefined;
  }

  /** A condition is looked at: it wakes when it was known not to hold and does now. The first look only sets it. */
  onLook(
    { state, trigger, source }: ConditionEntry,
    input: { at: Timestamp; seq: number },
  ): WakeUp | undefined {
    const { rule } = state;
    const wake = { ...triggerWake(trigger, input), value: true };
    const bindings = new Bindings(rule, wake, this.#home);
    const is = decide(source.condition, { scope: bindings, record: undefined }) === 'pass';
    const was = this.#memory.last(rule.id, trigger);
    if (is === was) return undefined;
    this.#memory.keep(rule.id, trigger, is);
    if (!is) this.#memory.release(rule.id, trigger, '');
    if (!is || was === undefined) return undefined;
    return this.#saw({ state, trigger, hold: source.hold, about: '', wake });
  }

  /** What was held has held long enough. */
  onHeld(
    state: RuleState,
    { mark, hold }: { readonly mark: string; readonly hold: string },
    { at, seq }: { readonly at: Timestamp; readonly seq: number },
  ): WakeUp | undefined {
    const held = this.#memory.find(hold);
    const trigger = state.triggers.find((each) => each.mark === mark);
    if (held === undefined || trigger === undefined) return undefined;
    this.#memory.releaseId(state.rule.id, trigger, hold);
    const { index, id } = trigger;
    const { unobservedMs: unobserved } = held;
    return {
      wake: { ...held.wake, index, id, at, seq, ...(unobserved > 0 && { unobserved }) },
      when: trigger.when,
    };
  }

  #saw({ state, trigger, hold, about, wake }: Seen): WakeUp | undefined {
    if (hold === undefined) return { wake, when: trigger.when, row: trigger.row };
    const { rule } = state;
    const scope = new Bindings(rule, wake, this.#home);
    const forMs: Duration = durationOf(hold.for, `${trigger.path}.for`, { scope, record: undefined });
    const held = { since: wake.at, due: wake.at + forMs, wake, unobservedMs: 0 };
    this.#memory.hold(rule.id, trigger, { about, held });
    return undefined;
  }
}
