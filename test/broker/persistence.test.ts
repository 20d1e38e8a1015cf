// On the wire: what tells a client of a change of its session waits for the commit, and a killed house goes on.
import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from '../../src/broker/index.ts';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { ManualCommits, PromptCommits } from '../support/commits.ts';
import { bytesOf, publishBytes, pubrelBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';
import { SessionTablesDouble } from '../support/session-tables.ts';

const running: TestBroker[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((house) => house.stop()));
});

async function start(options: Parameters<typeof startBroker>[0] = {}): Promise<TestBroker> {
  const house = await startBroker({ sessions: new SessionTablesDouble(), ...options });
  running.push(house);
  return house;
}

const manual = (): Promise<TestBroker> => start({ commits: new ManualCommits() });
const prompt = (sessions = new SessionTablesDouble()): Promise<TestBroker> =>
  start({ commits: new PromptCommits(), sessions });

const release = (house: TestBroker, payload: string, qos: 0 | 1 | 2): void => {
  const message: Message = {
    topic: 'home/x',
    payload: Buffer.from(payload),
    qos,
    retain: false,
    origin: 'rule',
    by: 'r',
  };
  house.broker.release(message);
};

const ack = (first: number, { messageId = 0 }: { messageId?: number }): number[] => [
  first,
  2,
  messageId >> 8,
  messageId & 0xff,
];
const pubrec = 0x50;
const pubcomp = 0x70;

/** Nothing of this kind came although everything before was handled. */
async function expectNone(client: RawClient, cmd: string): Promise<void> {
  await client.settled();
  await client.settled();
  expect(client.got(cmd)).toEqual([]);
}

async function subscribed(house: TestBroker, id: string, qos: 0 | 1 | 2 = 2): Promise<RawClient> {
  const client = await RawClient.open(house.mqttPort, { id, clean: false });
  client.send(subscribeBytes('home/#', qos));
  await client.settled();
  house.commits.commit();
  await client.next('suback');
  return client;
}

describe('before the commit', () => {
  test('no SUBACK and no UNSUBACK of a session that is kept', async () => {
    const house = await manual();
    const client = await RawClient.open(house.mqttPort, { id: 'panel', clean: false });
    const helper = await RawClient.open(house.mqttPort, { id: 'helper' });
    client.send(subscribeBytes('home/#', 1));
    await helper.settled();
    await helper.settled();
    expect(client.got('suback')).toEqual([]);
    release(house, 'too early', 1);
    house.commits.commit();
    await client.next('suback');
    release(house, 'in time', 1);
    expect(await client.next('publish')).toMatchObject({ payload: Buffer.from('in time') });

    client.send(bytesOf({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['home/#'] }));
    await helper.settled();
    await helper.settled();
    expect(client.got('unsuback')).toEqual([]);
    house.commits.commit();
    await client.next('unsuback');
  });

  test('a session that ends with its connection waits for nothing', async () => {
    const house = await manual();
    const client = await RawClient.open(house.mqttPort, { id: 'panel' });
    client.send(subscribeBytes('home/#', 2));
    await client.next('suback');
    release(house, 'x', 2);
    const message = await client.next('publish');
    client.send(ack(pubrec, message));
    await client.next('pubrel');
    client.send(publishBytes({ topic: 'a', qos: 2, id: 7 }));
    await client.next('pubrec');
    client.send(pubrelBytes(7));
    await client.next('pubcomp');
    expect(house.commits.waiting).toBe(0);
  });

  test('no QoS 2 message and no PUBREL to a session that is kept; QoS 0 and 1 go at once', async () => {
    const house = await manual();
    const client = await subscribed(house, 'panel');
    release(house, 'two', 2);
    release(house, 'one', 1);
    release(house, 'nought', 0);
    await client.atLeast(2, 'publish');
    await client.settled();
    const textsOf = (): string[] =>
      client.got('publish').map((packet) => ('payload' in packet ? String(packet.payload) : ''));
    expect(textsOf()).toEqual(['one', 'nought']);
    house.commits.commit();
    const [, , message = {}] = await client.atLeast(3, 'publish');
    expect(message).toMatchObject({ payload: Buffer.from('two'), qos: 2 });
    client.send(ack(pubrec, message));
    await expectNone(client, 'pubrel');
    house.commits.commit();
    await client.next('pubrel');
  });

  test('no PUBACK when the message is queued for somebody, although accept asks for nothing', async () => {
    const house = await manual();
    const panel = await subscribed(house, 'panel', 1);
    panel.destroy();
    await untilClients(house, 0);
    const lamp = await RawClient.open(house.mqttPort, { id: 'lamp' });
    lamp.send(
      publishBytes({ topic: 'home/x', qos: 1, id: 1 }),
      publishBytes({ topic: 'home/x', qos: 2, id: 2 }),
    );
    await expectNone(lamp, 'puback');
    await expectNone(lamp, 'pubrec');
    house.commits.commit();
    await lamp.next('puback');
    await lamp.next('pubrec');
  });

  test('no PUBREC and no PUBCOMP to a session that is kept', async () => {
    const house = await manual();
    const lamp = await RawClient.open(house.mqttPort, { id: 'lamp', clean: false });
    lamp.send(publishBytes({ topic: 'a', qos: 2, id: 7 }));
    await expectNone(lamp, 'pubrec');
    house.commits.commit();
    await lamp.next('pubrec');
    lamp.send(pubrelBytes(7));
    await expectNone(lamp, 'pubcomp');
    house.commits.commit();
    await lamp.next('pubcomp');
  });
});

describe('after a crash', () => {
  /** The second house finds what the first had on disk when it was killed. */
  const crashed = (tables: SessionTablesDouble): Promise<TestBroker> => prompt(tables.snapshot());

  test('what was queued comes, what was under way comes again under its identifier', async () => {
    const tables = new SessionTablesDouble();
    const before = await prompt(tables);
    const panel = await RawClient.open(before.mqttPort, { id: 'panel', clean: false });
    panel.send(subscribeBytes('home/#', 2));
    await panel.next('suback');
    for (const payload of ['a', 'b', 'c']) release(before, payload, 2);
    const [a, b, c] = await panel.atLeast(3, 'publish');
    panel.send(ack(pubrec, a ?? {}));
    await panel.next('pubrel');
    panel.destroy();
    await untilClients(before, 0);
    release(before, 'd', 2);

    const after = await crashed(tables);
    const again = await RawClient.open(after.mqttPort, { id: 'panel', clean: false });
    expect(await again.next('connack')).toMatchObject({ sessionPresent: true });
    await again.atLeast(3, 'publish');
    expect(await again.next('pubrel')).toMatchObject({ messageId: a?.messageId });
    expect(again.got('publish')).toMatchObject([
      { payload: Buffer.from('b'), messageId: b?.messageId, dup: true },
      { payload: Buffer.from('c'), messageId: c?.messageId, dup: true },
      { payload: Buffer.from('d'), dup: false },
    ]);
    again.send(ack(pubcomp, a ?? {}));
    for (const packet of again.got('publish')) again.send(ack(pubrec, packet));
    await again.atLeast(4, 'pubrel');
    for (const packet of again.got('pubrel')) again.send(ack(pubcomp, packet));
    await again.settled();
    expect(after.broker.counters().queuedMessages).toBe(0);
  });

  test('a QoS 2 message that was accepted is not accepted again, even without subscriptions', async () => {
    const tables = new SessionTablesDouble();
    const before = await prompt(tables);
    const lamp = await RawClient.open(before.mqttPort, { id: 'lamp', clean: false });
    lamp.send(publishBytes({ topic: 'a', qos: 2, id: 7 }));
    await lamp.next('pubrec');
    const after = await crashed(tables);
    const again = await RawClient.open(after.mqttPort, { id: 'lamp', clean: false });
    expect(await again.next('connack')).toMatchObject({ sessionPresent: true });
    again.send(publishBytes({ topic: 'a', qos: 2, id: 7, dup: true }));
    await again.next('pubrec');
    again.send(pubrelBytes(7));
    await again.next('pubcomp');
    expect(after.accepted).toEqual([]);
    again.send(publishBytes({ topic: 'a', qos: 2, id: 7 }));
    await again.atLeast(2, 'pubrec');
    expect(after.accepted).toHaveLength(1);
  });

  test('the will of a client is on disk as long as it is connected, and published when it dies or the house stops', async () => {
    const tables = new SessionTablesDouble();
    const house = await prompt(tables);
    const will = { topic: 'gone', payload: Buffer.from('x'), qos: 1, retain: false };
    const lamp = await RawClient.open(house.mqttPort, { id: 'lamp', will });
    expect([...tables.wills.rows.values()]).toMatchObject([{ client: 'lamp', holdMs: 60_000, dueAt: null }]);
    lamp.destroy();
    await untilClients(house, 0);
    expect(tables.wills.rows.size).toBe(0);
    const other = await RawClient.open(house.mqttPort, { id: 'other', will });
    other.send([0xe0, 0]);
    await other.closed();
    await untilClients(house, 0);
    expect(tables.wills.rows.size).toBe(0);
    await RawClient.open(house.mqttPort, { id: 'third', will });
    await house.broker.stop();
    expect(tables.wills.rows.size).toBe(0);
    expect(house.accepted.map(({ topic }) => topic)).toEqual(['gone', 'gone']);
  });

  test('a client that takes its own place over leaves the will of its new connection', async () => {
    const tables = new SessionTablesDouble();
    const house = await prompt(tables);
    const willOf = (topic: string) => ({ topic, payload: Buffer.from('x'), qos: 0, retain: false });
    const first = await RawClient.open(house.mqttPort, { id: 'lamp', will: willOf('first') });
    const second = await RawClient.open(house.mqttPort, { id: 'lamp', will: willOf('second') });
    await first.closed();
    await second.settled();
    expect([...tables.wills.rows.values()]).toMatchObject([{ topic: 'second' }]);
    expect(house.accepted.map(({ topic }) => topic)).toEqual(['first']);
  });
});

test('an MQTT 5 session ends when its client says so at DISCONNECT', async () => {
  const tables = new SessionTablesDouble();
  const house = await prompt(tables);
  const properties = { sessionExpiryInterval: 600 };
  const client = await RawClient.open(house.mqttPort, { id: 'panel', version: 5, clean: false, properties });
  const subscribe = {
    cmd: 'subscribe',
    messageId: 1,
    properties: {},
    subscriptions: [{ topic: 'home/#', qos: 1 }],
  };
  client.send(bytesOf(subscribe, 5));
  await client.next('suback');
  expect([tables.sessions.rows.size, tables.subscriptions.rows.size]).toEqual([1, 1]);
  client.send(bytesOf({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 0 } }, 5));
  await client.closed();
  await untilClients(house, 0);
  expect([tables.sessions.rows.size, tables.subscriptions.rows.size]).toEqual([0, 0]);
});
