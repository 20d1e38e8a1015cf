// Calls as the rest of the house has them: those that hold a secret are sealed on their way to the disk.
import { type Logger, messageOf, type Rows } from '../base/index.ts';
import type { CallRow } from '../rules/index.ts';
import type { Seal } from './seal.ts';
import type { Table } from './table.ts';
import type { StoredCall } from './tables/calls.ts';

/** No JSON begins like this. */
const mark = 'sealed:';

export class SealedCalls implements Rows<CallRow> {
  readonly #table: Table<StoredCall>;
  readonly #seal: Seal;
  readonly #log: Logger;

  constructor(table: Table<StoredCall>, options: { readonly seal: Seal; readonly log: Logger }) {
    this.#table = table;
    this.#seal = options.seal;
    this.#log = options.log;
  }

  put({ isSecret, ...row }: CallRow): void {
    this.#table.put(isSecret ? this.#sealed(row) : row);
  }

  delete(id: string): void {
    this.#table.delete(id);
  }

  /** What cannot be opened is a call that cannot be repeated. */
  async all(): Promise<CallRow[]> {
    const rows = await this.#table.all();
    return rows.map((row) => {
      if (!row.request.startsWith(mark)) return { ...row, isSecret: false };
      return { ...this.#opened(row), isSecret: true };
    });
  }

  #sealed(row: StoredCall): StoredCall {
    try {
      const sealed = Buffer.from(this.#seal.seal(row.id, row.request)).toString('base64');
      return { ...row, request: mark + sealed };
    } catch (error) {
      return this.#unrepeatable(row, error);
    }
  }

  #opened(row: StoredCall): StoredCall {
    try {
      const sealed = Buffer.from(row.request.slice(mark.length), 'base64');
      return { ...row, request: this.#seal.open(row.id, sealed) };
    } catch (error) {
      return this.#unrepeatable(row, error);
    }
  }

  #unrepeatable(row: StoredCall, error: unknown): StoredCall {
    this.#log.error({ rule: row.rule, error: messageOf(error) }, 'a call cannot be kept, nor be repeated');
    return { ...row, request: 'null', isIdempotent: false };
  }
}
