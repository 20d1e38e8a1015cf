// Shared subscriptions: one of the group gets each message, and none is lost when that one goes away.
import type { IPublishPacket, Packet } from 'mqtt-packet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { bytesOf, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

let house: TestBroker;
beforeEach(async () => {
  house = await startBroker();
});
afterEach(() => house.stop());

const isPublish = (packet: Packet): packet is IPublishPacket => packet.cmd === 'publish';
const publishes = (client: RawClient): IPublishPacket[] => client.packets.filter(isPublish);
const payloads = (client: RawClient): string[] => publishes(client).map(({ payload }) => payload.toString());
const inOrder = (texts: readonly string[]): string[] => texts.toSorted((a, b) => Number(a) - Number(b));
const numbers = (count: number): string[] => Array.from({ length: count }, (_, at) => `${at + 1}`);

interface Member {
  readonly id: string;
  readonly filter?: string;
  readonly qos?: 0 | 1 | 2;
  readonly version?: 4 | 5;
  readonly properties?: object;
}

async function join(member: Member): Promise<RawClient> {
  const { id, filter = '$share/group/t', qos = 1, version = 5, properties } = member;
  const client = await RawClient.open(house.mqttPort, { id, version, ...(properties && { properties }) });
  client.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos }] }, version));
  expect(await client.next('suback')).toMatchObject({ granted: [qos] });
  return client;
}

async function publishAll(count: number, qos: 0 | 1 | 2 = 1): Promise<RawClient> {
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  for (const payload of numbers(count))
    source.send(publishBytes({ topic: 't', qos, id: Number(payload), payload }));
  if (qos === 1) await source.atLeast(count, 'puback');
  await source.settled();
  return source;
}

test('members take turns, whatever their version; other groups and plain subscribers get all', async () => {
  const members = [
    await join({ id: 'a' }),
    await join({ id: 'b', version: 4 }),
    await join({ id: 'c', qos: 0 }),
  ];
  const other = await join({ id: 'd', filter: '$share/other/#' });
  const plain = await RawClient.open(house.mqttPort, { id: 'plain' });
  plain.send(subscribeBytes('t', 1));
  await plain.next('suback');
  await publishAll(9);
  for (const all of [other, plain]) {
    await all.atLeast(9, 'publish');
    expect(payloads(all)).toEqual(numbers(9));
  }
  for (const member of members) await member.atLeast(3, 'publish');
  for (const member of members) await member.settled();
  expect(inOrder(members.flatMap(payloads))).toEqual(numbers(9));
});

test('the capability is not denied in the CONNACK, and views show the filter as it was sent', async () => {
  const member = await join({ id: 'a' });
  expect(member.got('connack')[0]).not.toHaveProperty('properties.sharedSubscriptionAvailable');
  expect(house.broker.clients()[0]?.subscriptions).toEqual([{ filter: '$share/group/t', qos: 1 }]);
});

test('what a member leaves unacknowledged goes to the others; QoS 2 that was sent does not', async () => {
  const cases = { 1: numbers(6), 2: ['2', '4', '5', '6'] };
  for (const [text, expected] of Object.entries(cases)) {
    const qos = text === '1' ? 1 : 2;
    const properties = { receiveMaximum: 2 };
    const leaves = await join({ id: 'leaves', qos, properties });
    const stays = await join({ id: 'stays', qos });
    // Of six, 1, 3 and 5 are for the one who leaves; 1 and 3 were sent to it.
    const source = await publishAll(6, qos);
    await leaves.atLeast(2, 'publish');
    leaves.destroy();
    await stays.atLeast(expected.length, 'publish');
    await stays.settled();
    expect(payloads(leaves)).toEqual(['1', '3']);
    expect(inOrder(payloads(stays))).toEqual(expected);
    stays.destroy();
    source.destroy();
    await untilClients(house, 0);
  }
});

test('a member whose session is kept keeps what it was given, and gets it when it is back', async () => {
  const properties = { sessionExpiryInterval: 60, receiveMaximum: 1 };
  const leaves = await join({ id: 'leaves', properties });
  const stays = await join({ id: 'stays' });
  await publishAll(4);
  await stays.atLeast(2, 'publish');
  leaves.destroy();
  await untilClients(house, 2);
  await stays.settled();
  expect(payloads(stays)).toEqual(['2', '4']);
  const back = await RawClient.open(house.mqttPort, {
    id: 'leaves',
    version: 5,
    clean: false,
    properties: { sessionExpiryInterval: 60 },
  });
  await back.atLeast(2, 'publish');
  expect(payloads(back)).toEqual(['1', '3']);
  expect(publishes(back).map(({ dup }) => dup)).toEqual([true, false]);
});

test('while all are away, sessions that are kept take turns; who is there comes first', async () => {
  const properties = { sessionExpiryInterval: 60 };
  const kept = [await join({ id: 'a', properties }), await join({ id: 'b', properties })];
  const [other, deaf] = [await join({ id: 'c', qos: 0 }), await join({ id: 'd', qos: 0, properties })];
  for (const member of [...kept, deaf]) member.destroy();
  await untilClients(house, 1);
  const source = await publishAll(2, 2);
  await source.settled();
  await other.atLeast(2, 'publish');
  other.destroy();
  source.destroy();
  await untilClients(house, 0);
  await publishAll(6, 2);
  const seen: string[][] = [];
  for (const id of ['a', 'b']) {
    const back = await RawClient.open(house.mqttPort, { id, version: 5, clean: false, properties });
    await back.atLeast(3, 'publish');
    await back.settled();
    expect(publishes(back).every(({ qos }) => qos === 1)).toBe(true);
    seen.push(payloads(back));
  }
  expect(inOrder(seen.flat())).toEqual(numbers(6));
  for (const own of seen) expect(own).toEqual(inOrder(own));
});

test('what the last member leaves unacknowledged goes into a session that is kept', async () => {
  const properties = { sessionExpiryInterval: 60 };
  const away = await join({ id: 'a', properties });
  away.destroy();
  await untilClients(house, 0);
  const last = await join({ id: 'b' });
  await publishAll(2);
  await last.atLeast(2, 'publish');
  last.destroy();
  await untilClients(house, 1);
  const back = await RawClient.open(house.mqttPort, { id: 'a', version: 5, clean: false, properties });
  await back.atLeast(2, 'publish');
  expect(payloads(back)).toEqual(numbers(2));
});

test('retained messages are not for a group', async () => {
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  source.send(publishBytes({ topic: 't', retain: true, qos: 1, id: 1 }));
  await source.settled();
  const member = await join({ id: 'a' });
  await member.settled();
  expect(publishes(member)).toEqual([]);
});

test('who unsubscribes is given nothing any more', async () => {
  const [leaves, stays] = [await join({ id: 'a' }), await join({ id: 'b' })];
  leaves.send(bytesOf({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['$share/group/t'] }, 5));
  expect(await leaves.next('unsuback')).toMatchObject({ granted: [0] });
  await publishAll(4);
  await stays.atLeast(4, 'publish');
  await leaves.settled();
  expect(publishes(leaves)).toEqual([]);
});
