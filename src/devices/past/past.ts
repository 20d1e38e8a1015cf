// The recent past of the topics that somebody asks about: `$over` and `$at`. Everything else leaves no samples.
import type { Timestamp } from '../../base/index.ts';
import type { PastQuery, Stretch, WindowView } from '../../expression/index.ts';
import type { TopicState } from '../topic-state.ts';
import type { Allowance } from './samples.ts';
import { Series } from './series.ts';

const dayMs = 86_400_000;
/** As far back as every sample is kept, and a day for what stood then. */
const longestMs = 31 * dayMs;
/** The one that nobody asked about for the longest time goes, when there are more. */
const mostSeries = 2000;
const mostSamples = 1_048_576;

export class Past {
  readonly #topics = new Map<string, Map<string, Series>>();
  readonly #allowance: Allowance = { left: mostSamples };
  readonly #find: (topic: string) => TopicState | undefined;
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
