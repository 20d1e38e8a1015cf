// Persistent sessions: nothing is overtaken and lost, queues are bounded, QoS is that of the subscription.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../src/broker/index.ts';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { bytesOf, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

let house: TestBroker;
beforeEach(async () => {
  house = await startBroker({ limits: { queuedMessages: 50 } });
});
afterEach(() => house.stop());

const message = (payload: string, qos: 0 | 1 | 2, retain = false): Message => ({
  topic: 'home/x',
  payload: Buffer.from(payload),
  qos,
  retain,
  origin: 'rule',
  by: 'r',
});

const textsOf = (client: RawClient): string[] =>
  client.got('publish').map((packet) => ('payload' in packet ? String(packet.payload) : ''));

async function subscriber(id: string, qos: 0 | 1 | 2, clean = true): Promise<RawClient> {
  const client = await RawClient.open(house.mqttPort, { id, clean });
  client.send(subscribeBytes('home/#', qos));
  await client.next('suback');
  return client;
}

test.each([true, false])(
  'mixed QoS and retain of one turn all arrive, in order (clean %s)',
  async (clean) => {
    const client = await subscriber('panel', 2, clean);
    const expected: string[] = [];
    for (let i = 0; i < 60; i++) {
      const text = `${i}`;
      expected.push(text);
      house.broker.release(message(text, i % 3 === 0 ? 1 : i % 3 === 1 ? 0 : 2, i % 5 === 0));
    }
    await client.atLeast(expected.length, 'publish');
    expect(textsOf(client)).toEqual(expected);
  },
);

test('mixed QoS and retain of one segment all arrive', async () => {
  const client = await subscriber('panel', 1);
  const lamp = await RawClient.open(house.mqttPort, { id: 'lamp' });
  const packets = Array.from({ length: 200 }, (_, i) =>
    publishBytes({
      topic: 'home/x',
      payload: `${i}`,
      qos: i % 2 === 0 ? 1 : 0,
      id: i + 1,
      retain: i % 7 === 0,
    }),
  );
  lamp.send(...packets);
  await client.atLeast(200, 'publish');
  expect(new Set(textsOf(client)).size).toBe(200);
});

test('what comes while a client is away waits for it, oldest first, and no more than the bound', async () => {
  const before = await subscriber('panel', 1, false);
  before.destroy();
  await untilClients(house, 0);
  for (let i = 0; i < 60; i++) house.broker.release(message(`${i}`, 1));
  house.broker.release(message('not kept', 0));
  const after = await RawClient.open(house.mqttPort, { id: 'panel', clean: false });
  await after.atLeast(50, 'publish');
  await after.settled();
  expect(textsOf(after)).toEqual(Array.from({ length: 50 }, (_, i) => `${i + 10}`));
  expect(house.broker.counters().queueDropped).toBe(10);
});

test('what was acknowledged is not sent again, what was not is', async () => {
  const before = await subscriber('panel', 1, false);
  for (let i = 0; i < 4; i++) house.broker.release(message(`${i}`, 1));
  const packets = await before.atLeast(4, 'publish');
  for (const { messageId = 0 } of packets.slice(0, 2))
    before.send([0x40, 2, messageId >> 8, messageId & 0xff]);
  await before.settled();
  before.destroy();
  const after = await RawClient.open(house.mqttPort, { id: 'panel', clean: false });
  expect(await after.next('connack')).toMatchObject({ sessionPresent: true });
  await after.atLeast(2, 'publish');
  await after.settled();
  expect(textsOf(after)).toEqual(['2', '3']);
});

test('acknowledgements count in every form and company, also those that nobody waits for', async () => {
  const session = {
    id: 'panel',
    version: 5,
    clean: false,
    properties: { sessionExpiryInterval: 60 },
  } as const;
  const before = await RawClient.open(house.mqttPort, session);
  const subscriptions = [{ topic: 'home/#', qos: 1 }];
  before.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions }, 5));
  await before.next('suback');
  for (let i = 0; i < 5; i++) house.broker.release(message(`${i}`, 1));
  const ids = (await before.atLeast(5, 'publish')).map(({ messageId = 0 }) => messageId);
  const [short = 0, withReason = 0, withProperties = 0] = ids;
  const puback = (id: number, ...more: readonly number[]) => [
    0x40,
    2 + more.length,
    id >> 8,
    id & 0xff,
    ...more,
  ];
  const ping = [0xc0, 0];
  before.send(
    puback(short),
    ping,
    puback(withReason, 0),
    puback(9999),
    puback(withProperties, 0, 0),
    puback(short),
  );
  await before.next('pingresp');
  await before.settled();
  before.destroy();
  const after = await RawClient.open(house.mqttPort, session);
  await after.atLeast(2, 'publish');
  await after.settled();
  expect(textsOf(after)).toEqual(['3', '4']);
});

/** Of the message with identifier 2. */
const acknowledgements: [name: string, qos: 1 | 2, packets: number[][]][] = [
  ['PUBACK', 1, [[0x40, 2, 0, 2]]],
  ['PUBACK with a reason', 1, [[0x40, 3, 0, 2, 0]]],
  [
    'PUBCOMP',
    2,
    [
      [0x50, 2, 0, 2],
      [0x70, 2, 0, 2],
    ],
  ],
];
test.each(acknowledgements)(
  'who takes the identifier that a %s frees stays queued',
  async (_, qos, packets) => {
    const limits = { sessionExpiryInterval: 60, receiveMaximum: 2 };
    const session = { id: 'panel', version: 5, clean: false, properties: limits } as const;
    const first = await RawClient.open(house.mqttPort, session);
    first.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'home/#', qos }] }, 5));
    await first.next('suback');
    for (const text of ['1', '2']) house.broker.release(message(text, qos));
    await first.atLeast(2, 'publish');
    first.send(...packets.map(([type = 0]) => [type, 2, 0, 1]));
    await first.settled();
    first.destroy();

    // Message 2 has identifier 2, message 3 gets 1, and 4 waits for whichever comes free.
    const second = await RawClient.open(house.mqttPort, session);
    await second.settled();
    for (const text of ['3', '4']) house.broker.release(message(text, qos));
    await second.atLeast(2, 'publish');
    second.send(...packets);
    await second.atLeast(3, 'publish');
    await second.settled();
    second.destroy();

    const third = await RawClient.open(house.mqttPort, session);
    await third.atLeast(2, 'publish');
    expect(textsOf(third)).toEqual(['3', '4']);
  },
);

test('a clean start drops the old session', async () => {
  const before = await subscriber('panel', 1, false);
  before.send([0xe0, 0]);
  await before.closed();
  house.broker.release(message('old', 1));
  const after = await RawClient.open(house.mqttPort, { id: 'panel' });
  expect(await after.next('connack')).toMatchObject({ sessionPresent: false });
  house.broker.release(message('new', 1));
  await after.settled();
  expect(after.got('publish')).toEqual([]);
});

test.each([0, 1, 2] as const)('a wildcard subscription of QoS %i gets no higher QoS', async (granted) => {
  const client = await subscriber('panel', granted);
  for (const qos of [0, 1, 2] as const) house.broker.release(message(`${qos}`, qos));
  const packets = await client.atLeast(3, 'publish');
  expect(packets.map((packet) => 'qos' in packet && packet.qos)).toEqual([0, Math.min(1, granted), granted]);
});

test('overlapping subscriptions deliver one copy', async () => {
  const client = await subscriber('panel', 1);
  client.send(subscribeBytes('home/x', 2, 2), subscribeBytes('+/x', 0, 3));
  await client.atLeast(3, 'suback');
  house.broker.release(message('once', 2));
  await client.next('publish');
  await client.settled();
  await client.settled();
  expect(textsOf(client)).toEqual(['once']);
});
