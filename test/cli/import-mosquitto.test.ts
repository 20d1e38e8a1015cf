// mosquitto and a house that was made from the same mosquitto.conf: what clients see of both is the same.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IConnackPacket, IDisconnectPacket, IPublishPacket, ISubackPacket } from 'mqtt-packet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse } from '../support/house.ts';
import { bytesOf, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';
import { invoke } from './invoke.ts';
import { Mosquitto, mosquittoAbsence, mustHavePeers } from './mosquitto.ts';

/** Of the listener; in a folder of their own mosquitto takes them for those of another one. */
const ofListener = ['max_qos 1', 'max_connections 4', 'max_topic_alias 3'];
const ofAll = [
  'allow_anonymous true',
  'message_size_limit 20',
  'max_inflight_messages 2',
  'max_keepalive 60',
];

let folder = '';
let peer: Mosquitto;
let house: TestHouse;

interface Observation {
  readonly name: string;
  readonly see: (clients: Clients) => Promise<unknown>;
}

/** Opens clients, and ends them before the next observation: the broker closes, so it counts them no more. */
class Clients {
  readonly #port: number;
  readonly #open: RawClient[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  /** Connected; MQTT 3.1.1. */
  async open(id: string): Promise<RawClient> {
    const connect = { cmd: 'connect', clientId: id, protocolId: 'MQTT', protocolVersion: 4, keepalive: 30 };
    const client = await this.raw(bytesOf({ ...connect, clean: true }), 4);
    await client.next('connack');
    return client;
  }

  async raw(bytes: Buffer, version: 4 | 5): Promise<RawClient> {
    const client = await RawClient.greet(this.#port, bytes, version);
    this.#open.push(client);
    return client;
  }

  async end(): Promise<void> {
    for (const client of this.#open) {
      if (!client.isClosed) client.send([0xe0, 0]);
      await client.closed();
    }
  }
}

const connect5 = (more: object): Buffer =>
  bytesOf({ cmd: 'connect', clientId: 'c', protocolId: 'MQTT', protocolVersion: 5, clean: true, ...more }, 5);

const observations: readonly Observation[] = [
  // First: mosquitto 2.0.11 counts one connection less for each CONNECT that it refused.
  {
    name: 'one connection too many',
    see: async (clients) => {
      for (const id of ['a', 'b', 'c', 'd']) await clients.open(id);
      const client = await clients.raw(connect5({ keepalive: 30 }), 5);
      await client.closed();
      return client.packets.length;
    },
  },
  {
    name: 'what a CONNACK says',
    see: async (clients) => {
      const client = await clients.raw(connect5({ keepalive: 600 }), 5);
      const { properties } = (await client.next('connack')) as IConnackPacket;
      const { maximumQoS, topicAliasMaximum, serverKeepAlive } = properties ?? {};
      return { maximumQoS, topicAliasMaximum, serverKeepAlive };
    },
  },
  {
    name: 'what is granted of QoS 2',
    see: async (clients) => {
      const client = await clients.open('c');
      client.send(subscribeBytes('t', 2));
      return ((await client.next('suback')) as ISubackPacket).granted;
    },
  },
  {
    name: 'the end of who publishes with QoS 2',
    see: async (clients) => {
      const client = await clients.raw(connect5({ keepalive: 30 }), 5);
      client.send(publishBytes({ topic: 't', qos: 2, id: 1, payload: 'x', version: 5 }));
      const { reasonCode } = (await client.next('disconnect')) as IDisconnectPacket;
      await client.closed();
      return reasonCode;
    },
  },
  {
    name: 'the answer to a will of QoS 2',
    see: async (clients) => {
      const will = { topic: 'w', payload: Buffer.from('x'), qos: 2, retain: false };
      const client = await clients.raw(connect5({ will, keepalive: 30 }), 5);
      return ((await client.next('connack')) as IConnackPacket).reasonCode;
    },
  },
  {
    name: 'a payload that is too large is acknowledged and dropped',
    see: async (clients) => {
      const listener = await clients.open('listener');
      listener.send(subscribeBytes('t', 1));
      await listener.next('suback');
      const client = await clients.open('c');
      for (const [at, payload] of ['first', 'x'.repeat(21), 'y'.repeat(20)].entries())
        client.send(publishBytes({ topic: 't', qos: 1, id: at + 1, payload }));
      await client.atLeast(3, 'puback');
      await listener.atLeast(2, 'publish');
      return listener.got('publish').map((packet) => (packet as IPublishPacket).payload.toString());
    },
  },
  {
    name: 'as many as may be in flight',
    see: async (clients) => {
      const listener = await clients.open('listener');
      listener.send(subscribeBytes('t', 1));
      await listener.next('suback');
      const client = await clients.open('c');
      for (let id = 1; id <= 5; id++) client.send(publishBytes({ topic: 't', qos: 1, id, payload: `${id}` }));
      await client.atLeast(5, 'puback');
      await listener.settled();
      return listener.got('publish').length;
    },
  },
];

describe.skipIf(mosquittoAbsence !== undefined && !mustHavePeers)('one mosquitto.conf, two brokers', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-import-'));
    const parts = join(folder, 'conf.d');
    mkdirSync(parts);
    writeFileSync(join(parts, 'limits.conf'), `${ofAll.join('\n')}\n`);
    const path = join(folder, 'mosquitto.conf');
    writeFileSync(path, ['listener 1883 127.0.0.1', ...ofListener, `include_dir ${parts}`].join('\n'));
    const data = join(folder, 'data');
    expect(await invoke(['import', 'mosquitto', path, '--data', data])).toMatchObject({ code: 0, err: '' });
    [peer, house] = await Promise.all([
      Mosquitto.start([...ofListener, `include_dir ${parts}`]),
      startHouse({ dataDir: data }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([peer.stop(), house.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(observations)('$name', async ({ see }) => {
    const seen: unknown[] = [];
    for (const port of [peer.port, house.mqttPort]) {
      const clients = new Clients(port);
      seen.push(await see(clients));
      await clients.end();
    }
    const [theirs, ours] = seen;
    expect(ours).toEqual(theirs);
  });
});
