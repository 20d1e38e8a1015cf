// When the house was last seen alive, as a row of `meta`: what the next start knows of a process that was killed.
import type { Timestamp } from '../base/index.ts';
import type { Table } from './table.ts';
import type { MetaRow } from './tables/meta.ts';

const key = 'store.alive';

export class Alive {
  readonly #meta: Table<MetaRow>;

  constructor(meta: Table<MetaRow>) {
    this.#meta = meta;
  }

  /** Lazy: it waits up to a second for other rows. */
  beat(at: Timestamp): void {
    this.#meta.put({ key, value: JSON.stringify(at) });
  }

  /** Undefined when no process ever noted it. */
  async last(): Promise<Timestamp | undefined> {
    const row = (await this.#meta.all()).find((each) => each.key === key);
    const at: unknown = row && JSON.parse(row.value);
    return typeof at === 'number' ? at : undefined;
  }
}
