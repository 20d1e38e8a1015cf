// The flows that come with Homerule: a manifest and one file each, read when somebody asks.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FlowNode } from '../../api/index.ts';
import { messageOf } from '../../base/index.ts';
import { fail } from '../errors.ts';

const words = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });

const manifest = z.strictObject({
  seeds: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z0-9-]*$/),
      title: words,
      description: words,
      settings: z.array(
        z.strictObject({
          name: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
          kind: z.enum(['device', 'property', 'label', 'topic', 'channel', 'duration', 'number', 'text']),
          label: words,
        }),
      ),
    }),
  ),
});

export type SeedHead = z.output<typeof manifest>['seeds'][number];

const node = z.looseObject({ id: z.string(), type: z.string() });
const setting = z.strictObject({ name: z.string(), value: z.string(), type: z.literal('str') });
/** The first is the tab, with the settings. */
const seedFile = z.tuple([node.extend({ type: z.literal('tab'), env: z.array(setting) })], node);

/** What a tab holds: of a seed, or of what a person made of it. */
export type Setting = z.output<typeof setting>;
export type SeedNodes = readonly [tab: FlowNode & { readonly env: readonly Setting[] }, ...FlowNode[]];

export interface Seed {
  readonly head: SeedHead;
  readonly nodes: SeedNodes;
}

export class SeedLibrary {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly Seed[]> {
    const { seeds } = await this.#read('manifest.json', manifest);
    return Promise.all(
      seeds.map(async (head) => ({ head, nodes: await this.#read(`${head.name}.json`, seedFile) })),
    );
  }

  /** Throws `flow-seed-missing`. */
  async get(name: string): Promise<Seed> {
    const all = await this.list();
    const found = all.find(({ head }) => head.name === name);
    if (found !== undefined) return found;
    const names = all.map(({ head }) => head.name).join(', ');
    throw fail('flow-seed-missing', `no flow "${name.slice(0, 80)}" comes with Homerule; there are ${names}`);
  }

  async #read<Out>(file: string, schema: z.ZodType<Out>): Promise<Out> {
    try {
      return schema.parse(JSON.parse(await readFile(join(this.#folder, file), 'utf8')));
    } catch (cause) {
      const words = `flows/${file} of this installation cannot be read: ${messageOf(cause)}`;
      throw fail('flow-seed-broken', words, { cause });
    }
  }
}
