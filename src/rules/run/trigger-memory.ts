// What triggers remember over a restart: what they hold until it has held long enough, and what a condition was last.
// Rows are kept under the trigger's mark, so that editing something else of the rule forgets nothing.
import type { Rows, Timestamp } from '../../base/index.ts';
import { isCarried } from '../model/clock-step.ts';
import type { TriggerRow } from '../ports.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { Trigger } from '../triggers/kind.ts';
import type { DueItem } from './due-item.ts';
import { type PackedWake, packWake, unpackWake, type Wake } from './wake.ts';

const rowFormat = 1;
/** Of one trigger; what is held beyond is not, and counted. */
const maxHolds = 10_000;

/** Something that has to hold until `due`. */
export interface Held {
  readonly since: Timestamp;
  readonly due: Timestamp;
  readonly wake: Wake;
  /** Milliseconds in between in which nobody looked. */
  readonly unobservedMs: number;
  /** Its time was over while the house was down; the rule's `overdue` counts. */
  readonly isOverdue?: boolean;
}

export interface RestoreTimes {
  /** Devices need a moment to come back: what came due meanwhile fires then. */
  readonly notBefore: Timestamp;
  readonly now: Timestamp;
  /** When the last process was seen alive for the last time. */
  readonly stoppedAt: Timestamp;
}

interface Packed {
  readonly format: number;
  readonly since?: Timestamp;
  readonly wake?: PackedWake;
  readonly unobservedMs?: number;
  readonly last?: unknown;
}

export class TriggerMemory {
  /** Set when a row was put or deleted; the engine resets it for each input. */
  isDurable = false;
  readonly #rows: Rows<TriggerRow>;
  readonly #due: DueHeap<DueItem>;
  readonly #held = new Map<string, Held>();
  readonly #last = new Map<string, unknown>();
  /** Ids of rows by rule and mark. */
  readonly #ids = new Map<string, Set<string>>();
  #dropped = 0;

  constructor(rows: Rows<TriggerRow>, due: DueHeap<DueItem>) {
    this.#rows = rows;
    this.#due = due;
  }

  /** What was not held because too much was. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How much is held. */
  get size(): number {
    return this.#held.size;
  }

  /** What is held, and until when. */
  holds(): { readonly about: string; readonly due: Timestamp }[] {
    return [...this.#held].map(([id, { due }]) => ({ about: heldAbout(id), due }));
  }

  held(rule: string, trigger: Trigger, about: string): Held | undefined {
    return this.#held.get(holdId(rule, trigger, about));
  }

  find(id: string): Held | undefined {
    return this.#held.get(id);
  }

  /** From now on something has to hold; what was held before is replaced. */
  hold(rule: string, trigger: Trigger, { about, held }: { about: string; held: Held }): void {
    const id = holdId(rule, trigger, about);
    const ids = this.#idsOf(id);
    if (!ids.has(id) && ids.size >= maxHolds) {
      this.#dropped++;
      return;
    }
    this.#putHeld(id, held);
    this.#arm(id, held, held.due);
  }

  /** It holds no more, or has held long enough. */
  release(rule: string, trigger: Trigger, about: string): void {
    this.releaseId(holdId(rule, trigger, about));
  }

  releaseId(id: string): void {
    if (!this.#held.has(id)) return;
    this.#idsOf(id).delete(id);
    this.#forget(id);
  }

  /** What a trigger kept with `keep`: the last result of a condition, the time of a schedule. */
  last(rule: string, trigger: Trigger): unknown {
    return this.#last.get(lastId(rule, trigger));
  }

  keep(rule: string, trigger: Trigger, value: unknown): void {
    const id = lastId(rule, trigger);
    this.#last.set(id, value);
    const state: Packed = { format: rowFormat, last: value };
    this.#put({ id, rule, due: null, state: JSON.stringify(state) });
  }

  /** A trigger has told of something, and is not to again before `forgetAbout`. */
  keepAbout(rule: string, trigger: Trigger, about: string): void {
    const id = aboutId(rule, trigger, about);
    this.#last.set(id, true);
    const state: Packed = { format: rowFormat, last: true };
    this.#put({ id, rule, due: null, state: JSON.stringify(state) });
  }

  isKeptAbout(rule: string, trigger: Trigger, about: string): boolean {
    return this.#last.has(aboutId(rule, trigger, about));
  }

  forgetAbout(rule: string, trigger: Trigger, about: string): void {
    const id = aboutId(rule, trigger, about);
    if (!this.#last.has(id)) return;
    this.#idsOf(id).delete(id);
    this.#forget(id);
  }

  /** Forgets what triggers remember that are no more. */
  keepOnly(rule: string, triggers: readonly Trigger[]): void {
    const marks = new Set(triggers.map(({ mark }) => `${rule}/${mark}`));
    for (const [mark, ids] of this.#ids) {
      if (!mark.startsWith(`${rule}/`) || marks.has(mark)) continue;
      for (const id of ids) this.#forget(id);
      this.#ids.delete(mark);
    }
  }

  /** Puts back what the last process kept of a trigger; after its rule. What is held goes on, or begins anew. */
  restore(row: TriggerRow, trigger: Trigger, { now, notBefore, stoppedAt }: RestoreTimes): void {
    const { id, due } = row;
    const packed = JSON.parse(row.state) as Packed;
    this.#idsOf(id).add(id);
    if (due === null) {
      this.#last.set(id, packed.last);
      return;
    }
    const { since = due, wake, unobservedMs = 0 } = packed;
    if (wake === undefined) return;
    const hold = 'hold' in trigger.source ? trigger.source.hold : undefined;
    const isReset = hold?.gap === 'reset';
    const gapMs = Math.max(0, now - Math.max(stoppedAt, since));
    const times = isReset
      ? { since: now, due: now + due - since, unobservedMs: 0 }
      : { since, due, unobservedMs: unobservedMs + gapMs };
    const held = { ...times, wake: unpackWake(wake), isOverdue: times.due < notBefore };
    this.#putHeld(id, held);
    this.#arm(id, held, Math.max(held.due, notBefore));
  }

  /** What is held was over before anybody could be told: its rule's `overdue` counts. */
  cameDue(id: string): void {
    const held = this.#held.get(id);
    if (held !== undefined) this.#held.set(id, { ...held, isOverdue: true });
  }

  /** The wall clock was set: what is held keeps what is left of it. */
  clockSet(at: Timestamp, stepMs: number): void {
    for (const [id, held] of this.#held) {
      if (!isCarried(held.since, at, stepMs)) continue;
      const moved = { ...held, since: held.since + stepMs, due: held.due + stepMs };
      this.#putHeld(id, moved);
      this.#arm(id, moved, moved.due);
    }
  }

  #putHeld(id: string, held: Held): void {
    const { since, due, wake, unobservedMs } = held;
    const state: Packed = { format: rowFormat, since, wake: packWake(wake), unobservedMs };
    this.#held.set(id, held);
    this.#put({ id, rule: ownerOf(id).rule, due, state: JSON.stringify(state) });
  }

  #arm(id: string, held: Held, at: Timestamp): void {
    const item = { kind: 'hold' as const, ...ownerOf(id) };
    this.#due.set({ id, at, ...(held.due < at && { meantFor: held.due }), item });
  }

  #put(row: TriggerRow): void {
    this.#idsOf(row.id).add(row.id);
    this.#rows.put(row);
    this.isDurable = true;
  }

  #forget(id: string): void {
    this.#held.delete(id);
    this.#last.delete(id);
    this.#due.delete(id);
    this.#rows.delete(id);
    this.isDurable = true;
  }

  #idsOf(id: string): Set<string> {
    const { rule, mark } = ownerOf(id);
    const key = `${rule}/${mark}`;
    let ids = this.#ids.get(key);
    if (ids === undefined) {
      ids = new Set();
      this.#ids.set(key, ids);
    }
    return ids;
  }
}

/** Of a row: rule ids hold no slash, marks neither. */
function holdId(rule: string, { mark }: Trigger, about: string): string {
  return `${rule}/${mark}/hold/${about}`;
}

function lastId(rule: string, { mark }: Trigger): string {
  return `${rule}/${mark}/last`;
}

function aboutId(rule: string, { mark }: Trigger, about: string): string {
  return `${rule}/${mark}/about/${about}`;
}

/** The topic or name that a hold is about; empty for a condition. */
export function heldAbout(id: string): string {
  return id.split('/').slice(3).join('/');
}

/** Rule and mark of a row. */
export function ownerOf(id: string): { readonly rule: string; readonly mark: string } {
  const [rule = '', mark = ''] = id.split('/', 2);
  return { rule, mark };
}
