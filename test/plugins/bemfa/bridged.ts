// An account of the bridge between the emulated cloud and a house of a few devices and topics in RAM.
import { onTestFinished } from 'vitest';
import type { Account } from '../../../plugins/bemfa/bridge/actions.ts';
import { accountsOf } from '../../../plugins/bemfa/bridge/config.ts';
import type { BridgeHouse } from '../../../plugins/bemfa/bridge/mapping.ts';
import { openAccount } from '../../../plugins/bemfa/bridge/setup.ts';
import { matchesFilter } from '../../../src/base/index.ts';
import type {
  BroughtDevice,
  PluginDevice,
  PluginMessage,
  PluginProperty,
} from '../../../src/plugins/index.ts';
import { type Emulated, key } from './emulated.ts';

export const property = (id: string, kind: PluginProperty['kind'], value: unknown): PluginProperty => ({
  id,
  kind,
  isCommandable: true,
  value,
});

export const lamp: PluginDevice = {
  id: 'lamp',
  name: '客厅灯',
  labels: [],
  properties: [property('on', 'boolean', false), property('brightness', 'number', 40)],
};
export const blind: PluginDevice = {
  id: 'blind',
  name: '窗帘',
  labels: [],
  properties: [property('position', 'number', 0)],
};

type Hear = (message: PluginMessage) => void | Promise<void>;

/** Devices do at once what they are told, unless it is a brightness of 13. */
export class FakeHouse {
  readonly present: PluginDevice[];
  readonly sets: unknown[] = [];
  readonly events: unknown[] = [];
  readonly words: string[] = [];
  readonly published: { readonly topic: string; readonly payload: unknown; readonly qos?: number }[] = [];
  readonly kept = new Map<string, unknown>();
  readonly brought = new Map<string, readonly BroughtDevice[]>();
  readonly hearing = new Map<string, Set<Hear>>();
  /** Told of what devices do. */
  changed: (device: string, property: string, value: unknown) => void = () => undefined;

  constructor(devices: readonly PluginDevice[]) {
    this.present = [...devices];
  }

  /** A message of a client of the house. */
  async say(topic: string, text: string, qos: 0 | 1 | 2 = 0, by = 'client-1'): Promise<void> {
    const origin = by.startsWith('plugin/') ? 'bridge' : 'client';
    const message = { topic, text, bytes: Buffer.from(text), qos, retain: false, origin, by } as const;
    for (const [filter, hearing] of this.hearing) {
      if (matchesFilter(filter, topic)) for (const hear of hearing) await hear(message);
    }
  }

  asHouse(): BridgeHouse {
    const say = (text: string): void => void this.words.push(text);
    return {
      devices: {
        list: async () => this.present,
        get: async (id) => this.present.find((device) => device.id === id),
        set: async (id, wanted) => {
          this.sets.push({ [id]: wanted });
          if (wanted['brightness'] === 13) throw new Error('not this one');
          for (const [name, value] of Object.entries(wanted)) this.changed(id, name, value);
        },
        onChange: async () => async () => undefined,
        describe: async (source, devices) => void this.brought.set(source, devices),
      },
      mqtt: {
        publish: async (message) => {
          this.published.push(message);
          const { topic, payload } = message;
          await this.say(
            topic,
            typeof payload === 'string' ? payload : JSON.stringify(payload),
            1,
            'plugin/bemfa',
          );
        },
        subscribe: async (filter, hear) => {
          const hearing = this.hearing.get(filter) ?? new Set();
          this.hearing.set(filter, hearing.add(hear));
          return async () => void hearing.delete(hear);
        },
      },
      storage: {
        get: async (name) => this.kept.get(name),
        set: async (name, value) => void this.kept.set(name, structuredClone(value)),
        delete: async (name) => void this.kept.delete(name),
        keys: async () => [...this.kept.keys()],
      },
      emit: async (name, data) => void this.events.push({ name, data }),
      log: { info: say, warn: say, error: say },
    };
  }
}

export interface Bridged extends Account {
  readonly house: FakeHouse;
}

/** `config` is of the account. Resolves when it is connected. */
export async function bridged(
  cloud: Emulated,
  config: object,
  house = new FakeHouse([lamp, blind]),
): Promise<Bridged> {
  const url = `mqtt://127.0.0.1:${cloud.ports.mqtt}`;
  const apiUrl = `http://127.0.0.1:${cloud.ports.http}`;
  const [account] = accountsOf({ accounts: [{ name: 'home', key, url, apiUrl, ...config }] });
  if (account === undefined) throw new Error('no account');
  let wake = (): void => undefined;
  const opened = await openAccount(account, {
    house: house.asHouse(),
    clock: cloud.clock,
    onHealth: () => wake(),
  });
  const { bridge, imports } = opened;
  onTestFinished(async () => {
    imports?.stop();
    await bridge.stop();
  });
  house.changed = (...change) => bridge.changed(...change);
  while (!bridge.isUp) await new Promise<void>((resolve) => (wake = resolve));
  return { ...opened, house };
}

/** Each look lets the emulator handle what was sent before. */
export async function until(cloud: Emulated, isIt: () => boolean): Promise<void> {
  while (!isIt()) await cloud.get('/');
}

export const last = async (cloud: Emulated, topic: string, type = 1): Promise<unknown> =>
  cloud.get(`/va/getmsg?uid=${key}&topic=${topic}&type=${type}`);

/** How often something was published on the address. */
export const told = ({ published }: Emulated, address: string): number =>
  published.filter(({ publication }) => publication.address === address).length;

export const nicknames = (cloud: Emulated, type: 1 | 3 = 1): Readonly<Record<string, string>> =>
  Object.fromEntries(
    cloud.emulator.cloud.accounts[0]?.list(type).map(({ name, nickname }) => [name, nickname]) ?? [],
  );
