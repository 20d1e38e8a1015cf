// Secrets as the rest of the house has them: rows in the clear, sealed on their way to the disk.
import { type Logger, messageOf, type Rows } from '../base/index.ts';
import type { SecretRow } from '../devices/index.ts';
import type { Seal } from './seal.ts';
import type { Table } from './table.ts';
import type { SealedRow } from './tables/secrets.ts';

export class SealedSecrets implements Rows<SecretRow> {
  readonly #table: Table<SealedRow>;
  readonly #seal: Seal;
  readonly #log: Logger;

  constructor(table: Table<SealedRow>, options: { readonly seal: Seal; readonly log: Logger }) {
    this.#table = table;
    this.#seal = options.seal;
    this.#log = options.log;
  }

  /** Throws `store-sealed` when the key file cannot be used. */
  put({ name, value, changedAt }: SecretRow): void {
    this.#table.put({ name, sealed: this.#seal.seal(name, value), changedAt });
  }

  delete(name: string): void {
    this.#table.delete(name);
  }

  /** What cannot be opened is left out and logged; it stays on the disk, for the day its key comes back. */
  async all(): Promise<SecretRow[]> {
    const rows = await this.#table.all();
    return rows.flatMap(({ name, sealed, changedAt }) => {
      try {
        return [{ name, value: this.#seal.open(name, sealed), changedAt }];
      } catch (error) {
        this.#log.error({ secret: name, error: messageOf(error) }, 'a secret cannot be read');
        return [];
      }
    });
  }
}
