// What the editor's fields let people pick: `GET /homerule/WHAT?engine=&search=&…` of Node-RED's admin API, which asks
// the house. Searched there, a page at a time; only for who may read flows.
import type { NodeAPI } from 'node-red';
import type { RuleSummary, TopicView } from '../../../src/api/contract.ts';
import type { Engine } from './shared/engine.ts';
import { messageOf } from './shared/errors.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface Asked {
  readonly search: string;
  /** For properties: ids of devices, or what else selects them. */
  readonly by: string;
  readonly target: string;
}

type Handler = Parameters<ReturnType<NodeAPI['auth']['needsPermission']>>;
type Request = Handler[0];
type Response = Handler[1];

interface Page<Item> {
  readonly items: readonly Item[];
}

const limit = 50;

function unique(texts: readonly string[], { search }: Asked): readonly Choice[] {
  const wanted = search.toLowerCase();
  const found = [...new Set(texts)].filter((text) => text.toLowerCase().includes(wanted));
  return found.sort((a, b) => a.localeCompare(b)).map((value) => ({ value, label: value }));
}

async function properties(engine: Engine, asked: Asked): Promise<readonly Choice[]> {
  const { by, target } = asked;
  const devices =
    by === 'room' || by === 'label'
      ? await engine.devices({ [by]: target })
      : await Promise.all(
          target
            .split(',')
            .filter(Boolean)
            .map((id) => engine.device(id.trim())),
        );
  return unique(
    devices.flatMap((device) => device.properties.map(({ id }) => id)),
    asked,
  );
}

const lists: Readonly<Record<string, (engine: Engine, asked: Asked) => Promise<readonly Choice[]>>> = {
  devices: async ({ requests }, { search }) => {
    const { items } = await requests.ask<Page<{ id: string; name: string; room?: string }>>('/devices', {
      query: { search, limit },
    });
    return items.map(({ id, name, room }) => ({
      value: id,
      label: room === undefined ? name : `${name} · ${room}`,
    }));
  },
  rooms: async (engine, asked) => {
    const devices = await engine.devices({});
    return unique(
      devices.flatMap(({ room }) => (room === undefined ? [] : [room])),
      asked,
    );
  },
  labels: async (engine, asked) => {
    const devices = await engine.devices({});
    return unique(
      devices.flatMap(({ labels }) => labels),
      asked,
    );
  },
  properties,
  rules: async ({ requests }, { search }) => {
    const { items } = await requests.ask<Page<RuleSummary>>('/rules', { query: { search, limit } });
    return items.map(({ id, name }) => ({ value: id, label: name }));
  },
  topics: async ({ requests }, { search }) => {
    const { items } = await requests.ask<Page<TopicView>>('/topics', { query: { search, limit } });
    return items.map(({ topic, payload }) => ({ value: topic, label: payload.slice(0, 40) }));
  },
  channels: async ({ requests }, asked) => {
    const { items } = await requests.ask<Page<string>>('/notifications/channels');
    return unique(items, asked);
  },
};

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 500) : '';
}

async function answer(request: Request, engineOf: (id: string) => Engine): Promise<readonly Choice[]> {
  const { what } = request.params;
  const list = typeof what === 'string' && Object.hasOwn(lists, what) ? lists[what] : undefined;
  if (list === undefined) return [];
  const { engine, search, by, target } = request.query;
  const asked = { search: textOf(search), by: textOf(by), target: textOf(target) };
  const found = await list(engineOf(textOf(engine)), asked);
  return found.slice(0, limit);
}

export function offerChoices(RED: NodeAPI, engineOf: (id: string) => Engine): void {
  const mayRead = RED.auth.needsPermission('flows.read');
  RED.httpAdmin.get('/homerule/:what', mayRead, (request: Request, response: Response) => {
    answer(request, engineOf).then(
      (items) => response.json({ items }),
      (error: unknown) => response.status(502).json({ message: messageOf(error) }),
    );
  });
}
