// Keeps the series on disk: feeds them from the journal, writes what is full, rolls up what is old, deletes what is older.
// Runs in the store's worker, in steps so short that commits hardly wait.
import type { Timestamp } from '../../base/index.ts';
import { ChunkReader, type JsonColumns } from '../chunk-reader.ts';
import type { Recent } from '../protocol.ts';
import type { BlockHead, SeriesRow, SeriesTables } from '../tables/series.ts';
import { unpackBlock } from './block.ts';
import { Buckets } from './buckets.ts';
import { type HistoryPolicy, policyOf } from './policy.ts';
import { packRollup, rollupMs } from './rollup.ts';
import { SeriesBook, type SeriesName } from './series-book.ts';

/** A chunk of the journal, not compressed. */
export interface Told {
  readonly lastSeq: number;
  readonly lastAt: Timestamp;
  readonly data: Uint8Array;
}

/** What is not on disk yet is bounded by the journal that would have to be read again, its time, and its own bytes. */
const mostEntriesBehind = 200_000;
const longestBehindMs = 300_000;
const mostFullBytes = 256 * 1024;
const dayMs = 86_400_000;
/** What a day brought is here by then. */
const latenessMs = 600_000;
/** Of one step of `tend`. */
const stepSeries = 50;
const stepBlocks = 100;
const stepDays = 4;

const noColumns: JsonColumns = {
  command: () => ({ command: { do: 'cancel', run: '' } }),
  userProperties: () => ({}),
  signal: () => ({ signal: 'event', name: '', origin: 'api', by: '', depth: 0 }),
  answer: () => ({ call: '', answer: { ok: true, value: undefined } }),
};

const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs;

export class SeriesKeeper {
  readonly #policy: HistoryPolicy;
  #book: SeriesBook | undefined;
  #seq = -1;
  #entriesBehind = 0;
  #keptAt = 0;
  #tendAfter = 0;
  #bytes = 0;

  constructor(policy: HistoryPolicy) {
    this.#policy = policy;
  }

  /** The last entry of the journal that was heard. */
  seq(tables: SeriesTables): number {
    this.#bookOf(tables);
    return this.#seq;
  }

  counters(): Readonly<Record<string, number>> {
    const { series = 0, samples = 0, refused = 0 } = this.#book?.counters ?? {};
    return {
      historySeries: series,
      historySamples: samples,
      historyRefusedSeries: refused,
      historySeriesBytes: this.#bytes,
    };
  }

  /** The database is another one. */
  reset(): void {
    this.#book = undefined;
  }

  hear(tables: SeriesTables, told: Told): void {
    const book = this.#bookOf(tables);
    const chunk = new ChunkReader(told.data, noColumns);
    for (let input = chunk.next(); input !== undefined; input = chunk.next()) {
      if (input.seq <= this.#seq) continue;
      if (input.kind === 'message') book.hear(input, tables);
      this.#entriesBehind++;
    }
    this.#seq = Math.max(this.#seq, told.lastSeq);
    if (this.#keptAt === 0) this.#keptAt = told.lastAt;
    const isDue =
      this.#entriesBehind >= mostEntriesBehind ||
      Math.abs(told.lastAt - this.#keptAt) >= longestBehindMs ||
      book.fullBytes >= mostFullBytes;
    if (isDue) this.keep(tables, told.lastAt);
  }

  /** Writes what only memory holds; afterwards the journal before is not needed any more. */
  keep(tables: SeriesTables, now: Timestamp): void {
    const book = this.#bookOf(tables);
    if (this.#entriesBehind === 0) return;
    book.settle(now);
    const tails = book.tails();
    tables.write(() => {
      for (const name of book.fresh) tables.add(name);
      for (const { head, data } of book.full) {
        this.#unroll(tables, head);
        tables.addBlock('blocks', head, data);
      }
      tables.putState(this.#seq, tails);
    });
    book.written();
    this.#entriesBehind = 0;
    this.#keptAt = now;
    this.#bytes = tables.state().bytes;
  }

  /** For a reader that sees only what is on disk. */
  recent(tables: SeriesTables, name: Pick<SeriesName, 'topic' | 'path'>): Recent | null {
    const found = this.#bookOf(tables).recent(name, tables);
    return found === undefined
      ? null
      : { series: found.id, recent: found.blocks, lastBlock: tables.lastBlock() };
  }

  paths(tables: SeriesTables, topic: string): string[] {
    return this.#bookOf(tables)
      .paths(topic, tables)
      .map(({ path }) => path);
  }

  /** One step of rolling up and deleting; true while there is more to do. */
  tend(tables: SeriesTables, now: Timestamp): boolean {
    this.keep(tables, now);
    return tables.write(() => this.#tendSome(tables, now));
  }

  #tendSome(tables: SeriesTables, now: Timestamp): boolean {
    const rows = tables.after(this.#tendAfter, stepSeries);
    let days = 0;
    for (const row of rows) {
      const { rolledTo, isDone, rolledDays } = this.#rollUp(tables, row, { now, days: stepDays - days });
      days += rolledDays;
      const deleted = this.#deleteOld(tables, row, { now, rolledTo });
      if (!isDone || deleted === stepBlocks) return true;
      this.#tendAfter = row.id;
    }
    if (rows.length === stepSeries) return true;
    this.#tendAfter = 0;
    return this.#bound(tables);
  }

  #bookOf(tables: SeriesTables): SeriesBook {
    if (this.#book !== undefined) return this.#book;
    const book = new SeriesBook(this.#policy, tables.count());
    const { seq, bytes, tails } = tables.state();
    this.#seq = seq;
    this.#bytes = bytes;
    this.#entriesBehind = 0;
    this.#keptAt = 0;
    book.restore(tails, tables);
    this.#book = book;
    return book;
  }

  #rollUp(tables: SeriesTables, row: SeriesRow, limit: { readonly now: number; readonly days: number }) {
    const today = dayOf(limit.now - latenessMs);
    let { rolledTo } = row;
    let rolledDays = 0;
    while (rolledTo < today && rolledDays < limit.days) {
      const next = this.#nextDay(tables, row, rolledTo);
      const day = Math.min(today, next);
      if (day < today) {
        this.#rollUpDay(tables, row, day);
        rolledDays++;
      }
      rolledTo = Math.min(today, day + dayMs);
    }
    if (rolledTo !== row.rolledTo) tables.rolled(row.id, rolledTo);
    return { rolledTo, rolledDays, isDone: rolledTo >= today };
  }

  /** The first day at or after `from` that may hold samples. */
  #nextDay(tables: SeriesTables, row: SeriesRow, from: number): number {
    const recent = this.#recentBlocks(tables, row).flatMap(({ times }) => Array.from(times));
    const starts = [tables.nextSample(row.id, from), ...recent.filter((at) => at >= from)];
    const first = starts.reduce<number>((least, at) => Math.min(least, at ?? least), Number.MAX_SAFE_INTEGER);
    return Math.max(from, dayOf(first));
  }

  /** What comes late, by a clock that was wrong, has its days rolled up again, unless their samples are gone. */
  #unroll(tables: SeriesTables, { series, firstAt }: BlockHead): void {
    const rolledTo = tables.find(series)?.rolledTo ?? 0;
    const oldest = tables.firstAt('blocks', series) ?? rolledTo;
    if (firstAt >= rolledTo || firstAt < oldest) return;
    tables.rolled(series, dayOf(firstAt));
    tables.deleteFrom('rollups', series, dayOf(firstAt));
  }

  #recentBlocks(tables: SeriesTables, row: SeriesRow) {
    return (this.#bookOf(tables).recent(row, tables)?.blocks ?? []).map(unpackBlock);
  }

  #rollUpDay(tables: SeriesTables, row: SeriesRow, day: number): void {
    const range = { from: day, to: day + dayMs - 1 };
    const buckets = new Buckets({ ...range, widthMs: rollupMs });
    const all = { lastId: Number.MAX_SAFE_INTEGER, after: undefined, limit: Number.MAX_SAFE_INTEGER };
    for (const { data } of tables.read('blocks', { series: row.id, ...range, ...all }))
      buckets.addBlock(unpackBlock(data), range);
    for (const block of this.#recentBlocks(tables, row)) buckets.addBlock(block, range);
    const figures = [...buckets];
    const last = figures.at(-1);
    if (figures[0] === undefined || last === undefined) return;
    const head = { series: row.id, firstAt: figures[0].at, lastAt: last.at, count: figures.length };
    tables.addBlock('rollups', head, packRollup(figures));
  }

  #deleteOld(
    tables: SeriesTables,
    row: SeriesRow,
    { now, rolledTo }: { readonly now: number; readonly rolledTo: number },
  ): number {
    const { rawMs, rollupMs: keepMs, isExcluded } = policyOf(this.#policy, row.topic);
    const before = isExcluded ? now : Math.min(now - rawMs, rolledTo);
    const old = tables.deleteBefore('blocks', row.id, { before, limit: stepBlocks });
    const older = { before: isExcluded ? now : now - keepMs, limit: stepBlocks };
    const rollups = tables.deleteBefore('rollups', row.id, older);
    const isEmpty =
      tables.firstAt('blocks', row.id) === undefined && tables.firstAt('rollups', row.id) === undefined;
    if (isEmpty && this.#bookOf(tables).forget(row)) tables.remove(row.id);
    return Math.max(old, rollups);
  }

  /** Deletes the oldest samples when all series together are too large. */
  #bound(tables: SeriesTables): boolean {
    this.#bytes = tables.state().bytes;
    if (this.#bytes <= this.#policy.seriesBytes) return false;
    const deleted = tables.deleteOldest('blocks', stepBlocks) || tables.deleteOldest('rollups', stepBlocks);
    this.#bytes = tables.state().bytes;
    return deleted > 0;
  }
}
