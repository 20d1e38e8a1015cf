// What MQTT 5 asks of the way out: limits that a client sets, terms of its subscriptions, life of a message.
import type { IPublishPacket, Packet } from 'mqtt-packet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SystemClock } from '../../src/base/index.ts';
import { startBroker, type TestBroker } from '../support/broker.ts';
import {
  bytesOf,
  connectBytes,
  publishBytes,
  pubrelBytes,
  RawClient,
  subscribeBytes,
} from '../support/raw-client.ts';

/** A clock that can be put forward; timers keep their own pace. */
class ShiftedClock extends SystemClock {
  shift = 0;

  override now(): number {
    return super.now() + this.shift;
  }
}

let house: TestBroker;
let clock: ShiftedClock;
beforeEach(async () => {
  clock = new ShiftedClock();
  house = await startBroker({ clock, limits: { halfOpen: 5, keepaliveSeconds: 60 } });
});
afterEach(() => house.stop());

interface Options {
  readonly qos?: 0 | 1 | 2;
  readonly nl?: boolean;
  readonly rap?: boolean;
  readonly rh?: number;
  readonly identifier?: number;
}

function subscribe5(filter: string, options: Options = {}): Buffer {
  const { qos = 2, nl = false, rap = false, rh = 0, identifier } = options;
  const properties = identifier === undefined ? {} : { properties: { subscriptionIdentifier: identifier } };
  const subscriptions = [{ topic: filter, qos, nl, rap, rh }];
  return bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions, ...properties }, 5);
}

const open5 = (id: string, properties?: object, clean = true): Promise<RawClient> =>
  RawClient.open(house.mqttPort, { id, version: 5, clean, ...(properties && { properties }) });

async function subscriber(id: string, filters: readonly Buffer[], properties?: object): Promise<RawClient> {
  const client = await open5(id, properties);
  client.send(...filters);
  await client.atLeast(filters.length, 'suback');
  return client;
}

const publish5 = (options: Parameters<typeof publishBytes>[0]): Buffer =>
  publishBytes({ ...options, version: 5 });

/** PUBACK, PUBREC (with a reason) or PUBCOMP. */
const ack = (cmd: 'puback' | 'pubrec' | 'pubcomp', messageId: number | undefined, reasonCode = 0): Buffer =>
  bytesOf({ cmd, messageId, reasonCode }, 5);

const isPublish = (packet: Packet): packet is IPublishPacket => packet.cmd === 'publish';
const publishes = (client: RawClient): IPublishPacket[] => client.packets.filter(isPublish);
const payloads = (client: RawClient): string[] => publishes(client).map(({ payload }) => payload.toString());

test('no more than the receive maximum is on its way, in order', async () => {
  const slow = await subscriber('slow', [subscribe5('t', { qos: 1 })], { receiveMaximum: 2 });
  const source = await open5('source');
  for (let id = 1; id <= 5; id++) source.send(publish5({ topic: 't', qos: 1, id, payload: `${id}` }));
  await source.atLeast(5, 'puback');
  await slow.atLeast(2, 'publish');
  await slow.settled();
  expect(payloads(slow)).toEqual(['1', '2']);
  slow.send(ack('puback', publishes(slow)[0]?.messageId));
  await slow.atLeast(3, 'publish');
  await slow.settled();
  expect(payloads(slow)).toEqual(['1', '2', '3']);
  slow.send(
    ...publishes(slow)
      .slice(1)
      .map(({ messageId }) => ack('puback', messageId)),
  );
  await slow.atLeast(5, 'publish');
  expect(payloads(slow)).toEqual(['1', '2', '3', '4', '5']);
  expect(
    new Set(
      publishes(slow)
        .slice(3)
        .map(({ messageId }) => messageId),
    ).size,
  ).toBe(2);
});

test('a QoS 2 message holds its place until PUBCOMP, or a PUBREC that refuses it', async () => {
  const slow = await subscriber('slow', [subscribe5('t')], { receiveMaximum: 1 });
  const source = await open5('source');
  for (let id = 1; id <= 3; id++) source.send(publish5({ topic: 't', qos: 2, id, payload: `${id}` }));
  const [first] = await slow.atLeast(1, 'publish');
  slow.send(ack('pubrec', first?.messageId));
  await slow.next('pubrel');
  await slow.settled();
  expect(payloads(slow)).toEqual(['1']);
  slow.send(ack('pubcomp', first?.messageId));
  const second = (await slow.atLeast(2, 'publish'))[1];
  slow.send(ack('pubrec', second?.messageId, 0x97));
  await slow.atLeast(3, 'publish');
  expect(payloads(slow)).toEqual(['1', '2', '3']);
});

test('QoS 0 does not wait for the window', async () => {
  const slow = await subscriber('slow', [subscribe5('t', { qos: 1 })], { receiveMaximum: 1 });
  const source = await open5('source');
  for (let id = 1; id <= 2; id++) source.send(publish5({ topic: 't', qos: 1, id, payload: `${id}` }));
  await source.atLeast(2, 'puback');
  source.send(publish5({ topic: 't', payload: 'now' }));
  await slow.atLeast(2, 'publish');
  expect(payloads(slow)).toEqual(['1', 'now']);
});

test('topics get aliases, as many as the client takes', async () => {
  const client = await subscriber('client', [subscribe5('+', { qos: 1 })], { topicAliasMaximum: 2 });
  const source = await open5('source');
  for (const topic of ['a', 'b', 'a', 'c', 'b']) source.send(publish5({ topic, payload: topic }));
  await client.atLeast(5, 'publish');
  const seen = publishes(client).map(({ topic, properties }) => [topic, properties?.topicAlias]);
  expect(seen).toEqual([
    ['a', 1],
    ['b', 2],
    ['', 1],
    ['c', undefined],
    ['', 2],
  ]);
  expect(payloads(client)).toEqual(['a', 'b', 'a', 'c', 'b']);
});

test('B30: a CONNACK or SUBACK larger than the client takes is not sent: the connection ends', async () => {
  const greet = (maximumPacketSize: number): Promise<RawClient> => {
    const connect = connectBytes({ id: 'c', version: 5, properties: { maximumPacketSize } });
    return RawClient.greet(house.mqttPort, connect, 5);
  };
  const narrow = await greet(18);
  await narrow.closed();
  expect(narrow.packets).toEqual([]);
  const wide = await greet(60);
  await wide.next('connack');
  const subscriptions = Array.from({ length: 70 }, (_, at) => ({ topic: `t/${at}`, qos: 0 }));
  wide.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions }, 5));
  await wide.closed();
  expect(wide.got('suback')).toEqual([]);
  expect(house.broker.counters().tooLarge).toBe(2);
});

test('B30: what is larger than the client takes is not sent, and counted', async () => {
  const client = await subscriber('client', [subscribe5('t')], { maximumPacketSize: 40 });
  const source = await open5('source');
  const large = 'x'.repeat(40);
  for (const qos of [0, 1] as const) source.send(publish5({ topic: 't', qos, id: 1, payload: large }));
  source.send(publish5({ topic: 't', payload: 'small' }));
  await client.next('publish');
  await source.next('puback');
  await client.settled();
  expect(payloads(client)).toEqual(['small']);
  expect(house.broker.counters().tooLarge).toBe(2);
});

test('what is too large leaves the queue of a session as well', async () => {
  const properties = { sessionExpiryInterval: 60 };
  const first = await subscriber('client', [subscribe5('t', { qos: 1 })], {
    ...properties,
    maximumPacketSize: 40,
  });
  const source = await open5('source');
  source.send(publish5({ topic: 't', qos: 1, id: 1, payload: 'x'.repeat(40) }));
  await source.next('puback');
  await first.settled();
  first.destroy();
  const again = await open5('client', properties, false);
  await again.settled();
  expect(publishes(again)).toEqual([]);
});

test('overlapping subscriptions: one message, the highest QoS, all identifiers', async () => {
  const client = await subscriber('client', [
    subscribe5('a/#', { qos: 0, identifier: 7 }),
    subscribe5('a/+', { qos: 2, identifier: 300 }),
    subscribe5('a/b', { qos: 1 }),
    subscribe5('b', { identifier: 9 }),
  ]);
  const source = await open5('source');
  source.send(publish5({ topic: 'a/b', qos: 2, id: 1 }), pubrelBytes(1));
  source.send(publish5({ topic: 'a', payload: 'end' }));
  await client.atLeast(2, 'publish');
  const seen = publishes(client).map(({ topic, qos, properties }) => {
    const ids = [properties?.subscriptionIdentifier ?? []].flat();
    return { topic, qos, ids: ids.toSorted((a, b) => a - b) };
  });
  expect(seen.toSorted((a, b) => b.qos - a.qos)).toEqual([
    { topic: 'a/b', qos: 2, ids: [7, 300] },
    { topic: 'a', qos: 0, ids: [7] },
  ]);
});

test('no local counts for its own messages only, and only where it was asked for', async () => {
  const both = await subscriber('both', [subscribe5('t', { nl: true, qos: 1 }), subscribe5('+', { qos: 0 })]);
  const only = await subscriber('only', [subscribe5('t', { nl: true, qos: 1 })]);
  for (const [client, payload] of [
    [both, 'of both'],
    [only, 'of only'],
  ] as const)
    client.send(publish5({ topic: 't', qos: 1, id: 9, payload }));
  await both.atLeast(2, 'publish');
  await only.atLeast(1, 'publish');
  await only.settled();
  const seen = (client: RawClient) => publishes(client).map(({ qos, payload }) => `${payload} ${qos}`);
  expect(new Set(seen(both))).toEqual(new Set(['of both 0', 'of only 1']));
  expect(seen(both)).toHaveLength(2);
  expect(seen(only)).toEqual(['of both 1']);
});

test('retain as published keeps the flag, without it the flag is cleared', async () => {
  const keeps = await subscriber('keeps', [subscribe5('t', { rap: true })]);
  const clears = await subscriber('clears', [subscribe5('t')]);
  const source = await open5('source');
  source.send(publish5({ topic: 't', retain: true }), publish5({ topic: 't' }));
  await Promise.all([keeps.atLeast(2, 'publish'), clears.atLeast(2, 'publish')]);
  expect(publishes(keeps).map(({ retain }) => retain)).toEqual([true, false]);
  expect(publishes(clears).map(({ retain }) => retain)).toEqual([false, false]);
});

test('retain handling: always, when new, never; with the identifier of the SUBSCRIBE', async () => {
  const source = await open5('source');
  source.send(publish5({ topic: 't', retain: true, qos: 1, id: 1 }));
  await source.settled();
  const expected = { 0: 2, 1: 1, 2: 0 };
  for (const [rh, count] of Object.entries(expected)) {
    const client = await open5(`client ${rh}`);
    for (let time = 0; time < 2; time++) {
      client.send(subscribe5('t', { rh: Number(rh), identifier: 5, qos: 1 }));
      await client.atLeast(time + 1, 'suback');
      await client.settled();
    }
    expect(publishes(client)).toHaveLength(count);
    for (const packet of publishes(client))
      expect(packet).toMatchObject({ retain: true, qos: 1, properties: { subscriptionIdentifier: 5 } });
  }
});

test('a message that waits ages: what is left of its life is told, and what is over is not sent', async () => {
  const slow = await subscriber('slow', [subscribe5('t', { qos: 1 })], { receiveMaximum: 1 });
  const source = await open5('source');
  for (const [id, seconds] of [60, 60, 5, 60].entries()) {
    const properties = { messageExpiryInterval: seconds };
    source.send(publish5({ topic: 't', qos: 1, id: id + 1, payload: `${id + 1}`, properties }));
  }
  await source.atLeast(4, 'puback');
  await slow.atLeast(1, 'publish');
  clock.shift = 20_000;
  slow.send(ack('puback', publishes(slow)[0]?.messageId));
  await slow.atLeast(2, 'publish');
  slow.send(ack('puback', publishes(slow)[1]?.messageId));
  await slow.atLeast(3, 'publish');
  const left = publishes(slow).map(({ properties }) => properties?.messageExpiryInterval ?? 0);
  expect(payloads(slow)).toEqual(['1', '2', '4']);
  expect(left[0]).toBe(60);
  for (const seconds of left.slice(1)) {
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThanOrEqual(40);
  }
  expect(house.broker.counters().expired).toBe(1);
});

test('properties travel from end to end, and old clients get the message without them', async () => {
  const properties = {
    payloadFormatIndicator: true,
    contentType: 'text/plain',
    responseTopic: 'answer',
    correlationData: Buffer.from('42'),
    userProperties: { a: ['1', '2'], b: '3' },
  };
  const modern = await subscriber('modern', [subscribe5('t')]);
  const old = await RawClient.open(house.mqttPort, { id: 'old' });
  old.send(subscribeBytes('t'));
  await old.next('suback');
  const source = await open5('source');
  source.send(publish5({ topic: 't', properties }));
  expect(await modern.next('publish')).toMatchObject({ topic: 't', properties });
  const plain = await old.next('publish');
  expect(plain).toMatchObject({ topic: 't', payload: Buffer.from('x') });
  expect(plain).not.toHaveProperty('properties');
  expect(house.accepted.at(-1)?.properties).toMatchObject(properties);
});

test('one QoS 2 message more than we take is answered with 0x93', async () => {
  const client = await open5('client');
  const connack = client.got('connack')[0];
  expect(connack).toMatchObject({ properties: { receiveMaximum: 5 } });
  for (let id = 1; id <= 5; id++) client.send(publish5({ topic: 't', qos: 2, id }));
  await client.atLeast(5, 'pubrec');
  client.send(pubrelBytes(3));
  await client.next('pubcomp');
  client.send(publish5({ topic: 't', qos: 2, id: 6 }));
  await client.atLeast(6, 'pubrec');
  client.send(publish5({ topic: 't', qos: 2, id: 7 }));
  expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x93 });
  await client.closed();
  expect(house.accepted).toHaveLength(6);
});

test('an authentication method that we do not have is refused with 0x8c', async () => {
  const client = await RawClient.open(house.mqttPort, {
    id: 'x',
    version: 5,
    properties: { authenticationMethod: 'x' },
  });
  expect(client.got('connack')[0]).toMatchObject({ reasonCode: 0x8c });
  await client.closed();
});

test('the keep-alive of the server is told to MQTT 5 clients only, where theirs is longer or none', async () => {
  const modern = await open5('modern');
  expect(modern.got('connack')[0]).toMatchObject({ properties: { serverKeepAlive: 60 } });
  const old = await RawClient.open(house.mqttPort, { id: 'old' });
  expect(old.got('connack')[0]).toMatchObject({ returnCode: 0 });
});

test('where answers may go is told to a client that asks', async () => {
  const asks = await open5('asks', { requestResponseInformation: true });
  expect(asks.got('connack')[0]).toMatchObject({ properties: { responseInformation: 'response/asks' } });
  const asksNot = await open5('asks-not');
  expect(asksNot.got('connack')[0]).not.toHaveProperty('properties.responseInformation');
});

test('a refused publish says why, unless the client does not want to know', async () => {
  const cases = { told: undefined, untold: { requestProblemInformation: false } };
  for (const [id, properties] of Object.entries(cases)) {
    const client = await open5(id, properties);
    client.send(publish5({ topic: 'homerule/x', qos: 1, id: 1 }));
    const puback = await client.next('puback');
    expect(puback).toMatchObject({ reasonCode: 0x87 });
    const reason = expect.objectContaining({ properties: { reasonString: '"homerule/x" is reserved' } });
    if (id === 'told') expect(puback).toEqual(reason);
    else expect(puback).not.toEqual(reason);
  }
});
