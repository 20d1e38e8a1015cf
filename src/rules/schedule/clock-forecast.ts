// When the clock alone may change what an expression gives: the exact instant for comparisons with constants, else the
// next second or minute. An instant may be named at which nothing changes after all; none is left out.
import type { Timestamp } from '../../base/index.ts';
import { type ClockComparison, type Constant, type HomeView, LocalTime } from '../../expression/index.ts';
import type { Reads } from '../compile/reads.ts';

const secondMs = 1000;
const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const dayMs = 86_400_000;
const daySeconds = 86_400;
/** The sun is asked so often over a day; what holds for less may be missed. */
const sunStepMs = 5 * minuteMs;
const maxKnown = 1000;

interface Known {
  readonly from: Timestamp;
  readonly until: Timestamp;
}

function asList(constant: ClockComparison['constant']): readonly Constant[] {
  return Array.isArray(constant) ? constant : [constant as Constant];
}

function nextMultiple(at: Timestamp, step: number): Timestamp {
  return (Math.floor(at / step) + 1) * step;
}

/** The earliest of the instants behind `at`. */
function firstAfter(at: Timestamp, instants: readonly number[]): Timestamp | undefined {
  const later = instants.filter((instant) => instant > at);
  return later.length === 0 ? undefined : Math.min(...later);
}

/** A threshold in milliseconds: there `>=` changes, a millisecond behind it `>`. */
function around(instant: number): number[] {
  return Number.isNaN(instant) ? [] : [Math.ceil(instant), Math.floor(instant) + 1];
}

const firstText = '0000-01-01T00:00:00.000Z';

/** The instant from which on `$now()` is not before this text, which may be the beginning of one. */
function instantOf(text: Constant): number {
  return typeof text === 'string' ? Date.parse(text + firstText.slice(text.length)) : Number.NaN;
}

function clockText(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}

/** The second of the day from which on the time of day is not before this text, and the one behind it. */
function secondsAround(text: Constant): number[] {
  if (typeof text !== 'string') return [];
  let [low, high] = [0, daySeconds];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (clockText(middle) >= text) high = middle;
    else low = middle + 1;
  }
  return [low, low + 1].map((second) => second % daySeconds);
}

function isTrue(value: unknown, { operator, constant }: ClockComparison): boolean {
  if (operator === '=' || operator === 'in') return asList(constant).some((each) => each === value);
  if (operator === '!=') return value !== undefined && value !== constant;
  if (typeof value !== 'number' || typeof constant !== 'number') return false;
  if (operator === '<') return value < constant;
  if (operator === '<=') return value <= constant;
  return operator === '>' ? value > constant : value >= constant;
}

export class ClockForecast {
  readonly #home: HomeView;
  readonly #time: LocalTime;
  /** What does not depend on the state of the house, for all rules that ask the same. */
  readonly #known = new Map<string, Known>();

  constructor(home: HomeView) {
    this.#home = home;
    this.#time = new LocalTime(home.zone);
  }

  /** The first instant after `at` at which a look is needed; undefined: the clock alone changes nothing. */
  next(clocks: Reads['clocks'], at: Timestamp): Timestamp | undefined {
    const looks = clocks.flatMap(({ comparisons, tick }) => [
      ...comparisons.map((comparison) => this.#nextOf(comparison, at)),
      tick && nextMultiple(at, tick === 'second' ? secondMs : minuteMs),
    ]);
    return firstAfter(
      at,
      looks.filter((look) => look !== undefined),
    );
  }

  #nextOf(comparison: ClockComparison, at: Timestamp): Timestamp | undefined {
    if (comparison.function === 'since') return this.#sinceNext(comparison, at);
    const key = JSON.stringify(comparison);
    const known = this.#known.get(key);
    if (known !== undefined && known.from <= at && at < known.until) return known.until;
    const until = this.#find(comparison, at);
    if (until === undefined) return undefined;
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.set(key, { from: at, until });
    return until;
  }

  #find(comparison: ClockComparison, at: Timestamp): Timestamp | undefined {
    const constants = asList(comparison.constant);
    switch (comparison.function) {
      case 'time':
        return this.#nextOfDay(at, [0, ...constants.flatMap(secondsAround)]);
      case 'date':
      case 'weekday':
        return this.#nextOfDay(at, [0]);
      case 'workday':
      case 'holiday':
        return comparison.args.length > 0 ? undefined : this.#nextOfDay(at, [0]);
      case 'sun':
        return this.#sunNext(comparison, at);
      case 'millis':
        return firstAfter(at, constants.map(Number).flatMap(around));
      case 'now':
        return firstAfter(at, constants.map(instantOf).flatMap(around));
      default:
        return nextMultiple(at, secondMs);
    }
  }

  #sinceNext({ args, constant }: ClockComparison, at: Timestamp): Timestamp | undefined {
    const [topic, path] = args;
    if (typeof topic !== 'string') return undefined;
    const changed = this.#home.changedAt(topic, typeof path === 'string' ? path : undefined);
    if (changed === undefined) return undefined;
    return firstAfter(
      at,
      asList(constant).flatMap((seconds) => around(changed + Number(seconds) * secondMs)),
    );
  }

  /** The next time of day that is one of these seconds, or the moment at which clocks are set. */
  #nextOfDay(at: Timestamp, seconds: readonly number[]): Timestamp {
    const local = at + this.#offset(at);
    const next = Math.min(
      ...seconds.map((second) => {
        const ahead = (((second * 1000 - local) % dayMs) + dayMs) % dayMs;
        return at + (ahead === 0 ? dayMs : ahead);
      }),
    );
    return Math.min(next, this.#clocksSet(at) ?? next);
  }

  /** When clocks are set for daylight saving within a day; they are set at a quarter of an hour. */
  #clocksSet(at: Timestamp): Timestamp | undefined {
    const offset = this.#offset(at);
    if (this.#offset(at + dayMs) === offset) return undefined;
    let [before, behind] = [Math.floor(at / quarterMs), Math.ceil((at + dayMs) / quarterMs)];
    while (behind - before > 1) {
      const middle = (before + behind) >> 1;
      if (this.#offset(middle * quarterMs) === offset) before = middle;
      else behind = middle;
    }
    return behind * quarterMs;
  }

  /** What is added to UTC. */
  #offset(at: Timestamp): number {
    const local = Date.parse(`${this.#time.date(at)}T${this.#time.time(at)}Z`);
    return local - Math.floor(at / 1000) * 1000;
  }

  /** Undefined when nobody said where the home is; a day on when nothing changes until then. */
  #sunNext(comparison: ClockComparison, at: Timestamp): Timestamp | undefined {
    if (this.#home.sun(at) === undefined) return undefined;
    const truth = this.#sunTruth(comparison, at);
    let behind = at + sunStepMs;
    while (behind < at + dayMs && this.#sunTruth(comparison, behind) === truth) behind += sunStepMs;
    if (this.#sunTruth(comparison, behind) === truth) return behind;
    let before = behind - sunStepMs;
    while (behind - before > 1) {
      const middle = Math.floor((before + behind) / 2);
      if (this.#sunTruth(comparison, middle) === truth) before = middle;
      else behind = middle;
    }
    return behind;
  }

  #sunTruth(comparison: ClockComparison, at: Timestamp): boolean {
    const view = this.#home.sun(at);
    return isTrue(view && Reflect.get(view, comparison.field ?? ''), comparison);
  }
}
