// Notes in each batch, while somebody wants to know, how far the journal was when it closed: what reads the database at a
// commit then knows which inputs its rows have seen.
import type { Clock } from '../base/index.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Gatherer, GroupCommit, Taken } from './group-commit.ts';
import { markKey, metaTable } from './tables/meta.ts';
import { truthTables } from './tables/truth.ts';
import { writeValue } from './values.ts';

export interface SequenceMarkHouse {
  readonly commits: GroupCommit;
  readonly clock: Clock;
  readonly journal: { readonly lastSeq: number };
}

export class SequenceMark implements Gatherer {
  readonly #house: SequenceMarkHouse;
  #wanted = 0;

  constructor(house: SequenceMarkHouse) {
    this.#house = house;
    house.commits.add(this);
  }

  get pendingRows(): number {
    return Math.min(this.#wanted, 1);
  }

  get pendingBytes(): number {
    return 0;
  }

  /** What `look` reads of the database begins with a commit that is marked. */
  async during<Out>(look: () => Promise<Out>): Promise<Out> {
    this.#wanted++;
    try {
      await this.#house.commits.settled();
      return await look();
    } finally {
      this.#wanted--;
    }
  }

  take(to: ByteWriter): Taken | undefined {
    if (this.#wanted === 0) return undefined;
    const { clock, journal } = this.#house;
    const row = {
      key: markKey,
      value: JSON.stringify({ seq: journal.lastSeq, at: Math.round(clock.now()) }),
    };
    to.unsigned(truthTables.indexOf(metaTable));
    to.unsigned(1);
    to.byte(1);
    for (const value of metaTable.values(row)) writeValue(to, value);
    return { rows: 1, giveBack: () => undefined };
  }
}
