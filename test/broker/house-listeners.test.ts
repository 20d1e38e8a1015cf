// Listening inside the house: every accepted and released message once, in order, kept before it is acknowledged.
import { afterEach, expect, test } from 'vitest';
import type { BatchNumber } from '../../src/base/index.ts';
import type { Message } from '../../src/broker/index.ts';
import { startBroker, type TestBroker, type TestBrokerOptions } from '../support/broker.ts';
import { publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function start(options: TestBrokerOptions = {}): Promise<TestBroker> {
  const house = await startBroker(options);
  undo.push(() => house.stop());
  return house;
}

async function client(house: TestBroker, id: string): Promise<RawClient> {
  const opened = await RawClient.open(house.mqttPort, { id });
  undo.push(() => opened.destroy());
  return opened;
}

const message = (topic: string, more: Partial<Message> = {}): Message => ({
  ...{ topic, payload: Buffer.from('x'), qos: 0, retain: false, origin: 'rule', by: 'night' },
  ...more,
});

test('what clients publish, what we publish and what is released is heard once, in order, with its origin', async () => {
  const house = await start();
  const heard: string[] = [];
  const stop = house.broker.listen(['home/#', 'home/+', 'other'], ({ topic, origin, by, qos, retain }) => {
    heard.push([topic, origin, by, qos, retain].join(' '));
    return undefined;
  });
  const lamp = await client(house, 'lamp');
  lamp.send(publishBytes({ topic: 'home/a', qos: 1, id: 1, retain: true }), publishBytes({ topic: 'away' }));
  await lamp.settled();
  house.broker.publish(message('home/b'));
  house.broker.release(message('other', { qos: 1 }));
  house.broker.publish(message('away'));
  stop();
  house.broker.publish(message('home/c'));
  expect(heard).toEqual([
    'home/a client lamp 1 true',
    'home/b rule night 0 false',
    'other rule night 1 false',
  ]);
});

test('what the broker says of itself is not heard', async () => {
  const heard: string[] = [];
  const house = await start();
  house.broker.listen(['#', '$SYS/#'], ({ topic }) => {
    heard.push(topic);
    return undefined;
  });
  const watcher = await client(house, 'watcher');
  watcher.send(subscribeBytes('$SYS/#'));
  await watcher.next('publish');
  expect(heard).toEqual([]);
});

test('the acknowledgement waits for the later of both batches', async () => {
  for (const accepted of [undefined, 1] as const) {
    const house = await start({ accept: () => accepted });
    const keep = (): BatchNumber => house.commits.open;
    house.broker.listen(['#'], keep);
    house.commits.commit();
    const lamp = await client(house, 'lamp');
    lamp.send(publishBytes({ topic: 'a', qos: 1, id: 1 }));
    await lamp.settled();
    expect(lamp.got('puback')).toEqual([]);
    house.commits.commit();
    await lamp.next('puback');
  }
});

test('a listener that throws keeps nobody from hearing', async () => {
  const house = await start();
  const heard: string[] = [];
  house.broker.listen(['#'], () => {
    throw new Error('a bug');
  });
  house.broker.listen(['#'], ({ topic }) => {
    heard.push(topic);
    return undefined;
  });
  house.broker.publish(message('a'));
  expect(heard).toEqual(['a']);
  expect(house.accepted.map(({ topic }) => topic)).toEqual(['a']);
});

test('retained messages can be read under a filter', async () => {
  const house = await start();
  house.broker.publish(message('home/a', { retain: true, properties: { contentType: 'text' } }));
  house.broker.publish(message('away', { retain: true }));
  expect([...house.broker.retained('home/#')]).toMatchObject([
    { topic: 'home/a', retain: true, properties: { contentType: 'text' } },
  ]);
});
