// When triggers of time come due: set as rules come into force, after each time, when what an expression read for its
// time changes, and when the clock is set.
import type { Timestamp, Undo } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import { wentOver } from '../model/clock-step.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { Trigger } from '../triggers/kind.ts';
import { Bindings } from './bindings.ts';
import { CatchUps, catchesUp, cutMessage, paced } from './catch-up.ts';
import type { DueItem } from './due-item.ts';
import { type Changed, ReadsIndex } from './reads-index.ts';
import type { RuleState } from './rule-state.ts';
import type { TriggerMemory } from './trigger-memory.ts';
import { triggerWake, type Wake } from './wake.ts';

/** A schedule later than this was missed (the machine slept), not late. */
const missedAfterMs = 60_000;
/** A clock set by less would let a schedule fire twice at once, or not at all. */
const rescheduledAfterMs = 60_000;

interface Entry {
  readonly state: RuleState;
  readonly trigger: Trigger;
}

export interface SchedulesHouse {
  readonly due: DueHeap<DueItem>;
  readonly home: HomeView;
  readonly memory: TriggerMemory;
  /** What an expression gave is no time. */
  failed(state: RuleState, wake: Wake, error: unknown): void;
  log(rule: string, text: string): void;
}

/** A time that has come. */
interface Come {
  readonly at: Timestamp;
  readonly due: Timestamp;
}

export class Schedules {
  readonly #house: SchedulesHouse;
  readonly #catchUps: CatchUps;
  readonly #reading = new ReadsIndex<Entry>();

  constructor(house: SchedulesHouse) {
    this.#house = house;
    this.#catchUps = new CatchUps(house.memory);
  }

  /** From now on the trigger comes due, until it is taken out; those of other sources do not. */
  add(state: RuleState, trigger: Trigger, at: Timestamp): Undo {
    const { source, slot } = trigger;
    const { id: rule } = state.rule;
    this.goOn(state, trigger, { now: at, notBefore: at });
    const { reads } = source.on === 'schedule' ? source : {};
    const undo = reads && trigger.enabled ? this.#reading.add(reads, { state, trigger }) : undefined;
    return () => {
      undo?.();
      this.#catchUps.forget(rule, trigger);
      this.#house.due.delete(scheduleId(rule, slot));
    };
  }

  /** Goes on behind the last time that was handled, where that counts; what was missed comes not before a time. */
  goOn(state: RuleState, trigger: Trigger, times: { now: Timestamp; notBefore: Timestamp }): void {
    const { now, notBefore } = times;
    this.#catchUps.forget(state.rule.id, trigger);
    const last = catchesUp(trigger) ? this.#catchUps.last(state.rule.id, trigger) : undefined;
    const isAhead = last === undefined || last - now > rescheduledAfterMs;
    const next = this.#first({ state, trigger }, isAhead ? now : last, now);
    this.#set({ state, trigger }, next, next !== undefined && next <= now ? notBefore : next);
  }

  /** From `at` on is made up for what will be missed. */
  remember(state: RuleState, at: Timestamp): void {
    for (const trigger of state.triggers) {
      const { id } = state.rule;
      if (catchesUp(trigger) && this.#catchUps.last(id, trigger) === undefined)
        this.#catchUps.keep(id, trigger, at);
    }
  }

  /** A time has come, or somebody says so: sets the next one. False: nobody saw it, and it is not made up for. */
  take(state: RuleState, trigger: Trigger, { at, due }: Come): boolean {
    const entry = { state, trigger };
    const armed = this.#house.due.find(scheduleId(state.rule.id, trigger.slot));
    if (armed !== undefined && (armed.meantFor ?? armed.at) !== due) return true;
    const isMissed = at - due > missedAfterMs;
    if (!catchesUp(trigger)) {
      this.#set(entry, this.#first(entry, at, at));
      return !isMissed;
    }
    const { id } = state.rule;
    const wanted =
      isMissed && !this.#catchUps.isSettled(id, trigger, due) ? this.#first(entry, due - 1, at) : due;
    this.#catchUps.keep(id, trigger, due);
    const next = wanted === due ? this.#first(entry, due, at) : wanted;
    this.#set(entry, next, next !== undefined && wanted === due ? paced(next, due, at) : at);
    return wanted === due;
  }

  /** The clock was set, by so much: what it shows counts. */
  clockSet(state: RuleState, at: Timestamp, stepMs: number): void {
    if (Math.abs(stepMs) <= rescheduledAfterMs || wentOver(stepMs)) return;
    const before = at - 1; // what is due this instant is due
    for (const trigger of state.triggers) {
      const { id } = state.rule;
      const last = catchesUp(trigger) ? this.#catchUps.last(id, trigger) : undefined;
      if (last !== undefined && isOfWrongClock(last, at, stepMs)) this.#catchUps.keep(id, trigger, before);
      this.goOn(state, trigger, { now: before, notBefore: at });
    }
  }

  /** What changed may change when some come due. What is due this instant already stays due. */
  // hot: test/bench/engine.ts
  onChange(changed: Changed, at: Timestamp): void {
    if (this.#reading.isEmpty) return;
    for (const entry of this.#reading.match(changed)) this.#onNews(entry, at);
  }

  /** What would have been due before, had it been so then, was not missed. */
  #onNews({ state, trigger }: Entry, at: Timestamp): void {
    const armed = this.#house.due.find(scheduleId(state.rule.id, trigger.slot));
    if (armed !== undefined && (armed.at <= at || armed.meantFor !== undefined)) return;
    const next = this.#first({ state, trigger }, at, at);
    if (next === armed?.at) return;
    if (catchesUp(trigger)) this.#catchUps.keep(state.rule.id, trigger, at);
    this.#set({ state, trigger }, next);
  }

  /** Sets when it comes due; put off to another time, it keeps its own. */
  #set({ state, trigger }: Entry, time: Timestamp | undefined, notBefore = time): void {
    const { id: rule } = state.rule;
    const id = scheduleId(rule, trigger.slot);
    if (time === undefined || notBefore === undefined) return this.#house.due.delete(id);
    const at = Math.max(time, notBefore);
    const item = { kind: 'schedule' as const, rule, trigger: trigger.slot };
    this.#house.due.set({ id, at, ...(time < at && { meantFor: time }), item });
  }

  /** The next time after `after`, or of those up to `now` the first that is made up for. */
  #first({ state, trigger }: Entry, after: Timestamp, now: Timestamp): Timestamp | undefined {
    const { source, enabled } = trigger;
    if (source.on !== 'schedule' || !enabled) return undefined;
    const { id: rule } = state.rule;
    const wake = triggerWake(trigger, { at: now, seq: 0 });
    const scope = new Bindings(state.rule, wake, this.#house.home);
    try {
      const next = (from: Timestamp): Timestamp | undefined => source.next(from, scope);
      if (source.catchUp === 'none') return next(after);
      const { time, cutAt } = this.#catchUps.first(
        { rule, trigger, next, catchUp: source.catchUp },
        after,
        now,
      );
      if (cutAt !== undefined) this.#house.log(rule, cutMessage(trigger, cutAt));
      return time;
    } catch (error) {
      this.#house.failed(state, wake, error);
      return undefined;
    }
  }
}

/** Whether a time was noted by the clock as it was before it was set; one set forward is behind what was noted rightly. */
function isOfWrongClock(time: Timestamp, at: Timestamp, stepMs: number): boolean {
  return stepMs < 0 ? time > at : time <= at - stepMs;
}

/** In the list of what comes due; a slash stands in no run id. */
export function scheduleId(rule: string, trigger: number): string {
  return `${rule}/${trigger}`;
}
