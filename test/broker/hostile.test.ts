// One bad packet ends at most its own connection: everything here ended the process, or a subscriber, with stock aedes.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBroker, type TestBroker } from '../support/broker.ts';
import {
  bytesOf,
  connectBytes,
  publishBytes,
  pubrelBytes,
  RawClient,
  subscribeBytes,
} from '../support/raw-client.ts';

let house: TestBroker;
let watcher: RawClient;

beforeEach(async () => {
  house = await startBroker();
  watcher = await RawClient.open(house.mqttPort, { id: 'watcher' });
  watcher.send(subscribeBytes('still/#', 1));
  await watcher.next('suback');
});

/** The broker serves old and new connections. */
afterEach(async () => {
  const fresh = await RawClient.open(house.mqttPort, { id: 'fresh' });
  fresh.send(publishBytes({ topic: 'still/alive', qos: 1, id: 1 }));
  await fresh.next('puback');
  expect(await watcher.next('publish')).toMatchObject({ topic: 'still/alive' });
  await house.stop();
});

/** CONNECT of MQTT 5 with these raw properties. */
function connect5(id: string, properties: readonly number[]): Buffer {
  const name = Buffer.from(id);
  const body = Buffer.concat([
    Buffer.from([0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 0, properties.length, ...properties]),
    Buffer.from([0, name.length]),
    name,
  ]);
  return Buffer.concat([Buffer.from([0x10, body.length]), body]);
}

/** PUBLISH QoS 0 of MQTT 5 to topic `still` with these raw properties. */
function publish5(properties: readonly number[]): Buffer {
  const body = [0, 5, ...Buffer.from('still'), properties.length, ...properties];
  return Buffer.from([0x30, body.length, ...body]);
}

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'valueOf'])(
  'B15: client id "%s" is a client like others',
  async (id) => {
    const first = await RawClient.open(house.mqttPort, { id });
    first.send(subscribeBytes('constructor', 1), publishBytes({ topic: 'constructor', qos: 1, id: 1 }));
    expect(await first.next('publish')).toMatchObject({ topic: 'constructor' });
    if (id !== '') {
      expect(house.broker.clients().map((client) => client.id)).toContain(id);
      const second = await RawClient.open(house.mqttPort, { id });
      await first.closed();
      second.destroy();
    }
    first.destroy();
  },
);

test.each(['__proto__', 'constructor', 'hasOwnProperty'])(
  'B48: filter and topic "%s" are normal',
  async (topic) => {
    for (const version of [4, 5] as const) {
      const client = await RawClient.open(house.mqttPort, { id: `c${version}`, version, clean: false });
      const properties = version === 5 ? { properties: {} } : {};
      client.send(
        bytesOf(
          { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 1 }], ...properties },
          version,
        ),
      );
      await client.next('suback');
      client.send(publishBytes({ topic, version }));
      expect(await client.next('publish')).toMatchObject({ topic });
      client.send(
        bytesOf({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: [topic], ...properties }, version),
      );
      await client.next('unsuback');
    }
  },
);

test.each([4, 5] as const)('MQTT %i: __proto__ among several filters harms nobody', async (version) => {
  const client = await RawClient.open(house.mqttPort, { id: 'c', version });
  const subscriptions = ['__proto__', 'a', 'b'].map((topic) => ({ topic, qos: 1 }));
  const properties = version === 5 ? { properties: {} } : {};
  client.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions, ...properties }, version));
  await client.closed();
});

test('the same along with CONNECT, in one segment', async () => {
  const client = await RawClient.open(house.mqttPort);
  const subscriptions = ['__proto__', 'a'].map((topic) => ({ topic, qos: 1 }));
  client.send(
    connectBytes({ id: 'c', version: 5 }),
    bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions, properties: {} }, 5),
  );
  await client.closed();
});

test.each([4, 5] as const)('B41: MQTT %i: PUBREL two and three times in one segment', async (version) => {
  const client = await RawClient.open(house.mqttPort, { id: 'c', version });
  client.send(publishBytes({ topic: 'a', qos: 2, id: 9, version }));
  await client.next('pubrec');
  client.send(pubrelBytes(9), pubrelBytes(9), pubrelBytes(9));
  await client.atLeast(3, 'pubcomp');
  client.send(pubrelBytes(10));
  await client.atLeast(4, 'pubcomp');
});

const cutShort = [
  { what: 'Response Topic', bytes: publish5([0x08]) },
  { what: 'Response Topic text', bytes: publish5([0x08, 0, 9, 0x61]) },
  { what: 'Correlation Data', bytes: publish5([0x09]) },
  { what: 'Content Type', bytes: publish5([0x03]) },
  { what: 'Message Expiry', bytes: publish5([0x02, 0]) },
  { what: 'User Property', bytes: publish5([0x26]) },
  { what: 'User Property value', bytes: publish5([0x26, 0, 1, 0x61]) },
  { what: 'Topic Alias', bytes: publish5([0x23]) },
  { what: 'Message Expiry, twice', bytes: publish5([0x02, 0, 0, 0, 9, 0x02, 0, 0, 0, 9]) },
  { what: 'Content Type, twice', bytes: publish5([0x03, 0, 1, 0x61, 0x03, 0, 1, 0x61]) },
  { what: 'Response Topic, twice', bytes: publish5([0x08, 0, 1, 0x61, 0x08, 0, 1, 0x61]) },
  { what: 'Subscription Identifier', bytes: publish5([0x0b, 1]) },
  { what: 'unknown property', bytes: publish5([0x7e, 1]) },
  { what: 'topic with NUL', bytes: Buffer.from([0x30, 5, 0, 2, 0x61, 0, 0]) },
];

test.each(cutShort)(
  'PUBLISH with bad $what closes its connection and reaches no subscriber',
  async ({ bytes }) => {
    watcher.send(bytesOf({ cmd: 'subscribe', messageId: 2, subscriptions: [{ topic: '#', qos: 0 }] }));
    await watcher.atLeast(2, 'suback');
    const before = watcher.got('publish').length;
    const client = await RawClient.open(house.mqttPort, { id: 'c', version: 5 });
    client.send(bytes);
    await client.closed();
    await watcher.settled();
    const topics = watcher
      .got('publish')
      .slice(before)
      .map((packet) => 'topic' in packet && packet.topic);
    expect(topics.filter((topic) => topic !== 'homerule/status')).toEqual([]);
    watcher.packets.length = 0;
    expect(house.accepted).toEqual([]);
    expect(house.broker.counters().malformed).toBe(1);
  },
);

test('Session Expiry twice in CONNECT, and in DISCONNECT', async () => {
  const twice = [0x11, 0, 0, 0, 9, 0x11, 0, 0, 0, 9];
  const first = await RawClient.open(house.mqttPort);
  first.send(connect5('c', twice));
  await first.closed();
  const second = await RawClient.open(house.mqttPort, {
    id: 'd',
    version: 5,
    properties: { sessionExpiryInterval: 60 },
  });
  second.send([0xe0, 2 + twice.length, 0, twice.length, ...twice]);
  await second.closed();
  expect(house.broker.counters().malformed).toBe(2);
});

test.each(['a/'.repeat(100), '/'.repeat(5000)])(
  'B35: 101 levels and more: publish, subscribe, will',
  async (topic) => {
    for (const bytes of [publishBytes({ topic, qos: 1, id: 1 }), subscribeBytes(topic)]) {
      const client = await RawClient.open(house.mqttPort, { id: 'c' });
      client.send(bytes);
      await client.closed();
    }
    const client = await RawClient.open(house.mqttPort);
    client.send(connectBytes({ id: 'w', will: { topic, payload: 'x' } }));
    await client.closed();
    expect(house.accepted).toEqual([]);
  },
);

test.each(['', 'a/+', '#', 'a\0b'])('a will to "%s" is refused', async (topic) => {
  const client = await RawClient.open(house.mqttPort);
  const text = Buffer.from(topic);
  const body = [0, 4, ...Buffer.from('MQTT'), 4, 6, 0, 0, 0, 1, 0x77, 0, text.length, ...text, 0, 1, 0x78];
  client.send([0x10, body.length, ...body]);
  await client.closed();
});

test('a packet of more than the limit closes at its header', async () => {
  const client = await RawClient.open(house.mqttPort, { id: 'c' });
  client.send([0x30, 0xff, 0xff, 0xff, 0x7f]);
  await client.closed();
  const stranger = await RawClient.open(house.mqttPort);
  stranger.send([0x10, 0xff, 0xff, 0xff, 0x7f]);
  await stranger.closed();
});

test('B43: too many half-open QoS 2 messages close the connection', async () => {
  await house.stop();
  house = await startBroker({ limits: { halfOpen: 20 } });
  watcher = await RawClient.open(house.mqttPort, { id: 'watcher' });
  watcher.send(subscribeBytes('still/#', 1));
  await watcher.next('suback');
  const client = await RawClient.open(house.mqttPort, { id: 'c' });
  for (let id = 1; id <= 30; id++) client.send(publishBytes({ topic: 'a', qos: 2, id }));
  await client.closed();
  expect(house.accepted).toHaveLength(20);
});

test('retained QoS 2 to a persistent session does not cut it', async () => {
  const client = await RawClient.open(house.mqttPort, { id: 'c', clean: false });
  client.send(publishBytes({ topic: 'r', qos: 2, id: 1, retain: true }), pubrelBytes(1));
  await client.settled();
  house.commits.commit();
  await client.next('pubcomp');
  client.send(subscribeBytes('r', 2));
  const { messageId = 0 } = await client.next('publish');
  client.send([0x50, 2, messageId >> 8, messageId & 0xff]);
  expect(await client.next('pubrel')).toMatchObject({ messageId });
  client.send([0x70, 2, messageId >> 8, messageId & 0xff]);
  await client.settled();
});

test('garbage, HTTP, TLS and a second CONNECT close', async () => {
  const firsts = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]),
    Buffer.from([0xc0, 0]),
    publishBytes({ topic: 'a' }),
    Buffer.concat([connectBytes({ id: 'c' }), connectBytes({ id: 'c' })]),
  ];
  for (const bytes of firsts) {
    const client = await RawClient.open(house.mqttPort);
    client.send(bytes);
    await client.closed();
  }
  expect(house.accepted).toEqual([]);
});

test('a packet in single bytes is the same packet', async () => {
  const client = await RawClient.open(house.mqttPort);
  const bytes = Buffer.concat([
    connectBytes({ id: 'c' }),
    publishBytes({ topic: 'still/slow', qos: 1, id: 1 }),
  ]);
  for (const byte of bytes) client.send([byte]);
  await client.next('puback');
  expect(house.accepted).toMatchObject([{ topic: 'still/slow' }]);
  await watcher.next('publish');
  watcher.packets.length = 0;
});
