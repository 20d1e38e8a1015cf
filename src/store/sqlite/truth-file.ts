// homerule.db in the worker: batches in, slices of rows out. FULL: what it says is kept is on disk.
import { join } from 'node:path';
import type { Database, Statement } from 'better-sqlite3';
import { messageOf, type Timestamp } from '../../base/index.ts';
import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { storeError } from '../errors.ts';
import type { RowSlice, SetAside, SliceRequest } from '../protocol.ts';
import { sequenceKey } from '../tables/meta.ts';
import type { TableShape } from '../tables/spec.ts';
import { truthMigrations, truthTables } from '../tables/truth.ts';
import { readValues, type Value, writeValue } from '../values.ts';
import { Connection } from './connection.ts';
import { isDiskTrouble } from './open-file.ts';

/** A slice ends at whichever comes first. */
const sliceRows = 1000;
const sliceBytes = 512 * 1024;

interface TableStatements {
  readonly shape: TableShape;
  readonly put: Statement;
  readonly delete: Statement;
}

/** Called for every row of a batch, in order. */
type EachRow = (table: TableStatements, isPut: boolean, values: Value[]) => void;

export class TruthFile {
  readonly #connection: Connection;
  #prepared: { readonly db: Database; readonly tables: readonly TableStatements[] } | undefined;

  constructor(dir: string) {
    this.#connection = new Connection({
      path: join(dir, 'homerule.db'),
      synchronous: 'FULL',
      migrations: truthMigrations,
      freshWhenReopened: false,
    });
  }

  open(at: Timestamp): Promise<SetAside | undefined> {
    return this.#connection.open(at);
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** All rows in one transaction. Rows that can never be stored are left out and named, the others are kept. */
  commit(bytes: Uint8Array): { readonly rejected: readonly string[] } {
    return this.#connection.use((db) => {
      const tables = this.#tables(db);
      try {
        db.transaction(() => eachRow(bytes, tables, store)).immediate();
        return { rejected: [] };
      } catch (error) {
        if (isDiskTrouble(error)) throw error;
        return { rejected: commitOneByOne(db, bytes, tables) };
      }
    });
  }

  slice(request: SliceRequest): RowSlice {
    return this.#connection.use((db) => {
      const shape = truthTables[request.table];
      if (shape === undefined) throw storeError('store-failed', `there is no table ${request.table}`);
      const rows = db.prepare<Value[], Value[]>(sliceSql(shape, request)).raw();
      const writer = new ByteWriter(64 * 1024);
      let count = 0;
      let last: Value[] = [];
      for (const values of rows.iterate(...request.parameters, ...(request.after ?? []))) {
        for (const value of values) writeValue(writer, value);
        last = values;
        if (++count === sliceRows || writer.length > sliceBytes) break;
      }
      const isFull = count === sliceRows || writer.length > sliceBytes;
      const next = isFull ? shape.keyColumns.map((name) => last[shape.columns.indexOf(name)] ?? null) : null;
      return { bytes: writer.take(), rows: count, next };
    });
  }

  /** Sets `size` sequence numbers aside, none of them below `floor`, and returns the first. */
  reserve(size: number, floor: number): number {
    return this.#connection.use((db) =>
      db
        .transaction(() => {
          const sql = 'SELECT value FROM meta WHERE key = ?';
          const kept = Number(db.prepare<[string], string>(sql).pluck().get(sequenceKey) ?? '0');
          const first = Math.max(kept, Math.ceil(floor / size) * size);
          db.prepare(
            'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
          ).run(sequenceKey, String(first + size));
          return first;
        })
        .immediate(),
    );
  }

  copyTo(target: string): Promise<void> {
    return this.#connection.copyTo(target);
  }

  close(): void {
    this.#connection.close();
  }

  #tables(db: Database): readonly TableStatements[] {
    if (this.#prepared?.db !== db) this.#prepared = { db, tables: truthTables.map((t) => prepare(db, t)) };
    return this.#prepared.tables;
  }
}

function prepare(db: Database, shape: TableShape): TableStatements {
  const key = shape.keyColumns.join(', ');
  const changed = shape.columns.filter((name) => !shape.keyColumns.includes(name));
  const set = changed.map((name) => `${name} = excluded.${name}`).join(', ');
  return {
    shape,
    put: db.prepare(
      `INSERT INTO ${shape.name} (${shape.columns.join(', ')}) VALUES (${shape.columns.map(() => '?').join(', ')})
       ON CONFLICT (${key}) DO UPDATE SET ${set}`,
    ),
    delete: db.prepare(
      `DELETE FROM ${shape.name} WHERE ${shape.keyColumns.map((name) => `${name} = ?`).join(' AND ')}`,
    ),
  };
}

function sliceSql(shape: TableShape, request: SliceRequest): string {
  const key = shape.keyColumns.join(', ');
  const conditions: string[] = [];
  if (request.read !== null) {
    const read = shape.reads[request.read];
    if (read === undefined) throw storeError('store-failed', `${shape.name} has no read "${request.read}"`);
    conditions.push(`(${read})`);
  }
  if (request.after !== null) conditions.push(`(${key}) > (${shape.keyColumns.map(() => '?').join(', ')})`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return `SELECT ${shape.columns.join(', ')} FROM ${shape.name} ${where} ORDER BY ${key}`;
}

const store: EachRow = (table, isPut, values) => {
  (isPut ? table.put : table.delete).run(...values);
};

/** Reads a batch as `Table.take` wrote it: table, count, then for each row 1 and its columns or 0 and its key. */
function eachRow(bytes: Uint8Array, tables: readonly TableStatements[], run: EachRow): void {
  const reader = new ByteReader(bytes);
  while (!reader.isAtEnd) {
    const table = tables[reader.unsigned()];
    if (table === undefined) throw storeError('store-bad-chunk', 'a batch names a table that does not exist');
    for (let left = reader.unsigned(); left > 0; left--) {
      const isPut = reader.byte() === 1;
      const { columns, keyColumns } = table.shape;
      run(table, isPut, readValues(reader, isPut ? columns.length : keyColumns.length));
    }
  }
}

function commitOneByOne(db: Database, bytes: Uint8Array, tables: readonly TableStatements[]): string[] {
  const rejected: string[] = [];
  db.transaction(() =>
    eachRow(bytes, tables, (table, isPut, values) => {
      try {
        store(table, isPut, values);
      } catch (error) {
        if (isDiskTrouble(error)) throw error;
        rejected.push(`${table.shape.name} ${String(values[0])}: ${messageOf(error)}`);
      }
    }),
  ).immediate();
  return rejected;
}
