// Reads the rows of the house as they are at one commit and packs them: in the reading worker, a slice at a time, in one
// transaction, so that what commits meanwhile is not seen. Packed: for each part the table, its columns, the number of
// rows, and the rows deflated.
import { deflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { ByteWriter } from '../byte-writer.ts';
import { storeError } from '../errors.ts';
import type { Snapshot, SnapshotHead } from '../protocol.ts';
import { keptShapes } from '../tables/kept.ts';
import { markKey } from '../tables/meta.ts';
import type { TableShape } from '../tables/spec.ts';
import { type Value, writeValue } from '../values.ts';

/** Bytes of rows that are packed at once. */
const partBytes = 256 * 1024;
/** A house whose rows take more has none: its state begins with the journal. */
const maxBytes = 64 * 2 ** 20;
const compressionLevel = 4;
const rowsAtOnce = 200;

/** Pauses between slices; the transaction ends with it, whatever happens. */
export function* snapshotRows(db: Database): Generator<undefined, Snapshot> {
  db.exec('BEGIN');
  try {
    const mark = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(markKey);
    if (mark === undefined) throw storeError('store-failed', 'no commit is marked');
    const packed = new ByteWriter(partBytes);
    let rows = 0;
    for (const shape of keptShapes) {
      for (const part of partsOf(db, shape)) {
        if (part !== undefined) rows += pack(packed, shape, part);
        if (packed.length > maxBytes)
          throw storeError('store-failed', `the rows of the house take more than ${maxBytes} bytes`);
        yield;
      }
    }
    return { ...headOf(mark), rows, data: packed.take() };
  } finally {
    db.exec('ROLLBACK');
  }
}

function headOf(mark: string): SnapshotHead {
  const { seq, at }: SnapshotHead = JSON.parse(mark);
  return { seq, at };
}

interface Part {
  readonly rows: number;
  readonly bytes: Uint8Array;
}

function pack(packed: ByteWriter, shape: TableShape, part: Part): number {
  packed.text(shape.name);
  packed.unsigned(shape.columns.length);
  packed.unsigned(part.rows);
  packed.blob(deflateRawSync(part.bytes, { level: compressionLevel }));
  return part.rows;
}

/** Undefined between two parts, for a pause. */
function* partsOf(db: Database, { name, columns }: TableShape): Generator<Part | undefined> {
  const select = db.prepare<[], Value[]>(`SELECT ${columns.join(', ')} FROM ${name}`).raw();
  const writer = new ByteWriter(partBytes);
  let rows = 0;
  for (const values of select.iterate()) {
    for (const value of values) writeValue(writer, value);
    if (++rows % rowsAtOnce === 0) yield;
    if (writer.length < partBytes) continue;
    yield { rows, bytes: writer.take() };
    rows = 0;
  }
  if (rows > 0) yield { rows, bytes: writer.take() };
}
