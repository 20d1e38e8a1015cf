// What the two threads say to each other. Big things cross as bytes and are transferred, not copied.
import type { ErrorKind, Timestamp } from '../base/index.ts';
import type { Chunk } from './chunk-format.ts';
import type { Drawing, DrawRequest } from './series/drawing.ts';
import type { SamplePage, SampleRequest } from './series/listing.ts';
import type { HistoryPolicy } from './series/policy.ts';
import type { Value } from './values.ts';

/** Inputs that are missing from the journal. */
export interface Gap {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly reason: 'unclean-stop' | 'overload' | 'write-failed' | 'not-storable' | 'set-aside';
  /** How many; null when nobody can know. */
  readonly lost: number | null;
}

/** A database that could not be read and was put aside; a fresh one took its place. */
export interface SetAside {
  readonly file: string;
  readonly movedTo: string;
  readonly reason: string;
  /** The newest backup beside it. */
  readonly backup: string | null;
}

export interface TraceRecord {
  readonly id: string;
  readonly rule: string;
  readonly status: string;
  readonly at: Timestamp;
  readonly json: string;
}

/** Rows in the binary form of `values.ts`. */
export interface RowSlice {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** The key to go on after; null at the end. */
  readonly next: readonly Value[] | null;
}

export interface SliceRequest {
  /** Position in `truthTables`. */
  readonly table: number;
  /** Name of one of the table's `reads`, or null for all rows. */
  readonly read: string | null;
  readonly parameters: readonly Value[];
  readonly after: readonly Value[] | null;
}

export interface JournalRequest {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly filter: string | null;
  /** Only messages of exactly these. */
  readonly topics: readonly string[] | null;
  readonly isNewestFirst: boolean;
  /** Sequence number to go on after; before it when the newest come first. */
  readonly after: number | null;
  readonly limit: number;
}

/** See `unpackChunk`. */
export interface PackedChunk {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstAt: Timestamp;
  readonly lastAt: Timestamp;
  readonly data: Uint8Array;
}

/** With what the journal begins; null when it is empty. */
export interface JournalEdge {
  readonly firstSeq: number | null;
  readonly firstAt: Timestamp | null;
  readonly lastAt: Timestamp | null;
}

/** The matching entries of a stored chunk, oldest first; none when there were none in as many as time allowed. */
export interface JournalSlice {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly count: number;
  /** Where the next slice begins; null when there is none. */
  readonly next: number | null;
  /** The time of what was looked at last. */
  readonly reached: Timestamp;
}

/** Which inputs the rows of a snapshot have seen: all up to `seq`. */
export interface SnapshotHead {
  readonly seq: number;
  readonly at: Timestamp;
}

export interface Snapshot extends SnapshotHead {
  readonly rows: number;
  /** Packed, see `kept-rows.ts`. */
  readonly data: Uint8Array<ArrayBuffer>;
}

export interface StoredSnapshot extends SnapshotHead {
  readonly data: Uint8Array;
}

/** When the house did not run, as far as it stopped cleanly; else there is a gap. */
export interface Pause {
  readonly from: Timestamp;
  readonly to: Timestamp;
}

/** What the writer knows of a series that a reader cannot see. */
export interface Recent {
  readonly series: number;
  /** Packed blocks, in order. */
  readonly recent: readonly Uint8Array[];
  /** Blocks on disk up to this one are older. */
  readonly lastBlock: number;
}

export interface SeriesCounters {
  readonly series: Readonly<Record<string, number>>;
}

export interface SeriesId {
  readonly topic: string;
  readonly path: string;
}

/** Which traces are wanted; null: whichever. */
export interface TraceFilter {
  readonly rule: string | null;
  readonly statuses: readonly string[] | null;
  /** Its reason; of one without a reason its status. */
  readonly reason: string | null;
  /** Woken by this device, or by a message on one of these topics. */
  readonly device: { readonly id: string; readonly topics: readonly string[] } | null;
  readonly from: Timestamp | null;
  readonly to: Timestamp | null;
}

export interface Operations {
  open: {
    in: { readonly dir: string; readonly at: Timestamp; readonly history: HistoryPolicy };
    out: { readonly setAside: readonly SetAside[]; readonly sqlite: string };
  };
  commit: { in: { readonly bytes: Uint8Array<ArrayBuffer> }; out: { readonly rejected: readonly string[] } };
  slice: { in: SliceRequest; out: RowSlice };
  reserve: { in: { readonly size: number }; out: { readonly first: number } };
  writeChunk: {
    in: { readonly chunk: Chunk | null; readonly gap: Gap | null };
    out: { readonly stored: number } & SeriesCounters;
  };
  /** Hears one chunk of the journal that was not heard yet. */
  catchUp: { in: null; out: { readonly hasMore: boolean } & SeriesCounters };
  gaps: {
    in: { readonly from: Timestamp; readonly to: Timestamp };
    out: { readonly gaps: readonly Gap[]; readonly pauses: readonly Pause[] };
  };
  putSnapshot: { in: SnapshotHead & { readonly data: Uint8Array }; out: null };
  recent: { in: SeriesId; out: Recent | null };
  seriesPaths: { in: { readonly topic: string }; out: readonly string[] };
  tend: { in: { readonly now: Timestamp }; out: { readonly hasMore: boolean } & SeriesCounters };
  putTraces: { in: readonly TraceRecord[]; out: null };
  recentTraces: {
    in: TraceFilter & { readonly limit: number; readonly before: string | null };
    out: readonly string[];
  };
  findTrace: { in: { readonly id: string }; out: string | null };
  prune: {
    in: { readonly before: Timestamp; readonly maxBytes: number };
    out: { readonly deleted: number; readonly hasMore: boolean };
  };
  /** Commits go on meanwhile. */
  copy: { in: { readonly name: 'homerule.db' | 'history.db'; readonly target: string }; out: null };
  close: { in: { readonly at: Timestamp }; out: null };
}

/** What the reader does: it sees what is on disk, and writes nothing. */
export interface ReaderOperations {
  openReader: { in: { readonly dir: string }; out: null };
  closeReader: { in: null; out: null };
  readChunk: { in: JournalRequest; out: JournalSlice };
  /** The rows of the house as they are at the last commit, which is marked. */
  takeSnapshot: { in: null; out: Snapshot };
  /** The last one that is not later. */
  findSnapshot: { in: { readonly at: Timestamp }; out: StoredSnapshot | null };
  /** The next chunk as it is on disk, which may hold entries that were not asked for; null behind the last. */
  packedChunk: {
    in: { readonly from: Timestamp; readonly to: Timestamp; readonly after: number };
    out: PackedChunk | null;
  };
  journalEdge: { in: null; out: JournalEdge };
  draw: { in: DrawRequest; out: Drawing };
  samples: { in: SampleRequest; out: SamplePage };
}

/** A table of operations by name. */
export type OperationTable<Table> = {
  readonly [Name in keyof Table]: { readonly in: unknown; readonly out: unknown };
};

export interface Fault {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The input of `operation`; its type is checked where it is sent and where it is handled. */
export interface Request {
  readonly id: number;
  readonly operation: string;
  readonly input: never;
}

export type FromWorker =
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly fault: Fault }
  | { readonly setAside: SetAside };
