// What one topic was seen to say: its fields, how often it speaks, its battery. Learned message by message; says what
// differs from what it learned. Reads no clock: every time comes with the message.
import type { Timestamp } from '../../base/index.ts';
import { findKnownField } from '../model/known-fields.ts';
import { type Drift, Field, type FieldFacts, isSet } from './field.ts';
import { type Leaf, leavesOf } from './leaves.ts';

/** A contract tells of drift and silence when it is this old and has seen this much: a whole day, for days repeat. */
const settledAfterMs = 24 * 3_600_000;
const settledAfter = 50;

const mostFields = 64;
/** Of the past gaps in the usual one. */
const gapMemory = 0.9;
/** The longest gap is forgotten by half in this time, however much is said meanwhile. */
const longestHalfMs = 7 * 24 * 3_600_000;
const silentGaps = 10;
/** Of the longest gap: of what speaks at an even pace, and of what speaks when something happens. */
const silentLongest = { even: 2, uneven: 6 };
const evenGaps = 10;
const shortestSilenceMs = 60_000;
const none: readonly string[] = [];
const lowBattery = 15;
const chargedBattery = 25;

export type ContractNews =
  | ({ readonly news: 'drift'; readonly path: string } & Drift)
  | { readonly news: 'silent'; readonly lastAt: Timestamp; readonly usualGapMs: number }
  | { readonly news: 'battery-low'; readonly path: string; readonly value: unknown };

export interface Heard {
  readonly at: Timestamp;
  readonly value: unknown;
  /** Messages since the one before, at least one. */
  readonly messages: number;
}

/** As rows keep it. */
export interface ContractFacts {
  readonly firstAt: Timestamp;
  readonly lastAt: Timestamp;
  /** Messages that were looked at. */
  readonly count: number;
  /** Missing until it spoke twice. */
  readonly usualGapMs?: number;
  readonly longestGapMs?: number;
  readonly batteryLow?: boolean;
  readonly fields: Readonly<Record<string, FieldFacts>>;
}

/** Undefined for what is no contract: it is learned anew. */
export function parseFacts(text: string): ContractFacts | undefined {
  try {
    const facts = JSON.parse(text) as Partial<ContractFacts> | null;
    const isWhole = [facts?.firstAt, facts?.lastAt, facts?.count].every(Number.isFinite) && facts?.fields;
    return isWhole ? (facts as ContractFacts) : undefined;
  } catch {
    return undefined;
  }
}

function isSettled({ firstAt, count }: Pick<ContractFacts, 'firstAt' | 'count'>, at: Timestamp): boolean {
  return count >= settledAfter && at - firstAt >= settledAfterMs;
}

/** The texts and booleans at a path, when it was watched for long enough to know that there are no others. */
export function allValuesAt(facts: ContractFacts, path: string): readonly (string | boolean)[] | undefined {
  const field = Object.hasOwn(facts.fields, path) ? facts.fields[path] : undefined;
  if (field?.values === undefined || !isSettled(facts, facts.lastAt) || !isSet(field)) return undefined;
  const values = field.values.filter((value) => typeof value !== 'number');
  return values.length === field.values.length ? values : undefined;
}

export class TopicContract {
  readonly #fields = new Map<string, Field>();
  #firstAt: Timestamp;
  #lastAt: Timestamp;
  #count = 0;
  #usualGapMs: number | undefined;
  #longestGapMs = 0;
  #isSilent = false;
  #isBatteryLow = false;
  readonly #name: string;
  #batteries: readonly string[] = none;
  #size = 0;

  /** `name`: what the topic's last level calls a payload that has no fields. */
  constructor(name: string, at: Timestamp) {
    this.#name = name;
    this.#firstAt = at;
    this.#lastAt = at;
  }

  static of(name: string, facts: ContractFacts): TopicContract {
    const contract = new TopicContract(name, facts.firstAt);
    contract.#lastAt = facts.lastAt;
    contract.#count = facts.count;
    contract.#usualGapMs = facts.usualGapMs;
    contract.#longestGapMs = facts.longestGapMs ?? 0;
    contract.#isBatteryLow = facts.batteryLow ?? false;
    for (const [path, field] of Object.entries(facts.fields)) contract.#add(path, Field.of(field));
    contract.#size = contract.#sizeNow();
    return contract;
  }

  /** Messages that were looked at. */
  get count(): number {
    return this.#count;
  }

  facts(): ContractFacts {
    return {
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      count: this.#count,
      ...(this.#usualGapMs !== undefined && {
        usualGapMs: Math.round(this.#usualGapMs),
        longestGapMs: Math.round(this.#longestGapMs),
      }),
      ...(this.#isBatteryLow && { batteryLow: true }),
      fields: Object.fromEntries([...this.#fields].map(([path, field]) => [path, field.facts()])),
    };
  }

  /** Whether fields, types or listed values are others than at the last call. */
  takeShapeChange(): boolean {
    const size = this.#sizeNow();
    const isChanged = size !== this.#size;
    this.#size = size;
    return isChanged;
  }

  hear(heard: Heard): readonly ContractNews[] {
    const isSettled = this.#isSettled(heard.at);
    this.#pace(heard);
    this.#count++;
    const leaves = leavesOf(heard.value);
    const news: ContractNews[] = [];
    for (const leaf of leaves) this.#take(leaf, isSettled, news);
    this.#missOthers(leaves, isSettled, news);
    return news;
  }

  /** Nobody could hear it until `at`: what was missed is no silence and no gap. */
  wasDeaf(at: Timestamp): void {
    this.#lastAt = Math.max(this.#lastAt, at);
  }

  /** Told once, until it speaks again. */
  silence(now: Timestamp): ContractNews | undefined {
    const usualGapMs = this.#usualGapMs;
    if (this.#isSilent || usualGapMs === undefined || !this.#isSettled(this.#lastAt)) return undefined;
    const pace = this.#longestGapMs <= evenGaps * usualGapMs ? 'even' : 'uneven';
    const longestMs = silentLongest[pace] * this.#longestGapMs;
    const allowedMs = Math.max(silentGaps * usualGapMs, longestMs, shortestSilenceMs);
    if (now - this.#lastAt <= allowedMs) return undefined;
    this.#isSilent = true;
    return { news: 'silent', lastAt: this.#lastAt, usualGapMs: Math.round(usualGapMs) };
  }

  #isSettled(at: Timestamp): boolean {
    return isSettled({ firstAt: this.#firstAt, count: this.#count }, at);
  }

  #pace({ at, messages }: Heard): void {
    if (this.#count > 0 && at > this.#lastAt) {
      const gap = (at - this.#lastAt) / messages;
      this.#usualGapMs =
        this.#usualGapMs === undefined ? gap : this.#usualGapMs * gapMemory + gap * (1 - gapMemory);
      const memory = 0.5 ** ((at - this.#lastAt) / longestHalfMs);
      this.#longestGapMs = Math.max(gap, this.#longestGapMs * memory);
    }
    this.#lastAt = Math.max(at, this.#lastAt);
    this.#isSilent = false;
  }

  #take(leaf: Leaf, isSettled: boolean, news: ContractNews[]): void {
    const { path } = leaf;
    let field = this.#fields.get(path);
    if (field === undefined) {
      if (this.#fields.size >= mostFields) return;
      field = this.#add(path, new Field());
    }
    // A field that came later is as young as it is, whatever the age of its topic.
    const drift = field.take(leaf, isSettled && field.count >= settledAfter);
    if (drift !== undefined) news.push({ news: 'drift', path, ...drift });
    const low = this.#batteryNews(leaf);
    if (low !== undefined) news.push(low);
  }

  #missOthers(leaves: readonly Leaf[], isSettled: boolean, news: ContractNews[]): void {
    if (leaves.length >= this.#fields.size) return;
    const present = new Set(leaves.map(({ path }) => path));
    for (const [path, field] of this.#fields) {
      const drift = present.has(path) ? undefined : field.miss(this.#count, isSettled);
      if (drift !== undefined) news.push({ news: 'drift', path, ...drift });
    }
  }

  #add(path: string, field: Field): Field {
    this.#fields.set(path, field);
    const name = path === '' ? this.#name : path.slice(path.lastIndexOf('.') + 1);
    if (findKnownField(name)?.role === 'battery') this.#batteries = [...this.#batteries, path];
    return field;
  }

  #batteryNews({ path, value }: Leaf): ContractNews | undefined {
    if (!this.#batteries.includes(path)) return undefined;
    const was = this.#isBatteryLow;
    if (typeof value === 'boolean') this.#isBatteryLow = value;
    else if (typeof value !== 'number' || value < 0 || value > 100) return undefined;
    else this.#isBatteryLow = value <= lowBattery || (was && value < chargedBattery);
    return this.#isBatteryLow && !was ? { news: 'battery-low', path, value } : undefined;
  }

  /** Everything that is new makes it grow. */
  #sizeNow(): number {
    let size = 0;
    for (const field of this.#fields.values()) size += 1 + field.size;
    return size;
  }
}
