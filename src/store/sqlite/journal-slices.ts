// Reads the journal's chunks: what matches, a chunk at a time, so that nothing is ever kept waiting for long.
import { inflateRawSync } from 'node:zlib';
import { matchesFilter } from '../../base/index.ts';
import type { Input } from '../../rules/index.ts';
import { ChunkReader, type JsonColumns } from '../chunk-reader.ts';
import { ChunkWriter } from '../chunk-writer.ts';
import { storeError } from '../errors.ts';
import type { JournalRequest, JournalSlice } from '../protocol.ts';
import type { ChunksTable, StoredChunk } from '../tables/chunks.ts';

/** No chunk can be larger, whatever a damaged file says. */
const maxChunkBytes = 64 * 2 ** 20;

function readJson(text: string) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw storeError('store-bad-row', `stored JSON cannot be read: ${text.slice(0, 80)}`, { cause });
  }
}

/** Command and source are fields of one object. */
function readCommand(text: string): ReturnType<JsonColumns['command']> {
  const { origin, depth, cause, ...command } = readJson(text);
  return {
    command,
    ...(origin !== undefined && { origin }),
    ...(depth !== undefined && { depth }),
    ...(cause !== undefined && { cause }),
  };
}

/** The main thread, which gets the inputs, checks them; others are spared zod, 9 MB. */
export const uncheckedColumns: JsonColumns = {
  command: readCommand,
  userProperties: readJson,
  signal: readJson,
  answer: readJson,
};

export function unpackChunk(packed: Uint8Array): Buffer {
  return inflateRawSync(packed, { maxOutputLength: maxChunkBytes });
}

/** What matches in the next chunk in which something does; gives up, to be asked again, when `isLate`. */
export function readSlice(chunks: ChunksTable, request: JournalRequest, isLate: () => boolean): JournalSlice {
  let { after } = request;
  let reached = request.isNewestFirst ? request.to : request.from;
  do {
    const asked = { ...request, after };
    const chunk = chunks.find(asked);
    if (chunk === undefined)
      return { ...nothing, next: null, reached: request.isNewestFirst ? request.from : request.to };
    const found = matching(chunk, asked);
    reached = request.isNewestFirst ? chunk.firstAt : chunk.lastAt;
    if (found.length > 0) return sliceOf(chunk, asked, found);
    after = nextPlace(chunk, asked, []);
  } while (!isLate());
  return { ...nothing, next: after, reached };
}

const nothing = { data: new Uint8Array(), count: 0 };

function sliceOf(chunk: StoredChunk, request: JournalRequest, found: readonly Input[]): JournalSlice {
  const { isNewestFirst, limit } = request;
  const kept = isNewestFirst ? found.slice(-limit) : found.slice(0, limit);
  const isCut = kept.length < found.length;
  const writer = new ChunkWriter();
  for (const input of kept) writer.append(input);
  const edge = isNewestFirst ? kept[0] : kept.at(-1);
  return {
    data: writer.take()?.data ?? new Uint8Array(),
    count: kept.length,
    next: nextPlace(chunk, request, isCut ? kept : []),
    reached: isCut && edge !== undefined ? edge.at : isNewestFirst ? chunk.firstAt : chunk.lastAt,
  };
}

function matching(chunk: StoredChunk, request: JournalRequest): Input[] {
  const topics = request.topics === null ? undefined : new Set(request.topics);
  const inputs = new ChunkReader(unpackChunk(chunk.data), uncheckedColumns);
  return [...inputs].filter((input) => isWanted(input, request, topics));
}

function isWanted(input: Input, request: JournalRequest, topics: ReadonlySet<string> | undefined): boolean {
  const { filter, from, to, after, isNewestFirst } = request;
  if (input.at < from || input.at > to) return false;
  if (after !== null && (isNewestFirst ? input.seq >= after : input.seq <= after)) return false;
  if (filter === null && topics === undefined) return true;
  if (input.kind !== 'message') return false;
  return (filter === null || matchesFilter(filter, input.topic)) && topics?.has(input.topic) !== false;
}

/** When the chunk was cut the next slice begins inside it, otherwise beyond it. */
function nextPlace(chunk: StoredChunk, request: JournalRequest, cut: readonly Input[]): number {
  if (request.isNewestFirst) return cut[0]?.seq ?? chunk.firstSeq;
  return cut.at(-1)?.seq ?? chunk.lastSeq;
}
