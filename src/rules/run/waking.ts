// Whom a message, a signal or a look at conditions wakes. Whether a rule then runs is the admission's matter.
import type { Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { SignalInput } from '../input.ts';
import type { TopicEvent, Trigger } from '../triggers/kind.ts';
import type { WakeUp } from './admission.ts';
import type { Candidate, ConditionEntry } from './candidate.ts';
import type { RuleBook } from './rule-book.ts';
import type { RuleState } from './rule-state.ts';
import type { TriggerWatch } from './trigger-watch.ts';
import { triggerWake, type Wake } from './wake.ts';
import { grouped, type Woken } from './woken.ts';

export interface WakingHouse {
  readonly book: RuleBook;
  readonly triggers: TriggerWatch;
  readonly home: HomeView;
  /** A trigger could not be decided: its condition, or the time that something must hold. */
  failed(state: RuleState, wake: Wake, error: unknown): void;
}

/** A trigger of a rule, and what it is asked about. */
interface Asked {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly input: { readonly at: Timestamp; readonly seq: number };
}

export class Waking {
  readonly #house: WakingHouse;

  constructor(house: WakingHouse) {
    this.#house = house;
  }

  /** Rules in order, each once, with all that wakes it. */
  // hot: test/bench/engine.ts
  onMessage(event: TopicEvent): readonly Woken[] {
    const { book, home } = this.#house;
    const { topic, at, stored } = event.input;
    const { all, index } = book.match(topic);
    const woken: Woken[] = [];
    // what comes out of a store wakes only some, and the index does not know whom
    const ruling = stored === true ? undefined : index;
    ruling?.look(event, home);
    let position = -1;
    for (const candidate of all) {
      position++;
      if (ruling?.rulesOut(position) === true && candidate.state.countFailed(at)) continue;
      const wakeUps = this.#wakeUpsOf(candidate, event);
      if (wakeUps.length > 0) woken.push({ state: candidate.state, wakeUps });
    }
    const reading = book.reading({ topic, devices: event.devices });
    if (reading.length === 0) return woken;
    return grouped([...woken, ...this.onLook(reading, event.input, stored === true)]);
  }

  onSignal(input: SignalInput): readonly Woken[] {
    const { book, triggers } = this.#house;
    const woken: Woken[] = [];
    for (const entry of book.listening(input.signal)) {
      const wakeUp = this.#ask({ ...entry, input }, () => triggers.onSignal(entry, input));
      if (wakeUp !== undefined) woken.push({ state: entry.state, wakeUps: [wakeUp] });
    }
    return woken;
  }

  /** Conditions that may have become true; what comes out of a store wakes nobody. */
  onLook(entries: Iterable<ConditionEntry>, input: Asked['input'], isStored = false): readonly Woken[] {
    const { book, triggers } = this.#house;
    const woken: Woken[] = [];
    for (const entry of entries) {
      const wakeUp = this.#ask({ ...entry, input }, () => triggers.onLook(entry, input, isStored));
      if (wakeUp !== undefined) woken.push({ state: entry.state, wakeUps: [wakeUp] });
      book.armLook(entry, input.at);
    }
    return woken;
  }

  #wakeUpsOf({ state, entries }: Candidate, event: TopicEvent): WakeUp[] {
    const { triggers, failed } = this.#house;
    const wakeUps: WakeUp[] = [];
    for (const entry of entries) {
      try {
        const wakeUp = triggers.onMessage(entry, event);
        if (wakeUp !== undefined) wakeUps.push(wakeUp);
      } catch (error) {
        failed(state, triggerWake(entry.trigger, event.input), error);
      }
    }
    return wakeUps;
  }

  /** An error is that trigger's alone. */
  #ask({ state, trigger, input }: Asked, wakeUpOf: () => WakeUp | undefined): WakeUp | undefined {
    try {
      return wakeUpOf();
    } catch (error) {
      this.#house.failed(state, triggerWake(trigger, input), error);
      return undefined;
    }
  }
}
