// Devices that a part of the house beside MQTT brings, such as a plugin: told source by source, each time all of them.
// What is told comes as an input, as everything that a decision may read.
import { z } from 'zod';
import type { Discovered, DiscoveryFormat } from './format.ts';
import { mappingSchema } from './mapping.ts';

const mostDevices = 500;

const broughtDevice = mappingSchema.extend({
  id: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,59}$/u, {
    error: 'expected 1 to 60 letters, digits and - as id',
  }),
});

/** What one source tells: descriptions as people write them, each with the id that it wishes for. */
export const broughtSchema = z
  .array(broughtDevice)
  .max(mostDevices)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, { error: 'expected each id once' });

export type BroughtDevice = z.output<typeof broughtDevice>;

const nothing: Discovered = { devices: [], problems: [] };

/** Who brings a device is part of its key: two that wish for the same id are two devices. */
export class Brought implements DiscoveryFormat {
  readonly name = 'plugin';
  readonly filters: readonly string[] = [];
  readonly rank = 30;
  readonly #bySource = new Map<string, Discovered>();
  readonly #given = new Map<string, BroughtSource>();

  sourceOf(): undefined {
    return undefined;
  }

  describe(source: string): Discovered {
    return this.#bySource.get(source) ?? nothing;
  }

  /** All that was brought, to be brought elsewhere. */
  given(): IterableIterator<BroughtSource> {
    return this.#given.values();
  }

  set(brought: BroughtSource): void {
    const { by, source, devices } = brought;
    if (devices.length === 0) this.#given.delete(source);
    else this.#given.set(source, brought);
    const described = devices.map(({ id, ...mapping }) => ({ ...mapping, key: `${by}/${id}`, slug: id }));
    if (devices.length === 0) this.#bySource.delete(source);
    else this.#bySource.set(source, { devices: described, problems: [] });
  }
}

export interface BroughtSource {
  /** Who brings them: part of their keys. */
  readonly by: string;
  /** Unique in the house. */
  readonly source: string;
  /** All that it has now; none: it has gone. */
  readonly devices: readonly BroughtDevice[];
}
