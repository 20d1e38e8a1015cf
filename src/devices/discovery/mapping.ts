// Devices described by hand: documents that people keep, in the shape of a description. They go before every format.
import { z } from 'zod';
import type { Timestamp } from '../../base/index.ts';
import type { DeviceDescription, PropertyDescription } from '../model/description.ts';
import type { Discovered, DiscoveryFormat } from './format.ts';

const text = z.string().min(1).max(200);
const topic = z
  .string()
  .min(1)
  .max(1000)
  .refine((value) => !/[+#]/.test(value), { error: 'expected a topic without wildcards' });
const formula = z.string().min(1).max(10_000);
const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, { error: 'expected a name such as target_temperature' });

const property: z.ZodType<PropertyDescription> = z.strictObject({
  id,
  name: text,
  kind: z.enum(['boolean', 'number', 'choice', 'text', 'color', 'event', 'button', 'json']),
  role: text.exactOptional(),
  unit: text.exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  step: z.number().positive().exactOptional(),
  options: z.array(text).max(1000).exactOptional(),
  reports: z
    .array(z.strictObject({ topic, read: formula.exactOptional() }))
    .max(100)
    .exactOptional(),
  command: z
    .strictObject({
      topic,
      write: formula.exactOptional(),
      qos: z.union([z.literal(0), z.literal(1), z.literal(2)]).exactOptional(),
      retain: z.boolean().exactOptional(),
      group: text.exactOptional(),
    })
    .exactOptional(),
  category: z.enum(['setting', 'diagnostic']).exactOptional(),
});

/** A description as people write it; its key and slug are the id that it is kept under. */
export const mappingSchema = z.strictObject({
  name: text.exactOptional(),
  room: text.exactOptional(),
  manufacturer: text.exactOptional(),
  model: text.exactOptional(),
  version: text.exactOptional(),
  properties: z
    .array(property)
    .min(1)
    .max(500)
    .refine((all) => new Set(all.map((each) => each.id)).size === all.length, {
      error: 'expected each id once',
    }),
  availability: z
    .strictObject({
      reports: z
        .array(z.strictObject({ topic, read: formula }))
        .min(1)
        .max(20),
      mode: z.enum(['all', 'any', 'latest']),
    })
    .exactOptional(),
});

export type DeviceMapping = z.output<typeof mappingSchema>;

/** A document with who saved it and when. */
export interface KeptMapping {
  readonly id: string;
  readonly version: number;
  readonly changedAt: Timestamp;
  readonly author: string;
  readonly description: DeviceMapping;
}

const nothing: Discovered = { devices: [], problems: [] };

export class Mappings implements DiscoveryFormat {
  readonly name = 'mapping';
  readonly filters: readonly string[] = [];
  readonly rank = 40;
  readonly #kept = new Map<string, KeptMapping>();

  get size(): number {
    return this.#kept.size;
  }

  find(id: string): KeptMapping | undefined {
    return this.#kept.get(id);
  }

  /** By id. */
  list(): readonly KeptMapping[] {
    return [...this.#kept.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  sourceOf(): undefined {
    return undefined;
  }

  describe(source: string): Discovered {
    const kept = this.#kept.get(source);
    if (kept === undefined) return nothing;
    const device: DeviceDescription = { ...kept.description, key: source, slug: source };
    return { devices: [device], problems: [] };
  }

  put(mapping: KeptMapping): void {
    this.#kept.set(mapping.id, mapping);
  }

  delete(id: string): void {
    this.#kept.delete(id);
  }
}
