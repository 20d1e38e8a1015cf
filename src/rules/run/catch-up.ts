// What `catchUp` makes up for: a schedule remembers the last time that was handled and goes on from there, one missed
// time after another. Nothing is stored for each: what was missed follows from that time and the clock.
import type { Timestamp } from '../../base/index.ts';
import { missedFrom, type NextTime } from '../schedule/missed-times.ts';
import type { CatchUp, Trigger } from '../triggers/kind.ts';
import type { TriggerMemory } from './trigger-memory.ts';

/** Of `all`; what was missed before is left out, and said. */
const mostMissed = 1000;
/** Between two missed times of one trigger, so that the breaker of its rule stays closed. */
const paceMs = 200;

/** A trigger that makes up for what was missed. */
interface CatchUpEntry {
  readonly rule: string;
  readonly trigger: Trigger;
  readonly catchUp: Exclude<CatchUp, 'none'>;
  readonly next: NextTime;
}

export interface Found {
  readonly time: Timestamp | undefined;
  /** More was missed than is made up for: what lies before this was left out. */
  readonly cutAt?: Timestamp;
}

export function catchesUp({ source, enabled }: Trigger): boolean {
  return enabled && source.on === 'schedule' && source.catchUp !== 'none';
}

/** When the next of two times is to come: at once would be too many at once. */
export function paced(next: Timestamp, before: Timestamp, now: Timestamp): Timestamp {
  return Math.max(next, now + Math.min(paceMs, Math.floor((next - before) / 2)));
}

export class CatchUps {
  readonly #memory: TriggerMemory;
  /** By rule and mark: up to when it is settled which times are made up for. */
  readonly #settled = new Map<string, Timestamp>();

  constructor(memory: TriggerMemory) {
    this.#memory = memory;
  }

  /** The last time that was handled. */
  last(rule: string, trigger: Trigger): Timestamp | undefined {
    const last = this.#memory.last(rule, trigger);
    return typeof last === 'number' ? last : undefined;
  }

  /** All up to this time is handled. */
  keep(rule: string, trigger: Trigger, time: Timestamp): void {
    this.#memory.keep(rule, trigger, time);
  }

  /** Whether it is settled that what was missed at this time is made up for. */
  isSettled(rule: string, trigger: Trigger, time: Timestamp): boolean {
    return time <= (this.#settled.get(keyOf(rule, trigger)) ?? Number.NEGATIVE_INFINITY);
  }

  /** The first time behind `after` that is to be handled: one that was missed, or one to come. */
  first({ rule, trigger, catchUp, next }: CatchUpEntry, after: Timestamp, now: Timestamp): Found {
    if (this.isSettled(rule, trigger, after + 1)) return { time: next(after) };
    const isAll = catchUp.do === 'all';
    const { withinMs = Number.POSITIVE_INFINITY } = catchUp;
    const from = missedFrom(next, after, { now, limit: isAll ? mostMissed : 1, withinMs });
    this.#settled.set(keyOf(rule, trigger), now);
    const isCut = isAll && from > Math.max(after, now - withinMs);
    return { time: next(from), ...(isCut && { cutAt: from }) };
  }

  /** Nothing is settled: the rule goes or is new, or the clock was set. */
  forget(rule: string, trigger: Trigger): void {
    this.#settled.delete(keyOf(rule, trigger));
  }
}

export function cutMessage({ path }: Trigger, before: Timestamp): string {
  const since = new Date(before).toISOString();
  return `${path}: of what was missed only the last ${mostMissed} times are made up for, not those before ${since}`;
}

function keyOf(rule: string, { mark }: Trigger): string {
  return `${rule}/${mark}`;
}
