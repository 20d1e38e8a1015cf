// Offers the flows that come with Homerule, and brings them among those that are there by Node-RED's own admin API.
import { z } from 'zod';
import type {
  FlowSeedAddedView,
  FlowSeedRequest,
  FlowSeedsPort,
  FlowSeedView,
  FlowsPort,
} from '../../api/index.ts';
import { fail } from '../errors.ts';
import { merge, settingsOf } from './merge.ts';
import type { Seed, SeedLibrary } from './seed-library.ts';

export interface FlowSeedsHouse {
  readonly library: SeedLibrary;
  readonly flows: Pick<FlowsPort, 'admin' | 'versions'>;
}

const deployed = z.object({
  flows: z.array(z.looseObject({ id: z.string(), type: z.string() })),
  rev: z.string(),
});

function checkSettings({ head }: Seed, settings: Readonly<Record<string, string>>): void {
  const names = head.settings.map(({ name }) => name);
  const unknown = Object.keys(settings).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const words = `"${head.name}" has no setting "${unknown.slice(0, 80)}"; it has ${names.join(', ')}`;
  throw fail('flow-seed-setting', words);
}

export class FlowSeeds implements FlowSeedsPort {
  readonly #house: FlowSeedsHouse;

  constructor(house: FlowSeedsHouse) {
    this.#house = house;
  }

  async list(): Promise<readonly FlowSeedView[]> {
    const { library, flows } = this.#house;
    const last = (await flows.versions()).at(-1);
    const present = new Map(last?.flows.map((node) => [node.id, node]));
    return (await library.list()).map(({ head, nodes: [tab] }) => {
      const values = new Map(
        [...tab.env, ...settingsOf(present.get(tab.id))].map(({ name, value }) => [name, value]),
      );
      const settings = head.settings.map((one) => ({ ...one, value: values.get(one.name) ?? '' }));
      return { ...head, settings, added: present.has(tab.id) };
    });
  }

  async add(
    name: string,
    { replace = false, settings = {}, by }: FlowSeedRequest & { readonly by: string },
  ): Promise<FlowSeedAddedView> {
    const { library, flows } = this.#house;
    const seed = await library.get(name);
    checkSettings(seed, settings);
    const now = deployed.parse(await flows.admin({ method: 'GET', path: '/flows', by }));
    const { isChanged, ...merged } = merge(now.flows, seed.nodes, { isReplacing: replace, settings });
    const body = { flows: merged.flows, rev: now.rev };
    if (isChanged) await flows.admin({ method: 'POST', path: '/flows', body, by, deploy: 'nodes' });
    const { added, kept, replaced } = merged;
    return { name, flow: seed.nodes[0].id, added, kept, replaced };
  }
}
