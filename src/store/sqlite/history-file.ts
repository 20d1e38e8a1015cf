// history.db in the worker: the journal in compressed chunks, series, boots, gaps, traces. NORMAL: its tail may be lost.
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Timestamp } from '../../base/index.ts';
import type { Chunk } from '../chunk-format.ts';
import type { Gap, Operations, Recent, SeriesId, SetAside, SnapshotHead, TraceRecord } from '../protocol.ts';
import type { HistoryPolicy } from '../series/policy.ts';
import { SeriesKeeper } from '../series/series-keeper.ts';
import { BootsTable } from '../tables/boots.ts';
import { ChunksTable } from '../tables/chunks.ts';
import { historyMigrations } from '../tables/history.ts';
import { SeriesTables } from '../tables/series.ts';
import { SnapshotsTable } from '../tables/snapshots.ts';
import { TracesTable } from '../tables/traces.ts';
import { Connection } from './connection.ts';
import { unpackChunk } from './journal-slices.ts';
import { packChunk, trimJournal, withoutExcluded } from './journal-trim.ts';
import { isDiskTrouble } from './open-file.ts';

interface Tables {
  readonly db: Database;
  readonly chunks: ChunksTable;
  readonly boots: BootsTable;
  readonly traces: TracesTable;
  readonly series: SeriesTables;
  readonly snapshots: SnapshotsTable;
}

/** Of the journal's bytes snapshots may take so much besides: one part in four. */
const snapshotShare = 4;

export class HistoryFile {
  readonly #connection: Connection;
  readonly #policy: HistoryPolicy;
  readonly #series: SeriesKeeper;
  /** Whether the series have heard the whole journal. */
  #isCaughtUp = false;
  #failed = 0;

  constructor(dir: string, policy: HistoryPolicy) {
    this.#policy = policy;
    this.#series = new SeriesKeeper(policy);
    this.#connection = new Connection({
      path: join(dir, 'history.db'),
      synchronous: 'NORMAL',
      migrations: historyMigrations,
      freshWhenReopened: true,
    });
  }

  /** What was in memory of the series is heard again from the journal. */
  async open(at: Timestamp): Promise<SetAside | undefined> {
    const moved = await this.#connection.open(at);
    this.#series.reset();
    this.#isCaughtUp = false;
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
    this.#read(({ series }) => this.#series.keep(series, at));
    this.#write(({ boots }) => boots.end(at));
  }

  /** Above every sequence number that this file has seen. */
  sequenceFloor(): number {
    return this.#read(({ boots, chunks }) => Math.max(boots.lastFirstSeq(), chunks.last()?.lastSeq ?? 0) + 1);
  }

  reserved(first: number): void {
    this.#write(({ boots }) => boots.reserved(first));
  }

  writeChunk(told: Chunk | null, gap: Gap | null): Operations['writeChunk']['out'] {
    const chunk = told === null ? undefined : withoutExcluded(told, this.#policy);
    const packed = chunk && packChunk(chunk);
    this.#write(({ boots, chunks }) => {
      if (gap !== null) boots.addGap(gap);
      if (chunk !== undefined && packed !== undefined) chunks.insert(chunk, chunk.data.length, packed);
    });
    if (chunk !== undefined && this.#isCaughtUp) this.#hear(chunk);
    return { stored: packed?.length ?? 0, ...this.#counters() };
  }

  /** One chunk of the journal that the series have not heard; true while there are more. */
  catchUp(): Operations['catchUp']['out'] {
    this.#read(({ chunks, series }) => {
      const chunk = this.#isCaughtUp ? undefined : chunks.following(this.#series.seq(series));
      if (chunk !== undefined) this.#series.hear(series, { ...chunk, data: unpackChunk(chunk.data) });
      this.#isCaughtUp = chunk === undefined;
    });
    return { hasMore: !this.#isCaughtUp, ...this.#counters() };
  }

  recent(series: SeriesId): Recent | null {
    this.#catchUpNow();
    return this.#read((tables) => this.#series.recent(tables.series, series));
  }

  seriesPaths(topic: string): string[] {
    this.#catchUpNow();
    return this.#read(({ series }) => this.#series.paths(series, topic));
  }

  /** One step of rolling up, thinning and deleting; true while there is more to do. */
  tend(now: Timestamp): Operations['tend']['out'] {
    if (!this.#isCaughtUp) return { hasMore: false, ...this.#counters() };
    const hasMore = this.#read(({ series }) => this.#series.tend(series, now));
    const isTrimming = this.#write(({ db, chunks }) =>
      trimJournal({ db, chunks, policy: this.#policy, now }),
    );
    return { hasMore: hasMore || isTrimming, ...this.#counters() };
  }

  gaps(from: Timestamp, to: Timestamp): Operations['gaps']['out'] {
    return this.#read(({ boots }) => ({ gaps: boots.gaps(from, to), pauses: boots.pauses(from, to) }));
  }

  putTraces(traces: readonly TraceRecord[]): void {
    this.#write((tables) => tables.traces.put(traces));
  }

  putSnapshot(head: SnapshotHead, data: Uint8Array): void {
    this.#write(({ snapshots }) => snapshots.put(head, data));
  }

  recentTraces(query: Parameters<TracesTable['recent']>[0]): string[] {
    return this.#read(({ traces }) => traces.recent(query));
  }

  findTrace(id: string): string | null {
    return this.#read(({ traces }) => traces.find(id) ?? null);
  }

  prune(before: Timestamp, maxBytes: number): { readonly deleted: number; readonly hasMore: boolean } {
    return this.#write(({ boots, chunks, snapshots }) => {
      boots.pruneGaps(before + this.#policy.journalMs - this.#policy.rollupMs);
      const pruned = chunks.prune(before, maxBytes);
      snapshots.prune(chunks.first().firstSeq ?? 0, maxBytes / snapshotShare);
      return pruned;
    });
  }

  copyTo(target: string): Promise<void> {
    return this.#connection.copyTo(target);
  }

  close(): void {
    this.#connection.close();
  }

  /** The chunk is kept whatever happens here: what cannot be written now is tried again with the next. */
  #hear(chunk: Chunk): void {
    try {
      this.#read(({ series }) => this.#series.hear(series, chunk));
    } catch (error) {
      if (!isDiskTrouble(error)) throw error;
      this.#failed++;
    }
  }

  #counters() {
    return { series: { ...this.#series.counters(), historyFailedWrites: this.#failed } };
  }

  #catchUpNow(): void {
    while (!this.#isCaughtUp) this.catchUp();
  }

  #read<Out>(work: (tables: Tables) => Out): Out {
    return this.#connection.use((db) =>
      work({
        db,
        chunks: new ChunksTable(db),
        boots: new BootsTable(db),
        traces: new TracesTable(db),
        series: new SeriesTables(db),
        snapshots: new SnapshotsTable(db),
      }),
    );
  }

  #write<Out>(work: (tables: Tables) => Out): Out {
    return this.#read((tables) => tables.db.transaction(() => work(tables)).immediate());
  }
}
