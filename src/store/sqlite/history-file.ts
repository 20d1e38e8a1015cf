// history.db in the worker: the journal in compressed chunks, boots, gaps, traces. NORMAL: its tail may be lost.
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { matchesFilter, type Timestamp } from '../../base/index.ts';
import type { Input } from '../../rules/index.ts';
import type { Chunk } from '../chunk-format.ts';
import { ChunkReader, type JsonColumns } from '../chunk-reader.ts';
import { ChunkWriter } from '../chunk-writer.ts';
import { storeError } from '../errors.ts';
import type { Gap, JournalRequest, JournalSlice, SetAside, TraceRecord } from '../protocol.ts';
import { BootsTable } from '../tables/boots.ts';
import { ChunksTable, type StoredChunk } from '../tables/chunks.ts';
import { historyMigrations } from '../tables/history.ts';
import { TracesTable } from '../tables/traces.ts';
import { Connection } from './connection.ts';

/** A third of the size of the bytes that came in, at under a millisecond for 256 KB. */
const compressionLevel = 4;
/** No chunk can be larger, whatever a damaged file says. */
const maxChunkBytes = 64 * 2 ** 20;

interface Tables {
  readonly db: Database;
  readonly chunks: ChunksTable;
  readonly boots: BootsTable;
  readonly traces: TracesTable;
}

export class HistoryFile {
  readonly #connection: Connection;

  constructor(dir: string) {
    this.#connection = new Connection({
      path: join(dir, 'history.db'),
      synchronous: 'NORMAL',
      migrations: historyMigrations,
      freshWhenReopened: true,
    });
  }

  async open(at: Timestamp): Promise<SetAside | undefined> {
    const moved = await this.#connection.open(at);
    if (moved !== undefined) {
      this.#write(({ boots }) => boots.addGap({ from: 0, to: at, reason: 'set-aside', lost: null }));
    }
    return moved;
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Notes the start of the house, and a gap when it did not stop cleanly before. */
  begin(at: Timestamp): void {
    this.#write(({ boots, chunks }) => {
      const { uncleanSince } = boots.begin(at);
      if (uncleanSince === undefined) return;
      const from = Math.max(uncleanSince, chunks.last()?.lastAt ?? 0);
      boots.addGap({ from: Math.min(from, at), to: at, reason: 'unclean-stop', lost: null });
    });
  }

  end(at: Timestamp): void {
    this.#write(({ boots }) => boots.end(at));
  }

  /** Above every sequence number that this file has seen. */
  sequenceFloor(): number {
    return this.#read(({ boots, chunks }) => Math.max(boots.lastFirstSeq(), chunks.last()?.lastSeq ?? 0) + 1);
  }

  reserved(first: number): void {
    this.#write(({ boots }) => boots.reserved(first));
  }

  writeChunk(chunk: Chunk | null, gap: Gap | null): number {
    const packed = chunk === null ? undefined : deflateRawSync(chunk.data, { level: compressionLevel });
    this.#write(({ boots, chunks }) => {
      if (gap !== null) boots.addGap(gap);
      if (chunk !== null && packed !== undefined) chunks.insert(chunk, chunk.data.length, packed);
    });
    return packed?.length ?? 0;
  }

  /** What matches in the next chunk; a slice is one chunk, so commits are never kept waiting for long. */
  readChunk(request: JournalRequest): JournalSlice {
    const chunk = this.#read(({ chunks }) => chunks.find(request));
    if (chunk === undefined) return { data: new Uint8Array(), count: 0, next: null };
    const found = matching(chunk, request);
    const kept = request.isNewestFirst ? found.slice(-request.limit) : found.slice(0, request.limit);
    const isCut = kept.length < found.length;
    const next = nextPlace(chunk, request, isCut ? kept : []);
    const writer = new ChunkWriter();
    for (const input of kept) writer.append(input);
    return { data: writer.take()?.data ?? new Uint8Array(), count: kept.length, next };
  }

  gaps(from: Timestamp, to: Timestamp): Gap[] {
    return this.#read(({ boots }) => boots.gaps(from, to));
  }

  putTraces(traces: readonly TraceRecord[]): void {
    this.#write((tables) => tables.traces.put(traces));
  }

  recentTraces(query: Parameters<TracesTable['recent']>[0]): string[] {
    return this.#read(({ traces }) => traces.recent(query));
  }

  findTrace(id: string): string | null {
    return this.#read(({ traces }) => traces.find(id) ?? null);
  }

  prune(before: Timestamp, maxBytes: number): { readonly deleted: number; readonly hasMore: boolean } {
    return this.#write(({ boots, chunks }) => {
      boots.pruneGaps(before);
      return chunks.prune(before, maxBytes);
    });
  }

  close(): void {
    this.#connection.close();
  }

  #read<Out>(work: (tables: Tables) => Out): Out {
    return this.#connection.use((db) =>
      work({ db, chunks: new ChunksTable(db), boots: new BootsTable(db), traces: new TracesTable(db) }),
    );
  }

  #write<Out>(work: (tables: Tables) => Out): Out {
    return this.#read((tables) => tables.db.transaction(() => work(tables)).immediate());
  }
}

function readJson(text: string) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw storeError('store-bad-row', `stored JSON cannot be read: ${text.slice(0, 80)}`, { cause });
  }
}

/** The main thread, which gets the inputs, checks them; this one is spared zod, 9 MB. */
const uncheckedColumns: JsonColumns = {
  command: readJson,
  userProperties: readJson,
  signal: readJson,
  answer: readJson,
};

function matching(chunk: StoredChunk, request: JournalRequest): Input[] {
  const data = inflateRawSync(chunk.data, { maxOutputLength: maxChunkBytes });
  return [...new ChunkReader(data, uncheckedColumns)].filter((input) => isWanted(input, request));
}

function isWanted(input: Input, request: JournalRequest): boolean {
  const { filter, from, to, after, isNewestFirst } = request;
  if (input.at < from || input.at > to) return false;
  if (after !== null && (isNewestFirst ? input.seq >= after : input.seq <= after)) return false;
  return filter === null || (input.kind === 'message' && matchesFilter(filter, input.topic));
}

/** When the chunk was cut the next slice begins inside it, otherwise beyond it. */
function nextPlace(chunk: StoredChunk, request: JournalRequest, cut: readonly Input[]): number {
  if (request.isNewestFirst) return cut[0]?.seq ?? chunk.firstSeq;
  return cut.at(-1)?.seq ?? chunk.lastSeq;
}
