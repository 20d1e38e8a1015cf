// Names every private part of aedes 2.0.0-beta.1 and mqtt-packet 9 that the broker relies on. When one of these fails
// after an update, the cure that is named with it must be looked at before anything is shipped.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Duplex, duplexPair, PassThrough } from 'node:stream';
import { Aedes, type Client } from 'aedes';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HomeruleError } from '../../src/base/index.ts';
import { Settled } from '../../src/broker/persistence/settled.ts';
import {
  beforeDestroy,
  brokerParts,
  clientParts,
  currentWriter,
  dropWill,
  replaceDelivery,
  replaceListener,
  replaceMessageIds,
  replaceWriter,
  watchSubscriptions,
} from '../../src/broker/seams.ts';
import { packetBytes } from '../../src/broker/writer/packet-bytes.ts';

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

test('client: _will can be taken back while authenticate is asked (wills that may not be published)', async () => {
  const topics: string[] = [];
  const parts = brokerParts(aedes);
  parts.publish = (packet, client, done) => {
    topics.push(packet.topic);
    if (typeof client === 'function') client();
    else done?.();
  };
  aedes.authenticate = (client, _user, _password, done) => {
    dropWill(client);
    done(null, true);
  };
  const stream = new PassThrough();
  const gone = new Promise((resolve) => aedes.once('clientDisconnect', resolve));
  const ready = new Promise((resolve) => aedes.once('clientReady', resolve));
  aedes.handle(stream);
  const will = { topic: 'gone', payload: Buffer.from('x'), qos: 0 as const, retain: false };
  const start = { cmd: 'connect', protocolId: 'MQTT', clientId: 'c', clean: true, keepalive: 0 } as const;
  stream.write(mqttPacket.generate({ ...start, will }));
  await ready;
  stream.destroy();
  await gone;
  expect(topics).not.toContain('gone');
});

test('client: _parser with parse, connackSent, subscriptions, duplicates, one connected listener', () => {
  const client = aedes.handle(new PassThrough());
  const parts = clientParts(client);
  expect(parts._parser.listeners('packet')).toHaveLength(1);
  expect(parts._parser.parse).toBeTypeOf('function');
  expect(parts.connackSent).toBe(false);
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

/** A client of the stock broker that said CONNECT, and what it was sent. */
async function connected(packet: object = {}): Promise<{ client: Client; stream: Duplex; sent: Packet[] }> {
  const [near, far] = duplexPair();
  const sent: Packet[] = [];
  const parser = mqttPacket.parser();
  parser.on('packet', (received) => sent.push(received));
  far.on('data', (bytes) => parser.parse(bytes));
  const client = aedes.handle(near);
  const ready = new Promise((resolve) => aedes.once('clientReady', resolve));
  const connect = { cmd: 'connect', protocolId: 'MQTT', clientId: 'c', clean: true, keepalive: 0, ...packet };
  far.write(packetBytes(connect));
  await ready;
  return { client, stream: far, sent };
}

const subscribe = { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a/+', qos: 1 }] };

test('client: subscriptions are set and deleted on the object, one by one (who gets a message)', async () => {
  const { client, stream } = await connected();
  const seen: unknown[] = [];
  watchSubscriptions(client, {
    onSet: (filter, { qos, rap, nl }) => seen.push({ filter, qos, rap, nl }),
    onDelete: (filter) => seen.push({ filter }),
  });
  const isSubscribed = new Promise((resolve) => aedes.once('subscribe', resolve));
  stream.write(packetBytes(subscribe));
  await isSubscribed;
  const isGone = new Promise((resolve) => aedes.once('clientDisconnect', resolve));
  stream.destroy();
  await isGone;
  const options = { rap: undefined, nl: undefined };
  expect(seen).toEqual([{ filter: 'a/+', qos: 1, ...options }, { filter: 'a/+' }]);
});

test('broker: the emitter of the option mq gets every message, and each subscription of a client', async () => {
  const calls: unknown[] = [];
  const call =
    (name: string) =>
    (topic: unknown, _listener: unknown, done?: () => void): void => {
      calls.push([name, topic]);
      done?.();
    };
  const mq = {
    on: call('on'),
    removeListener: call('removeListener'),
    emit: (packet: { topic: string; clientId?: string }, done: () => void) => {
      if (!packet.topic.startsWith('$')) calls.push(['emit', packet.topic, packet.clientId]);
      done();
    },
    close: (done: () => void) => done(),
  };
  await new Promise<void>((resolve) => aedes.close(resolve));
  aedes = await Aedes.createBroker({ mq });
  calls.length = 0;
  const { stream } = await connected();
  stream.write(packetBytes(subscribe));
  const isPublished = new Promise((resolve) => aedes.once('publish', resolve));
  stream.write(
    packetBytes({ cmd: 'publish', topic: 'a/b', payload: 'x', qos: 0, dup: false, retain: false }),
  );
  while (calls.length < 2) await isPublished;
  expect(calls).toEqual([
    ['on', 'a/+'],
    ['emit', 'a/b', 'c'],
  ]);
});

test('client: deliverQoS gets the retained messages of a subscription (window, aliases, size of the client)', async () => {
  const { client, stream } = await connected();
  await new Promise<void>((resolve) =>
    aedes.publish({ cmd: 'publish', topic: 'a/b', payload: 'x', qos: 0, dup: false, retain: true }, () =>
      resolve(),
    ),
  );
  const delivered = new Promise<string>((resolve) =>
    replaceDelivery(client, (packet, done) => {
      resolve(packet.topic);
      done();
    }),
  );
  stream.write(packetBytes(subscribe));
  expect(await delivered).toBe('a/b');
});

test('client: _nextId is read, and then written once, for each message of a session (identifiers)', async () => {
  const first = await connected({ clean: false });
  const isSubscribed = new Promise((resolve) => aedes.once('subscribe', resolve));
  first.stream.write(packetBytes(subscribe));
  await isSubscribed;
  const isGone = new Promise((resolve) => aedes.once('clientDisconnect', resolve));
  first.stream.destroy();
  await isGone;
  for (const topic of ['a/1', 'a/2'])
    await new Promise<void>((resolve) =>
      aedes.publish({ cmd: 'publish', topic, payload: 'x', qos: 1, dup: false, retain: false }, () =>
        resolve(),
      ),
    );
  let taken = 0;
  aedes.preConnect = (client, _packet, done) => {
    replaceMessageIds(client, {
      peek: () => 500 + taken,
      takePeeked: () => {
        taken++;
      },
    });
    done(null, true);
  };
  const second = await connected({ clean: false });
  while (second.sent.length < 3) await new Promise((resolve) => setImmediate(resolve));
  expect(second.sent.map(({ messageId }) => messageId)).toEqual([undefined, 500, 501]);
  expect(taken).toBe(2);
});

test('client: pause stops reading, resume goes on (publishers of a subscriber that is behind)', async () => {
  const { client, stream } = await connected();
  const parts = clientParts(client);
  expect(parts._keepaliveTimer).toBeNull();
  const topics: string[] = [];
  const isThere = new Promise<void>((resolve) =>
    aedes.on('publish', ({ topic }) => {
      if (topic.startsWith('$')) return;
      topics.push(topic);
      resolve();
    }),
  );
  parts.pause();
  stream.write(packetBytes({ cmd: 'publish', topic: 't', payload: 'x', qos: 0, dup: false, retain: false }));
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(topics).toEqual([]);
  parts.resume();
  await isThere;
  expect(topics).toEqual(['t']);
});

test('a stream that aedes destroys is asked before, one that failed is not', () => {
  const calls: string[] = [];
  for (const error of [undefined, new Error('reset')]) {
    const stream = new PassThrough();
    stream.on('error', () => undefined);
    beforeDestroy(stream, () => calls.push(error?.message ?? 'asked'));
    stream.destroy(error);
    expect(stream.destroyed).toBe(true);
  }
  expect(calls).toEqual(['asked']);
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
