// The samples of one series as they are, page by page.
import type { SeriesTables } from '../tables/series.ts';
import { type Block, sampleOf, unpackBlock, type Word } from './block.ts';

export interface SampleRequest {
  readonly series: number;
  readonly from: number;
  readonly to: number;
  /** Later blocks are among the recent ones. */
  readonly lastBlock: number;
  /** Packed, in order; given once the blocks on disk have come to an end. */
  readonly recent: readonly Uint8Array[];
  /** Where the page before ended; null for the first. */
  readonly after: { readonly firstAt: number; readonly id: number } | null;
}

/** Undefined: from here on the value is something else. */
export interface SeriesSample {
  readonly at: number;
  readonly value: number | Word | undefined;
}

export interface SamplePage {
  readonly samples: readonly SeriesSample[];
  readonly next: SampleRequest['after'];
}

/** Full blocks of one page: some four thousand samples. */
const pageBlocks = 8;

function samplesOf(block: Block, { from, to }: SampleRequest): SeriesSample[] {
  const found: SeriesSample[] = [];
  for (let n = 0; n < block.times.length; n++) {
    const at = block.times[n] ?? 0;
    if (at >= from && at <= to) found.push({ at, value: sampleOf(block, n) });
  }
  return found;
}

export function listSamples(tables: SeriesTables, request: SampleRequest): SamplePage {
  const { series, from, to, lastBlock: lastId, after } = request;
  const query = { series, from, to, lastId, after: after ?? undefined, limit: pageBlocks };
  const stored = tables.read('blocks', query);
  const last = stored.at(-1);
  const hasMore = stored.length === pageBlocks && last !== undefined;
  const packed = [...stored.map(({ data }) => data), ...(hasMore ? [] : request.recent)];
  return {
    samples: packed.flatMap((data) => samplesOf(unpackBlock(data), request)),
    next: hasMore ? { firstAt: last.firstAt, id: last.id } : null,
  };
}
