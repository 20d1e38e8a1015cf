// The recent past of the topics that somebody asks about: `$over` and `$at`. Everything else leaves no samples.
import type { Timestamp } from '../../base/index.ts';
import type { PastQuery, Stretch, WindowView } from '../../expression/index.ts';
import type { TopicState } from '../topic-state.ts';
import type { Allowance } from './samples.ts';
import { type PastEvent, Series } from './series.ts';

const dayMs = 86_400_000;
/** As far back as every sample is kept, and a day for what stood then. */
const longestMs = 31 * dayMs;
/** The one that nobody asked about for the longest time goes, when there are more. */
const mostSeries = 2000;
const mostSamples = 1_048_576;

/** Somebody asks about it from an input on, and wants to know what was before, too. */
export interface WantedPast {
  readonly topic: string;
  /** Empty: the payload itself. */
  readonly path: string;
  readonly keepMs: number;
  /** The number of that input. */
  readonly before: number;
}

/** What a rule that comes into force asks about. */
export type Asking = PastQuery & { readonly keepMs: number; readonly seq: number };

export class Past {
  readonly #topics = new Map<string, Map<string, Series>>();
  readonly #allowance: Allowance = { left: mostSamples };
  readonly #find: (topic: string) => TopicState | undefined;
  #wanted: WantedPast[] = [];
  #size = 0;

  constructor(find: (topic: string) => TopicState | undefined) {
    this.#find = find;
  }

  get size(): number {
    return this.#size;
  }

  /** From now on the last `keepMs` of it are kept. */
  watch(query: PastQuery, keepMs: number): Series {
    const { topic, path = '', now } = query;
    const paths = this.#topics.get(topic) ?? new Map<string, Series>();
    const known = paths.get(path);
    const keep = Math.min(keepMs, longestMs);
    if (known !== undefined) {
      known.askedAt = now;
      if (known.keepMs < keep) known.keepMs = keep;
      return known;
    }
    if (this.#size >= mostSeries) this.#dropOldest();
    const series = new Series(query.path, { keepMs: keep, at: now, allowance: this.#allowance });
    this.#topics.set(topic, paths.set(path, series));
    this.#size++;
    const state = this.#find(topic);
    if (state !== undefined) series.stand(state.payload.value, state.changedAt);
    return series;
  }

  /** As `watch`; where it has not listened for so long, what was before is wanted. */
  want({ keepMs, seq, ...query }: Asking): void {
    const series = this.watch(query, keepMs);
    if (series.isAwaiting || series.recalledMs >= Math.min(keepMs, longestMs)) return;
    series.await(query.now);
    this.#wanted.push({ topic: query.topic, path: series.path, keepMs: series.keepMs, before: seq });
  }

  get isWanting(): boolean {
    return this.#wanted.length > 0;
  }

  /** What is wanted since the first input that wanted anything; it is up to the caller then. */
  takeWanted(): readonly WantedPast[] {
    const [first] = this.#wanted;
    const taken = this.#wanted.filter(({ before }) => before === first?.before);
    this.#wanted = this.#wanted.filter(({ before }) => before !== first?.before);
    return taken;
  }

  /** Puts in what was before; without `told` that is not known. What is wanted from farther back by now is wanted anew. */
  recalled(
    { topic, path, keepMs }: Pick<WantedPast, 'topic' | 'path' | 'keepMs'>,
    told: readonly PastEvent[] | undefined,
    { at: now, seq }: { readonly at: Timestamp; readonly seq: number },
  ): void {
    const series = this.#topics.get(topic)?.get(path);
    if (series?.isAwaiting !== true) return;
    series.refill(told);
    if (told === undefined) return;
    series.recalledMs = keepMs;
    if (series.keepMs > keepMs) this.want({ topic, path, now, seq, keepMs: series.keepMs });
  }

  /** What another one kept of what is watched here goes on; nobody listened in between. */
  takeOver(other: Past, [from, to]: readonly [from: Timestamp, to: Timestamp]): void {
    for (const [topic, paths] of this.#topics)
      for (const [path, series] of paths) {
        const kept = other.#topics.get(topic)?.get(path);
        if (kept === undefined) continue;
        kept.pause(from);
        kept.resume(to);
        series.clear();
        paths.set(path, kept);
        this.#wanted = this.#wanted.filter((wanted) => wanted.topic !== topic || wanted.path !== path);
      }
  }

  // hot: test/bench/engine.ts
  hear(topic: string, payload: { readonly value: unknown }, at: Timestamp): void {
    const paths = this.#topics.get(topic);
    if (paths === undefined) return;
    for (const series of paths.values()) series.hear(payload.value, at);
  }

  over(query: PastQuery, stretch: Stretch): WindowView {
    return this.watch(query, query.now - stretch.from).over(stretch, query.now);
  }

  valueAt(query: PastQuery, at: Timestamp): unknown {
    return this.watch(query, query.now - at).valueAt(at);
  }

  /** Topics with what is kept of them; for filling in from a journal. */
  *series(): Generator<readonly [topic: string, series: Series]> {
    for (const [topic, paths] of this.#topics) for (const series of paths.values()) yield [topic, series];
  }

  counters(): Readonly<Record<string, number>> {
    let samples = 0;
    let dropped = 0;
    for (const [, series] of this.series()) {
      samples += series.samples;
      dropped += series.dropped;
    }
    return { pastSeries: this.#size, pastSamples: samples, pastSamplesDropped: dropped };
  }

  #dropOldest(): void {
    let oldest: { readonly topic: string; readonly path: string; readonly series: Series } | undefined;
    for (const [topic, paths] of this.#topics)
      for (const [path, series] of paths)
        if (oldest === undefined || series.askedAt < oldest.series.askedAt) oldest = { topic, path, series };
    if (oldest === undefined) return;
    oldest.series.clear();
    const paths = this.#topics.get(oldest.topic);
    paths?.delete(oldest.path);
    if (paths?.size === 0) this.#topics.delete(oldest.topic);
    this.#size--;
  }
}
