// Draws one series over a time in so many points: from its samples, from five-minute figures, or from both.
import type { BlockQuery, SeriesTables } from '../tables/series.ts';
import { type Block, sampleOf, unpackBlock, type Word } from './block.ts';
import { type Bucket, Buckets, numberOfWord } from './buckets.ts';
import { rollupMs, unpackRollup } from './rollup.ts';

export interface DrawRequest {
  readonly series: number;
  readonly from: number;
  readonly to: number;
  readonly points: number;
  /** Later blocks are among the recent ones. */
  readonly lastBlock: number;
  /** Packed, in order. */
  readonly recent: readonly Uint8Array[];
}

/** A number of `min`, `max` and `mean` is missing where the values mean none. */
export interface DrawnPoint {
  readonly at: number;
  readonly count: number;
  readonly changes: number;
  readonly last?: number | Word;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
}

export interface Drawing {
  readonly source: 'samples' | 'rollups' | 'both';
  /** Of the stretch that a point stands for; 0: each is one sample. */
  readonly widthMs: number;
  readonly points: readonly DrawnPoint[];
}

/** Blocks that are read at once; nothing stays open between. */
const pageBlocks = 64;
/** As many samples of the first and the last block may lie outside. */
const edgeSamples = 1024;

interface Part {
  readonly from: number;
  readonly to: number;
}

export function pointOf({ at, count, numbers, min, max, sum, changes, last }: Bucket): DrawnPoint {
  const figures = numbers === 0 ? {} : { min, max, mean: Number((sum / numbers).toPrecision(9)) };
  return { at, count, changes, ...(last !== undefined && { last }), ...figures };
}

/** Yields between pages, so that others may have their turn; returns the drawing. */
export function* draw(tables: SeriesTables, request: DrawRequest): Generator<undefined, Drawing> {
  const { from, to, points, series, lastBlock: lastId } = request;
  const completeFrom = samplesFrom(tables, series);
  if (completeFrom <= from && tables.samples({ series, from, to, lastId }) <= points + edgeSamples) {
    const found = yield* each(tables, request);
    if (found.length <= points) return { source: 'samples', widthMs: 0, points: found };
  }
  const exactMs = Math.ceil((to - from + 1) / points);
  const isCoarse = exactMs >= 2 * rollupMs;
  const rolledTo = tables.find(series)?.rolledTo ?? 0;
  const split = Math.max(from, isCoarse ? rolledTo : Math.min(rolledTo, completeFrom));
  const widthMs = isCoarse && split > from ? Math.ceil(exactMs / rollupMs) * rollupMs : exactMs;
  const buckets = new Buckets({ from, to, widthMs });
  if (split > from) yield* addRollups(buckets, tables, { ...request, to: Math.min(to, split - 1) });
  const raw = { from: split, to };
  if (split <= to) yield* addBlocks(tables, request, raw, (block) => buckets.addBlock(block, raw));
  const source = split <= from ? 'samples' : split > to ? 'rollups' : 'both';
  return { source, widthMs, points: [...buckets].map(pointOf) };
}

/** Since when every sample is still there; before, there may be figures. */
function samplesFrom(tables: SeriesTables, series: number): number {
  const oldestFigure = tables.firstAt('rollups', series);
  if (oldestFigure === undefined) return Number.NEGATIVE_INFINITY;
  const oldest = tables.firstAt('blocks', series) ?? Number.MAX_SAFE_INTEGER;
  if (oldestFigure >= Math.floor(oldest / rollupMs) * rollupMs) return Number.NEGATIVE_INFINITY;
  return Math.ceil(oldest / rollupMs) * rollupMs;
}

function* pages(
  tables: SeriesTables,
  table: 'blocks' | 'rollups',
  query: Omit<BlockQuery, 'after' | 'limit'>,
) {
  let after: BlockQuery['after'];
  for (;;) {
    const page = tables.read(table, { ...query, after, limit: pageBlocks });
    const last = page.at(-1);
    yield page;
    if (last === undefined || page.length < pageBlocks) return;
    after = { firstAt: last.firstAt, id: last.id };
  }
}

function* addBlocks(
  tables: SeriesTables,
  request: DrawRequest,
  part: Part,
  add: (block: Block) => void,
): Generator<undefined, void> {
  const { series, lastBlock: lastId } = request;
  for (const page of pages(tables, 'blocks', { series, lastId, ...part })) {
    for (const { data } of page) add(unpackBlock(data));
    yield;
  }
  for (const packed of request.recent) add(unpackBlock(packed));
}

/** Figures that overlap the time are taken whole. */
function* addRollups(
  buckets: Buckets,
  tables: SeriesTables,
  request: DrawRequest,
): Generator<undefined, void> {
  const { series, to } = request;
  const from = request.from - rollupMs + 1;
  const lastId = Number.MAX_SAFE_INTEGER;
  for (const page of pages(tables, 'rollups', { series, lastId, from, to })) {
    for (const { data } of page)
      for (const bucket of unpackRollup(data)) if (bucket.at >= from && bucket.at <= to) buckets.add(bucket);
    yield;
  }
}

/** Every sample as a point of its own. */
function* each(tables: SeriesTables, request: DrawRequest): Generator<undefined, DrawnPoint[]> {
  const points: DrawnPoint[] = [];
  let previous: number | Word | undefined;
  yield* addBlocks(tables, request, request, (block) => {
    for (let n = 0; n < block.times.length; n++) {
      const at = block.times[n] ?? 0;
      if (at < request.from || at > request.to) continue;
      const last = sampleOf(block, n);
      if (last !== undefined) points.push(samplePoint(at, last, last === previous));
      previous = last;
    }
  });
  return points;
}

function samplePoint(at: number, last: number | Word, isSame: boolean): DrawnPoint {
  const number = typeof last === 'number' ? last : numberOfWord(last);
  const figures = Number.isNaN(number) ? {} : { min: number, max: number, mean: number };
  return { at, count: 1, changes: isSame ? 0 : 1, last, ...figures };
}
