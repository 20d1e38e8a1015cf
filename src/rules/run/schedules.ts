// When triggers of time come due: set as rules come into force, after each time, and when what an expression read for
// its time changes.
import type { Timestamp, Undo } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { Trigger } from '../triggers/kind.ts';
import { Bindings } from './bindings.ts';
import type { DueItem } from './due-item.ts';
import { ReadsIndex } from './reads-index.ts';
import type { RuleState } from './rule-state.ts';
import { triggerWake, type Wake } from './wake.ts';

interface Entry {
  readonly state: RuleState;
  readonly trigger: Trigger;
}

export interface SchedulesHouse {
  readonly due: DueHeap<DueItem>;
  readonly home: HomeView;
  /** What an expression gave is no time. */
  failed(state: RuleState, wake: Wake, error: unknown): void;
}

export class Schedules {
  readonly #house: SchedulesHouse;
  readonly #reading = new ReadsIndex<Entry>();

  constructor(house: SchedulesHouse) {
    this.#house = house;
  }

  /** From now on the trigger comes due, until it is taken out; those of other sources do not. */
  add(state: RuleState, trigger: Trigger, at: Timestamp): Undo {
    const { source, slot } = trigger;
    this.arm(state, trigger, at);
    const { reads } = source.on === 'schedule' ? source : {};
    const undo = reads && trigger.enabled ? this.#reading.add(reads, { state, trigger }) : undefined;
    return () => {
      undo?.();
      this.#house.due.delete(scheduleId(state.rule.id, slot));
    };
  }

  /** Sets when it comes due next, after `at`. */
  arm(state: RuleState, trigger: Trigger, at: Timestamp): void {
    const next = this.#nextOf(state, trigger, at);
    const id = scheduleId(state.rule.id, trigger.slot);
    if (next === undefined) this.#house.due.delete(id);
    else
      this.#house.due.set({
        id,
        at: next,
        item: { kind: 'schedule', rule: state.rule.id, trigger: trigger.slot },
      });
  }

  /** A message may have changed when some come due. What is due this instant already stays due. */
  // hot: test/bench/engine.ts
  onTopic(topic: string, at: Timestamp): void {
    if (this.#reading.isEmpty) return;
    for (const { state, trigger } of this.#reading.match(topic)) {
      const armed = this.#house.due.find(scheduleId(state.rule.id, trigger.slot));
      if (armed === undefined || armed.at > at) this.arm(state, trigger, at);
    }
  }

  #nextOf(state: RuleState, trigger: Trigger, at: Timestamp): Timestamp | undefined {
    const { source, enabled } = trigger;
    if (source.on !== 'schedule' || !enabled) return undefined;
    const wake = triggerWake(trigger, { at, seq: 0 });
    try {
      return source.next(at, new Bindings(state.rule, wake, this.#house.home));
    } catch (error) {
      this.#house.failed(state, wake, error);
      return undefined;
    }
  }
}

/** In the list of what comes due; a slash stands in no run id. */
export function scheduleId(rule: string, trigger: number): string {
  return `${rule}/${trigger}`;
}
