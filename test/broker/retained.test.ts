// Retained messages: over a restart, bounded, listed and cleared.
import { expect, test } from 'vitest';
import {
  type LogLine,
  RetainedRowsDouble,
  recordingLogger,
  someTime,
  startBroker,
} from '../support/broker.ts';
import { bytesOf, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

const subscribe5 = (filter: string): Buffer =>
  bytesOf({ cmd: 'subscribe', messageId: 1, properties: {}, subscriptions: [{ topic: filter, qos: 2 }] }, 5);

test('they come back after a restart with QoS and properties', async () => {
  const rows = new RetainedRowsDouble();
  const properties = {
    contentType: 'text',
    correlationData: Buffer.from([0, 255]),
    userProperties: { a: 'b' },
  };
  const before = await startBroker({ rows });
  const lamp = await RawClient.open(before.mqttPort, { id: 'lamp', version: 5 });
  lamp.send(
    publishBytes({ topic: 'home/lamp', payload: 'on', qos: 1, id: 1, retain: true, properties, version: 5 }),
  );
  lamp.send(publishBytes({ topic: 'home/gone', payload: 'on', retain: true, version: 5 }));
  lamp.send(publishBytes({ topic: 'home/gone', payload: '', retain: true, version: 5 }));
  await lamp.settled();
  await before.stop();
  expect([...rows.rows.keys()]).toEqual(['home/lamp']);

  const after = await startBroker({ rows });
  const panel = await RawClient.open(after.mqttPort, { id: 'panel', version: 5 });
  panel.send(subscribe5('home/#'));
  expect(await panel.next('publish')).toMatchObject({
    topic: 'home/lamp',
    payload: Buffer.from('on'),
    qos: 1,
    retain: true,
    properties: { contentType: 'text', correlationData: Buffer.from([0, 255]) },
  });
  expect(panel.got('publish')[0]).toHaveProperty('properties.userProperties.a', 'b');
  expect(after.accepted).toEqual([]);
  await after.stop();
});

test('one that expired while the house was down is gone, a broken row is skipped with a warning', async () => {
  const rows = new RetainedRowsDouble();
  const at = Date.now() - 10_000;
  const row = { payload: Buffer.from('x'), qos: 0 as const, at, user: null, client: null };
  rows.put({ ...row, topic: 'old', properties: '{"messageExpiryInterval":5}' });
  rows.put({ ...row, topic: 'young', properties: '{"messageExpiryInterval":3600}' });
  rows.put({ ...row, topic: 'broken', properties: '{' });
  const lines: LogLine[] = [];
  const house = await startBroker({ rows, log: recordingLogger(lines) });
  expect(['old', 'young', 'broken'].map((topic) => house.broker.isRetained(topic))).toEqual([
    false,
    true,
    false,
  ]);
  expect(rows.rows.has('old')).toBe(false);
  expect(lines).toMatchObject([{ level: 'warn', fields: { topic: 'broken' } }]);
  await house.stop();
});

test('past the bound a message is passed on but not kept, and that is counted', async () => {
  const house = await startBroker({ limits: { retainedMessages: 1, retainedBytes: 10_000 } });
  // The broker's own announcements are always kept and count: the bound is hit by the first client topic.
  const before = house.broker.counters();
  const lamp = await RawClient.open(house.mqttPort, { id: 'lamp' });
  lamp.send(subscribeBytes('home/#'));
  await lamp.next('suback');
  lamp.send(publishBytes({ topic: 'home/a', retain: true, qos: 1, id: 1 }));
  await lamp.next('publish');
  await lamp.next('puback');
  expect(house.broker.isRetained('home/a')).toBe(false);
  expect(house.retained.rows.size).toBe(0);
  expect(house.broker.counters()).toMatchObject({
    retainedRefused: 1,
    retainedMessages: before.retainedMessages,
  });
  await house.stop();
});

test('clearing forgets without telling; own releases are kept as rows', async () => {
  const house = await startBroker();
  const message = {
    topic: 'home/a',
    payload: Buffer.from('1'),
    qos: 0 as const,
    retain: true,
    origin: 'rule' as const,
    by: 'r',
  };
  house.broker.release(message);
  expect(house.retained.rows.has('home/a')).toBe(true);
  expect(house.broker.isRetained('home/a')).toBe(true);
  expect(house.broker.clearRetained('home/a')).toBe(true);
  expect(house.broker.clearRetained('home/a')).toBe(false);
  expect(house.retained.rows.size).toBe(0);
  expect(house.broker.publish(message)).toBe(house.commits.open);
  await house.stop();
});

test('filters find what they match, each QoS lowered to the subscription', async () => {
  const rows = new RetainedRowsDouble();
  for (const topic of ['a', 'a/b', 'a/b/c', 'ab', 'x/b'])
    rows.put({
      topic,
      payload: Buffer.from(topic),
      qos: 2,
      properties: null,
      at: someTime,
      user: null,
      client: null,
    });
  const house = await startBroker({ rows });
  const cases = { 'a/#': ['a', 'a/b', 'a/b/c'], '+/b': ['a/b', 'x/b'], ab: ['ab'], 'a/+/c': ['a/b/c'] };
  for (const [filter, expected] of Object.entries(cases)) {
    const panel = await RawClient.open(house.mqttPort, { id: `panel ${filter}` });
    panel.send(subscribeBytes(filter, 0));
    const packets = await panel.atLeast(expected.length, 'publish');
    await panel.settled();
    expect(packets.map((packet) => 'topic' in packet && packet.topic)).toEqual(expected);
    for (const packet of packets) expect(packet).toMatchObject({ qos: 0, retain: true });
  }
  await house.stop();
});

test('the status says online while it runs and is told to subscribers when it ends', async () => {
  const house = await startBroker();
  const panel = await RawClient.open(house.mqttPort, { id: 'panel' });
  panel.send(subscribeBytes('homerule/status'));
  expect(await panel.next('publish')).toMatchObject({ payload: Buffer.from('online'), retain: true });
  await house.stop();
  await panel.closed();
  expect(panel.got('publish')[1]).toMatchObject({ payload: Buffer.from('offline') });
  expect(house.accepted).toEqual([]);
  expect(house.retained.rows.size).toBe(0);
});
