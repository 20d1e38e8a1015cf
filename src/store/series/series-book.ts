// The series of topics that spoke lately, with their newest samples in memory. Fed from the journal's chunks; what is
// lost with the process is fed again from there. Knows no SQL: who keeps it asks for what is to be written.
import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import type { BlockHead } from '../tables/series.ts';
import { type Block, pack, packBlock, readBlock, unpack, writeBlock } from './block.ts';
import { TopicLayout } from './layout.ts';
import { type HistoryPolicy, policyOf, type TopicPolicy } from './policy.ts';
import { longestBlockMs, Tail } from './tail.ts';

export interface SeriesName {
  readonly id: number;
  readonly topic: string;
  readonly path: string;
}

/** The series as they are kept on disk. */
export interface KnownSeries {
  ofTopic(topic: string): readonly SeriesName[];
  find(id: number): SeriesName | undefined;
}

export interface FullBlock {
  readonly head: BlockHead;
  readonly data: Uint8Array;
}

export interface Sayings {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly at: number;
}

interface TopicSeries {
  readonly policy: TopicPolicy;
  readonly layout: TopicLayout;
  readonly tails: Map<string, Tail>;
}

export class SeriesBook {
  readonly #policy: HistoryPolicy;
  readonly #topics = new Map<string, TopicSeries>();
  #fresh: SeriesName[] = [];
  #full: FullBlock[] = [];
  #fullBytes = 0;
  #lastId: number;
  #count: number;
  #samples = 0;
  #refused = 0;

  constructor(policy: HistoryPolicy, known: { readonly count: number; readonly lastId: number }) {
    this.#policy = policy;
    this.#count = known.count;
    this.#lastId = known.lastId;
  }

  get counters(): { readonly series: number; readonly samples: number; readonly refused: number } {
    return { series: this.#count, samples: this.#samples, refused: this.#refused };
  }

  /** Bytes of full blocks that wait to be written. */
  get fullBytes(): number {
    return this.#fullBytes;
  }

  /** Series that are not on disk yet. */
  get fresh(): readonly SeriesName[] {
    return this.#fresh;
  }

  get full(): readonly FullBlock[] {
    return this.#full;
  }

  hear({ topic, payload, at }: Sayings, known: KnownSeries): void {
    if (topic.startsWith('$')) return;
    const { policy, layout, tails } = this.#topicOf(topic, known);
    if (policy.isExcluded) return;
    for (const { path, value } of layout.leaves(payload)) {
      const tail = tails.get(path) ?? (value === undefined ? undefined : this.#begin(topic, path, tails));
      if (tail === undefined) continue;
      const before = tail.size;
      const full = tail.add(at, value, policy.thin);
      if (full !== undefined) this.#finish(tail.id, full);
      if (full !== undefined || tail.size > before) this.#samples++;
    }
  }

  /** Ends blocks that have been open for long. */
  settle(now: number): void {
    for (const { tails } of this.#topics.values())
      for (const tail of tails.values())
        if (tail.size > 0 && now - tail.firstAt > longestBlockMs) this.#finish(tail.id, tail.take());
  }

  /** What is not in any full block. */
  tails(): Uint8Array {
    const writer = new ByteWriter(64 * 1024);
    for (const { tails } of this.#topics.values())
      for (const tail of tails.values()) {
        if (tail.size === 0 && !tail.isProse) continue;
        writer.unsigned(tail.id);
        writer.byte(tail.isProse ? 1 : 0);
        writeBlock(writer, tail.block);
      }
    const bytes = writer.take();
    return bytes.length === 0 ? bytes : pack(bytes);
  }

  restore(packed: Uint8Array, known: KnownSeries): void {
    if (packed.length === 0) return;
    const reader = new ByteReader(unpack(packed));
    while (!reader.isAtEnd) {
      const name = known.find(reader.unsigned());
      const isProse = reader.byte() === 1;
      const block = readBlock(reader);
      if (name === undefined) continue;
      const tail = new Tail(name.id, isProse);
      tail.restore(block);
      this.#topicOf(name.topic, known).tails.set(name.path, tail);
    }
  }

  /** Everything that was asked for is on disk; topics that were silent since are forgotten here. */
  written(): void {
    this.#fresh = [];
    this.#full = [];
    this.#fullBytes = 0;
    for (const [topic, { tails }] of this.#topics)
      if ([...tails.values()].every((tail) => tail.size === 0 && !tail.isProse)) this.#topics.delete(topic);
  }

  /** What only this memory knows of a series, packed and in order; undefined for one that is not known at all. */
  recent(
    { topic, path }: Pick<SeriesName, 'topic' | 'path'>,
    known: KnownSeries,
  ): { readonly id: number; readonly blocks: readonly Uint8Array[] } | undefined {
    const tail = this.#topicOf(topic, known).tails.get(path);
    if (tail === undefined) return undefined;
    const full = this.#full.filter(({ head }) => head.series === tail.id).map(({ data }) => data);
    return { id: tail.id, blocks: tail.size === 0 ? full : [...full, packBlock(tail.block)] };
  }

  /** Paths of a topic that have a history. */
  paths(topic: string, known: KnownSeries): SeriesName[] {
    const { tails } = this.#topicOf(topic, known);
    return [...tails].map(([path, { id }]) => ({ id, topic, path }));
  }

  /** Forgets a series of which nothing is left; false when something is. */
  forget({ topic, path }: SeriesName): boolean {
    const tails = this.#topics.get(topic)?.tails;
    const tail = tails?.get(path);
    if (tail !== undefined && (tail.size > 0 || tail.isProse)) return false;
    tails?.delete(path);
    this.#count--;
    return true;
  }

  #topicOf(topic: string, known: KnownSeries): TopicSeries {
    const open = this.#topics.get(topic);
    if (open !== undefined) return open;
    const names = known.ofTopic(topic);
    const tails = new Map(names.map(({ id, path }) => [path, new Tail(id)]));
    const made = { policy: policyOf(this.#policy, topic), layout: new TopicLayout(), tails };
    this.#topics.set(topic, made);
    return made;
  }

  #begin(topic: string, path: string, tails: Map<string, Tail>): Tail | undefined {
    if (tails.size >= this.#policy.paths || this.#count >= this.#policy.series) {
      this.#refused++;
      return undefined;
    }
    const id = ++this.#lastId;
    const tail = new Tail(id);
    this.#count++;
    this.#fresh.push({ id, topic, path });
    tails.set(path, tail);
    return tail;
  }

  #finish(series: number, block: Block): void {
    const { times } = block;
    if (times.length === 0) return;
    const data = packBlock(block);
    let firstAt = Number.POSITIVE_INFINITY;
    let lastAt = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < times.length; n++) {
      firstAt = Math.min(firstAt, times[n] ?? firstAt);
      lastAt = Math.max(lastAt, times[n] ?? lastAt);
    }
    this.#full.push({ head: { series, firstAt, lastAt, count: times.length }, data });
    this.#fullBytes += data.length;
  }
}
