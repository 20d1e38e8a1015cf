// The format of devices that were learned. What is proposed comes as an input, as everything that a decision may read.

import { slugOf } from '../../model/names.ts';
import type { Discovered, DiscoveryFormat } from '../format.ts';
import type { DeviceMapping } from '../mapping.ts';
import { nameOf } from './grouping.ts';

const nothing: Discovered = { devices: [], problems: [] };

export class Learned implements DiscoveryFormat {
  readonly name = 'learned';
  readonly filters: readonly string[] = [];
  readonly rank = 10;
  readonly #proposed = new Map<string, DeviceMapping>();

  sourceOf(): undefined {
    return undefined;
  }

  describe(source: string): Discovered {
    const mapping = this.#proposed.get(source);
    if (mapping === undefined) return nothing;
    return { devices: [{ ...mapping, key: source, slug: slugOf(nameOf(source)) }], problems: [] };
  }

  given(): IterableIterator<[string, DeviceMapping]> {
    return this.#proposed.entries();
  }

  set(key: string, mapping: DeviceMapping | null): void {
    if (mapping === null) this.#proposed.delete(key);
    else this.#proposed.set(key, mapping);
  }
}
