// One table of homerule.db as the rest of the house has it: rows go into the open batch, reads go to the worker.
import type { Rows } from '../base/index.ts';
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Gatherer, GroupCommit, Taken } from './group-commit.ts';
import type { RowSlice } from './protocol.ts';
import { Fields } from './tables/fields.ts';
import type { TableSpec } from './tables/spec.ts';
import { truthTables } from './tables/truth.ts';
import { readValues, type Value, writeValue } from './values.ts';
import type { WorkerLink } from './worker-link.ts';

export interface TableHouse {
  readonly commits: GroupCommit;
  readonly link: WorkerLink;
  /** A stored row that cannot be read; it is left out of what is returned. */
  readonly onBadRow: (table: string, error: unknown) => void;
}

/** A key weighs about this much in the open batch. */
const keyBytes = 64;

export class Table<Row> implements Rows<Row>, Gatherer {
  readonly #spec: TableSpec<Row>;
  readonly #house: TableHouse;
  /** null: to be deleted. */
  #open = new Map<string, Row | null>();

  constructor(spec: TableSpec<Row>, house: TableHouse) {
    this.#spec = spec;
    this.#house = house;
    house.commits.add(this);
  }

  get pendingRows(): number {
    return this.#open.size;
  }

  get pendingBytes(): number {
    let bytes = 0;
    for (const row of this.#open.values()) bytes += row === null ? keyBytes : this.#spec.bytes(row);
    return bytes;
  }

  // hot: called for every row
  put(row: Row): void {
    this.#open.set(this.#spec.key(row), row);
    this.#house.commits.gathered(this.#spec.lazy === 'everything');
  }

  delete(key: string): void {
    this.#open.set(key, null);
    this.#house.commits.gathered(this.#spec.lazy !== 'nothing');
  }

  /**
   * Forgets a row as if it had never been put. Only for a key that was put for the first time in the open batch: the
   * disk does not know it, so nothing needs to be deleted there.
   */
  cancel(key: string): void {
    this.#open.delete(key);
  }

  /** Every row, by key, read in slices. Sees what was put before the call, unless commits fail. */
  all(): Promise<Row[]> {
    return this.select(null, []);
  }

  /** The rows of one of the table's named reads. */
  protected async select(read: string | null, parameters: readonly Value[]): Promise<Row[]> {
    const rows: Row[] = [];
    await this.#house.commits.settled();
    const request = { table: truthTables.indexOf(this.#spec), read, parameters };
    let after: readonly Value[] | null = null;
    do {
      const slice: RowSlice = await this.#house.link.ask('slice', { ...request, after });
      this.#decode(slice.bytes, slice.rows, rows);
      after = slice.next;
    } while (after !== null);
    return rows;
  }

  /** Written as `TruthFile` reads it: table, count, then for each row 1 and its columns or 0 and its key. */
  take(to: ByteWriter): Taken | undefined {
    const rows = this.#open;
    if (rows.size === 0) return undefined;
    this.#open = new Map();
    to.unsigned(truthTables.indexOf(this.#spec));
    to.unsigned(rows.size);
    for (const [key, row] of rows) {
      to.byte(row === null ? 0 : 1);
      for (const value of row === null ? this.#spec.keyValues(key) : this.#spec.values(row)) {
        writeValue(to, value);
      }
    }
    return { rows: rows.size, giveBack: () => this.#giveBack(rows) };
  }

  #giveBack(older: ReadonlyMap<string, Row | null>): void {
    for (const [key, row] of older) if (!this.#open.has(key)) this.#open.set(key, row);
  }

  #decode(bytes: Uint8Array, count: number, rows: Row[]): void {
    const reader = new ByteReader(bytes);
    for (let i = 0; i < count; i++) {
      const values = readValues(reader, this.#spec.columns.length);
      try {
        rows.push(this.#spec.row(new Fields(values)));
      } catch (error) {
        this.#house.onBadRow(this.#spec.name, error);
      }
    }
  }
}
