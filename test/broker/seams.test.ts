// Names every private part of aedes 2.0.0-beta.1 and mqtt-packet 9 that the broker relies on. When one of these fails
// after an update, the cure that is named with it must be looked at before anything is shipped.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Aedes } from 'aedes';
import mqttPacket from 'mqtt-packet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HomeruleError } from '../../src/base/index.ts';
import { Settled } from '../../src/broker/persistence/settled.ts';
import {
  brokerParts,
  clientParts,
  currentWriter,
  replaceListener,
  replaceWriter,
} from '../../src/broker/seams.ts';

const require = createRequire(import.meta.url);
const manifest = (name: string): { version: string } =>
  JSON.parse(readFileSync(join(dirname(require.resolve(name)), 'package.json'), 'utf8'));

let aedes: Aedes;
beforeEach(async () => {
  aedes = await Aedes.createBroker();
});
afterEach(() => new Promise<void>((resolve) => aedes.close(resolve)));

test('the versions are those that were read', () => {
  expect(manifest('mqtt-packet').version).toBe('9.0.2');
  expect(manifest('aedes').version).toBe('2.0.0-beta.1');
});

test('aedes and we share one mqtt-packet module: the writer seam depends on it', () => {
  const aedesRequire = createRequire(require.resolve('aedes'));
  expect(aedesRequire.resolve('mqtt-packet')).toBe(require.resolve('mqtt-packet'));
});

test('aedes looks writeToStream up at each write (parked acknowledgements, counters)', async () => {
  const original = currentWriter();
  const seen: unknown[] = [];
  replaceWriter((packet, stream, options) => {
    seen.push('cmd' in packet ? packet.cmd : undefined);
    return original(packet, stream, options);
  });
  const stream = new PassThrough();
  const answered = new Promise((resolve) => aedes.once('connackSent', resolve));
  aedes.handle(stream);
  stream.write(
    mqttPacket.generate({ cmd: 'connect', protocolId: 'MQTT', clientId: 'c', clean: true, keepalive: 0 }),
  );
  await answered;
  replaceWriter(original);
  expect(seen).toContain('connack');
  stream.destroy();
});

test('broker: publish, clients (accept seam, prototype-free map)', () => {
  const parts = brokerParts(aedes);
  expect(parts.publish).toHaveLength(3);
  expect(parts.clients).toEqual({});
});

test('broker: a client that is gone passes through scheduleWill and scheduleSessionExpiry (sessions over restarts)', async () => {
  const calls: unknown[] = [];
  const parts = brokerParts(aedes);
  parts.scheduleWill = (client, will, seconds) => calls.push([client.id, will.topic, seconds]);
  const stream = new PassThrough();
  const ready = new Promise((resolve) => aedes.once('clientReady', resolve));
  const gone = new Promise<void>((resolve) => {
    parts.scheduleSessionExpiry = (client) => {
      calls.push([client.id, client.sessionExpiryInterval, client.clean]);
      resolve();
    };
  });
  aedes.handle(stream);
  const will = {
    topic: 'gone',
    payload: Buffer.from('x'),
    qos: 0 as const,
    retain: false,
    properties: { willDelayInterval: 30 },
  };
  const connect = {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 5,
    clientId: 'c',
    keepalive: 0,
  } as const;
  const properties = { sessionExpiryInterval: 20 };
  stream.write(mqttPacket.generate({ ...connect, clean: false, properties, will }, { protocolVersion: 5 }));
  await ready;
  stream.destroy();
  await gone;
  expect(calls).toEqual([
    ['c', 'gone', 20],
    ['c', 20, false],
  ]);
});

test('broker: a replaced publish is what a will and aedes itself call', async () => {
  const topics: string[] = [];
  const parts = brokerParts(aedes);
  const route = parts.publish.bind(aedes);
  parts.publish = (packet, client, done) => {
    topics.push(packet.topic);
    route(packet, client, done);
  };
  const stream = new PassThrough();
  const gone = new Promise((resolve) => aedes.once('clientDisconnect', resolve));
  const ready = new Promise((resolve) => aedes.once('clientReady', resolve));
  aedes.handle(stream);
  const will = { topic: 'gone', payload: Buffer.from('x'), qos: 0 as const, retain: false };
  stream.write(
    mqttPacket.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      clientId: 'c',
      clean: true,
      keepalive: 0,
      will,
    }),
  );
  await ready;
  stream.destroy();
  await gone;
  expect(topics).toEqual([`$SYS/${aedes.id}/new/clients`, 'gone', `$SYS/${aedes.id}/disconnect/clients`]);
});

test('client: _parser with parse and one packet listener, subscriptions, duplicates, one connected listener', () => {
  const client = aedes.handle(new PassThrough());
  const parts = clientParts(client);
  expect(parts._parser.listeners('packet')).toHaveLength(1);
  expect(parts._parser.parse).toBeTypeOf('function');
  expect(parts.subscriptions).toEqual({});
  expect(parts.duplicates).toEqual({});
  expect(client.listeners('connected')).toHaveLength(1);
  client.close();
});

test('client: waitForDrain ends with the drain event of the stream (backpressure of parked acknowledgements)', async () => {
  const stream = new PassThrough();
  const client = aedes.handle(stream);
  expect(client).toHaveProperty('waitForDrain');
  const wait: unknown = Reflect.get(client, 'waitForDrain');
  if (typeof wait !== 'function') throw new Error('waitForDrain moved');
  const drained = new Promise((resolve) => wait.call(client, resolve));
  stream.emit('drain');
  await drained;
  client.close();
});

test('persistence: publish chains with then only, so that a settled result keeps the order', async () => {
  const calls: string[] = [];
  const inner = Reflect.get(aedes, 'persistence') as Record<string, unknown>;
  for (const name of ['storeRetained', 'subscriptionsByTopic', 'outgoingEnqueueCombi'])
    inner[name] = () => {
      calls.push(name);
      return new Settled([]);
    };
  let isDone = false;
  brokerParts(aedes).publish(
    { cmd: 'publish', topic: 'a', payload: Buffer.from('x'), qos: 1, retain: true, dup: false },
    null,
    () => {
      isDone = true;
    },
  );
  expect(calls).toEqual(['storeRetained', 'subscriptionsByTopic', 'outgoingEnqueueCombi']);
  expect(isDone).toBe(true);
});

test('what is not there is named in an error, not met later as undefined', () => {
  const emitter = aedes.handle(new PassThrough());
  emitter.on('connected', () => undefined);
  const moved = expect.objectContaining({ code: 'broker-seam-moved', kind: 'bug' });
  expect(() => replaceListener(emitter, 'connected', (inner) => inner)).toThrow(moved);
  expect(() => clientParts({} as never)).toThrow(HomeruleError);
  expect(() => brokerParts({} as never)).toThrow(moved);
  emitter.close();
});
