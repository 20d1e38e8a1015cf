// From what happened to who is woken: triggers on topics, conditions and signals, and what they hold for a while first.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { SignalInput, TimerInput } from '../input.ts';
import type { Hold, TopicEvent, Trigger } from '../triggers/kind.ts';
import type { WakeUp } from './admission.ts';
import { Bindings } from './bindings.ts';
import type { ConditionEntry, TopicEntry } from './candidate.ts';
import { decide } from './decide.ts';
import { durationOf } from './duration.ts';
import type { SignalEntry } from './rule-book.ts';
import type { RuleState } from './rule-state.ts';
import { ownerOf, type TriggerMemory } from './trigger-memory.ts';
import { messageWake, signalWake, triggerWake, type Wake } from './wake.ts';

interface Seen {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly hold: Hold | undefined;
  /** What is held: a topic, a name. */
  readonly about: string;
  readonly wake: Wake;
}

/** A hold that is over. */
export interface HeldWakeUp extends WakeUp {
  /** It came due while the house was down. */
  readonly isOverdue: boolean;
}

/** A hold this much past its time is late and says so. */
const lateAfterMs = 1000;

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
    const { hold } = source;
    if (hold === undefined)
      return (
        values && {
          wake: messageWake(event, { trigger, pattern, values }),
          when: trigger.when,
          row: trigger.row,
        }
      );
    const holdsOn = source.stillHolds?.(event) ?? values !== undefined;
    const seen = { state, trigger, hold, about: event.input.topic };
    return this.#judge(seen, holdsOn, values && messageWake(event, { trigger, pattern, values }));
  }

  onSignal({ state, trigger, source }: SignalEntry, input: SignalInput): WakeUp | undefined {
    const values = source.accept(input, this.#home);
    const { hold } = source;
    if (hold === undefined)
      return values && { wake: signalWake(input, trigger, values), when: trigger.when, row: trigger.row };
    const holdsOn = source.stillHolds?.(input, this.#home) ?? values !== undefined;
    const seen = { state, trigger, hold, about: input.name };
    return this.#judge(seen, holdsOn, values && signalWake(input, trigger, values));
  }

  /** A condition is looked at: it wakes when it was known not to hold and does now. The first look only sets it. */
  onLook(
    { state, trigger, source }: ConditionEntry,
    input: { at: Timestamp; seq: number },
    isStored: boolean,
  ): WakeUp | undefined {
    const { rule } = state;
    const wake = { ...triggerWake(trigger, input), value: true };
    const bindings = new Bindings(rule, wake, this.#home);
    const was = this.#memory.last(rule.id, trigger);
    const condition = was === true && source.stays !== undefined ? source.stays : source.condition;
    const is = decide(condition, { scope: bindings, record: undefined }) === 'pass';
    if (is === was) return undefined;
    this.#memory.keep(rule.id, trigger, is);
    if (!is) this.#memory.release(rule.id, trigger, '');
    if (!is || was === undefined || isStored) return undefined;
    return this.#saw({ state, trigger, hold: source.hold, about: '', wake });
  }

  /** What was held has held long enough. */
  onHeld(state: RuleState, input: TimerInput): HeldWakeUp | undefined {
    const { run: hold, at, seq, byHand } = input;
    const held = this.#memory.find(hold);
    const { mark } = ownerOf(hold);
    const trigger = state.triggers.find((each) => each.mark === mark);
    if (held === undefined || trigger === undefined) return undefined;
    this.#memory.releaseId(hold);
    const { index, id } = trigger;
    const { unobservedMs: unobserved, isOverdue = false } = held;
    const late = byHand !== true && at - held.due > lateAfterMs ? at - held.due : undefined;
    const wake = { ...held.wake, index, id, at, seq, late, ...(unobserved > 0 && { unobserved }) };
    return { wake, when: trigger.when, row: trigger.row, isOverdue: isOverdue && late !== undefined };
  }

  /** What is held goes on, ends, or begins; what begins while it is held already is no news. */
  #judge(seen: Omit<Seen, 'wake'>, holdsOn: boolean, wake: Wake | undefined): undefined {
    const { state, trigger, about } = seen;
    const { id } = state.rule;
    if (!holdsOn) this.#memory.release(id, trigger, about);
    if (wake !== undefined && this.#memory.held(id, trigger, about) === undefined)
      this.#saw({ ...seen, wake });
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
