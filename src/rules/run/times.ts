// What time itself brings: timers and schedules that come due, looks at the clock, topics that fell silent, a clock that
// was set. Decides nothing of what rules then do.
import type { Timestamp } from '../../base/index.ts';
import type { ClockInput, ScheduleInput, TimerInput } from '../input.ts';
import { isInTime } from '../model/overdue.ts';
import type { Admission, Admitted } from './admission.ts';
import { type Look, type Looks, lookTimer } from './looks.ts';
import type { RuleBook } from './rule-book.ts';
import type { Runs } from './runs.ts';
import type { Schedules } from './schedules.ts';
import type { Fallen, Silences } from './silences.ts';
import { ownerOf, type TriggerMemory } from './trigger-memory.ts';
import type { TriggerWatch } from './trigger-watch.ts';
import { triggerWake } from './wake.ts';
import type { Waking } from './waking.ts';
import type { Watching, WokenWait } from './watching.ts';
import { grouped, type Woken } from './woken.ts';

/** A schedule this much past its time is late and says so. */
const lateAfterMs = 1000;

export interface TimesHouse {
  readonly book: RuleBook;
  readonly runs: Runs;
  readonly memory: TriggerMemory;
  readonly schedules: Schedules;
  readonly silences: Silences;
  readonly looks: Looks;
  readonly triggers: TriggerWatch;
  readonly admission: Admission;
  readonly waking: Waking;
  readonly watching: Watching;
  admitAll(woken: readonly Woken[]): readonly Admitted[];
  goOn(woken: readonly WokenWait[], at: Timestamp): void;
  begin(admitted: Admitted, at: Timestamp): void;
}

export class Times {
  readonly #house: TimesHouse;

  constructor(house: TimesHouse) {
    this.#house = house;
  }

  /** Of a run, or, with a slash in its id, of a trigger. */
  timer(input: TimerInput): void {
    const { silences, runs, book, triggers, admission } = this.#house;
    const { run: id, at } = input;
    if (id === lookTimer) return this.#clock(input);
    if (silences.find(id) !== undefined) return this.#silence(silences.fire(id, input), at);
    if (!id.includes('/')) return runs.resume(id, at, input.byHand === true);
    const state = book.find(ownerOf(id).rule);
    const held = state && triggers.onHeld(state, input);
    if (state === undefined || held === undefined) return;
    if (held.isOverdue && !isInTime(state.rule.overdue, held.wake.late ?? 0))
      admission.refuseUnseen(state, held.wake, 'overdue');
    else this.#wake([{ state, wakeUps: [held] }], at);
  }

  schedule(input: ScheduleInput): void {
    const { book, schedules, admission } = this.#house;
    const state = book.find(input.rule);
    const trigger = state?.triggers.find((each) => each.slot === input.trigger);
    if (state === undefined || trigger === undefined || !state.enabled) return;
    const counts = schedules.take(state, trigger, input);
    const late = input.at - input.due;
    const wake = { ...triggerWake(trigger, input), late: late > lateAfterMs ? late : undefined };
    if (!counts) return admission.refuseUnseen(state, wake, 'missed');
    this.#wake([{ state, wakeUps: [{ wake, when: trigger.when }] }], input.at);
  }

  /** What waits keeps what is left of it, schedules and conditions follow what the clock shows. */
  clockSet({ at, stepMs }: ClockInput): void {
    const { runs, memory, silences, looks, book, schedules } = this.#house;
    runs.clockSet(at, stepMs);
    memory.clockSet(at, stepMs);
    silences.clockSet(at, stepMs);
    looks.clockSet(at);
    for (const state of book.inOrder()) if (state.enabled) schedules.clockSet(state, at, stepMs);
  }

  /** What the clock alone may have changed. */
  #clock(input: TimerInput): void {
    const { looks, waking, watching, silences } = this.#house;
    const taken = looks.take(input.at);
    const of = <Kind extends Look['kind']>(kind: Kind): (Look & { kind: Kind })[] =>
      taken.filter((look): look is Look & { kind: Kind } => look.kind === kind);
    const woken = waking.onLook(
      of('trigger').map(({ entry }) => entry),
      input,
    );
    const admitted = this.#house.admitAll(grouped(woken));
    const waiters = of('wait').map(({ waiter }) => waiter);
    this.#house.goOn(watching.onClock(waiters, input.at), input.at);
    for (const one of admitted) this.#house.begin(one, input.at);
    for (const look of of('silence')) this.#silence(silences.onLook(look, input), input.at);
  }

  /** Each topic by itself: a rule is woken for every one. */
  #silence(fallen: Fallen | undefined, at: Timestamp): void {
    if (fallen === undefined) return;
    const { owner, wake } = fallen;
    if (owner.kind === 'wait')
      return this.#house.goOn(this.#house.watching.onSilence(owner.waiter, wake), at);
    const { when, row } = owner.trigger;
    this.#wake([{ state: owner.state, wakeUps: [{ wake, when, row }] }], at);
  }

  #wake(woken: readonly Woken[], at: Timestamp): void {
    for (const one of this.#house.admitAll(woken)) this.#house.begin(one, at);
  }
}
