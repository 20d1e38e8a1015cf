// The recent past of one topic, or of what is at a path in it, as far back as somebody asks.
import { isDeepStrictEqual } from 'node:util';
import type { Timestamp } from '../../base/index.ts';
import type { Stretch, WindowView } from '../../expression/index.ts';
import { parseValuePath, type ValuePath, valueAt } from '../value-path.ts';
import { numberOf } from './figures.ts';
import { type Allowance, Samples } from './samples.ts';

/** Stands for values that are too large to keep: that there was one counts, what it was is not known any more. */
const opaque: unique symbol = Symbol('opaque');
const longestText = 256;

function kept(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return opaque;
  return typeof value === 'string' && value.length > longestText ? opaque : value;
}

const shown = (value: unknown): unknown => (value === opaque ? undefined : value);

/** What is told of the past: a message, a value that was said or stands, that nobody listened any more, or again. */
export type PastEvent =
  | { readonly at: Timestamp; readonly payload: { readonly value: unknown } }
  | { readonly at: Timestamp; readonly value: unknown }
  | { readonly at: Timestamp; readonly standing: unknown }
  | { readonly at: Timestamp; readonly isPause: boolean };

/** What came before a moment is to be told later. */
interface Awaited {
  readonly at: Timestamp;
  /** The first sample that came behind it. */
  readonly mark: number;
  /** What stood then; undefined when that was not known. */
  readonly standing: unknown;
}

export class Series {
  /** The farthest that anybody looks back. */
  keepMs: number;
  /** As far back it was told what there was before somebody asked. */
  recalledMs = 0;
  #awaited: Awaited | undefined;
  /** When somebody asked last. */
  askedAt: Timestamp;
  readonly #path: ValuePath;
  readonly #samples: Samples;
  #value: unknown;

  constructor(
    path: string | undefined,
    options: { readonly keepMs: number; readonly at: Timestamp; readonly allowance: Allowance },
  ) {
    this.#path = path === undefined ? [] : parseValuePath(path);
    this.keepMs = options.keepMs;
    this.askedAt = options.at;
    this.#samples = new Samples(options.allowance);
  }

  /** Names joined by dots; empty: the payload itself. */
  get path(): string {
    return this.#path.join('.');
  }

  get samples(): number {
    return this.#samples.size;
  }

  get dropped(): number {
    return this.#samples.dropped;
  }

  /** A message of the topic; one that says nothing about the path leaves the value as it was. */
  // hot: test/bench/engine.ts
  hear(payload: unknown, at: Timestamp): void {
    const value = valueAt(payload, this.#path);
    if (value !== undefined) this.hearValue(value, at);
  }

  /** What a message said at the path. */
  hearValue(value: unknown, at: Timestamp): void {
    const isChange = value !== this.#value && !isDeepStrictEqual(value, this.#value);
    this.#value = value;
    this.#push(at, { value: kept(value), isMessage: true, isChange });
  }

  /** The value of a message that came before anybody asked: it is known to stand. */
  stand(payload: unknown, at: Timestamp): void {
    const value = valueAt(payload, this.#path);
    if (value !== undefined) this.#stand(value, at);
  }

  /** From here on nobody listens, until `stand` or `hear`. */
  pause(at: Timestamp): void {
    if (this.#samples.size > 0) this.#push(at, { value: undefined, isMessage: false, isChange: false });
  }

  /** What stood before the pause stands again. */
  resume(at: Timestamp): void {
    if (this.#value !== undefined) this.#stand(this.#value, at);
  }

  get isAwaiting(): boolean {
    return this.#awaited !== undefined;
  }

  /** What is heard from now on stands behind what `refill` will tell. */
  await(at: Timestamp): void {
    this.#awaited = { at, mark: this.#samples.end, standing: this.#samples.latest?.value };
  }

  /** Replaces all from before the moment that was awaited; undefined: nothing is known of it. */
  refill(told: readonly PastEvent[] | undefined): void {
    const awaited = this.#awaited;
    this.#awaited = undefined;
    if (awaited === undefined || told === undefined) return;
    const { at, mark, standing } = awaited;
    const newer = [...this.#samples.since(mark)];
    const before = told.every((event) => 'isPause' in event) ? this.#standingBefore(mark) : [];
    const value = this.#value;
    this.clear();
    for (const event of [...before, ...told].sort((a, b) => a.at - b.at)) this.tell(event);
    if (standing !== undefined) this.tell({ at, standing });
    for (const sample of newer) this.#push(sample.at, sample);
    this.#value = value;
  }

  tell(event: PastEvent): void {
    const { at } = event;
    if ('payload' in event) this.hear(event.payload.value, at);
    else if ('standing' in event) this.#stand(event.standing, at);
    else if ('isPause' in event) event.isPause ? this.pause(at) : this.resume(at);
    else if (event.value === undefined) this.pause(at);
    else this.hearValue(event.value, at);
  }

  /** Forgets everything, before it is told again from farther back. */
  clear(): void {
    this.#samples.clear();
    this.#value = undefined;
    this.#awaited = undefined;
  }

  #stand(value: unknown, at: Timestamp): void {
    this.#value = value;
    this.#push(at, { value: kept(value), isMessage: false, isChange: false });
  }

  /** What is known of the time before a sample when no message tells of it. */
  #standingBefore(mark: number): PastEvent[] {
    const newer = new Set(this.#samples.since(mark));
    return [...this.#samples.since(0)].flatMap((sample) =>
      newer.has(sample) ? [] : [{ at: sample.at, standing: sample.value }],
    );
  }

  valueAt(at: Timestamp): unknown {
    return shown(this.#samples.valueAt(at));
  }

  over(stretch: Stretch, now: Timestamp): WindowView {
    const { from, to } = stretch;
    const known = to > now ? { from, to: Math.max(from, now), isEndIncluded: true } : stretch;
    const { figures, first, last } = this.#samples.summary(known);
    if (first === undefined && last === undefined) return { count: figures.count, changes: figures.changes };
    const view: { -readonly [Key in keyof WindowView]: WindowView[Key] } = {
      count: figures.count,
      changes: figures.changes,
      coverage: to > from ? figures.knownMs / (to - from) : 1,
    };
    const start = numberOf(first);
    const end = numberOf(last);
    if (figures.min <= figures.max) {
      view.min = figures.min;
      view.max = figures.max;
      view.sum = figures.sum;
      const mean = figures.mean ?? end;
      if (mean !== undefined) view.mean = mean;
    }
    if (shown(first) !== undefined) view.first = first;
    if (shown(last) !== undefined) view.last = last;
    if (start !== undefined && end !== undefined) view.delta = end - start;
    return view;
  }

  /** Clocks that are set back do not turn the order round. */
  #push(
    at: Timestamp,
    sample: { readonly value: unknown; readonly isMessage: boolean; readonly isChange: boolean },
  ): void {
    const latest = this.#samples.latest?.at ?? at;
    const time = Math.max(at, latest);
    this.#samples.forget(time - this.keepMs);
    this.#samples.push({ at: time, ...sample });
  }
}
