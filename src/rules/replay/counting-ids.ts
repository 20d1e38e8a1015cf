// Ids of a house that is thought up: the same inputs give the same.
import type { Ids } from '../../base/index.ts';

export class CountingIds implements Ids {
  #count = 0;

  next(): string {
    return `id${String(++this.#count).padStart(4, '0')}`;
  }
}
