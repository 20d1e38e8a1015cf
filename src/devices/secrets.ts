// Secrets of the house in RAM: names for everybody who may administer, values for `$secret` alone.
import type { SecretRow, SecretRows } from './ports.ts';

export class Secrets {
  readonly #rows: SecretRows;
  readonly #secrets = new Map<string, SecretRow>();

  constructor(rows: SecretRows) {
    this.#rows = rows;
  }

  load(rows: Iterable<SecretRow>): void {
    for (const row of rows) this.#secrets.set(row.name, row);
  }

  value(name: string): string | undefined {
    return this.#secrets.get(name)?.value;
  }

  /** By name, without the values. */
  list(): Omit<SecretRow, 'value'>[] {
    return [...this.#secrets.values()]
      .map(({ name, changedAt }) => ({ name, changedAt }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(row: SecretRow): void {
    this.#rows.put(row);
    this.#secrets.set(row.name, row);
  }

  /** False when there is none. */
  delete(name: string): boolean {
    if (!this.#secrets.delete(name)) return false;
    this.#rows.delete(name);
    return true;
  }
}
