// The accept seam sees every accepted publish exactly once, and nothing else.
import { afterEach, expect, test } from 'vitest';
import type { Message } from '../../src/broker/index.ts';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { bytesOf, publishBytes, pubrelBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

const started: TestBroker[] = [];
async function start(options?: Parameters<typeof startBroker>[0]): Promise<TestBroker> {
  const house = await startBroker(options);
  started.push(house);
  return house;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((house) => house.stop()));
});

const topicsOf = (house: TestBroker): string[] => house.accepted.map((message) => message.topic);

test.each([0, 1, 2] as const)('a QoS %i publish passes once, with its sender', async (qos) => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(publishBytes({ topic: 'a/b', payload: 'on', qos, id: 7, retain: qos === 1 }));
  if (qos === 2) {
    await client.next('pubrec');
    client.send(pubrelBytes(7));
    await client.next('pubcomp');
  }
  await client.settled();
  await client.settled();
  expect(house.accepted).toEqual([
    { topic: 'a/b', payload: Buffer.from('on'), qos, retain: qos === 1, origin: 'client', by: 'lamp' },
  ]);
});

test('a QoS 2 publish that is sent again passes once, in the same segment and later', async () => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  const first = publishBytes({ topic: 'a', qos: 2, id: 9 });
  const again = publishBytes({ topic: 'a', qos: 2, id: 9, dup: true });
  client.send(first, again);
  await client.atLeast(2, 'pubrec');
  client.send(again);
  await client.atLeast(3, 'pubrec');
  client.send(pubrelBytes(9));
  await client.next('pubcomp');
  expect(topicsOf(house)).toEqual(['a']);
  client.send(first);
  await client.atLeast(4, 'pubrec');
  expect(topicsOf(house)).toEqual(['a', 'a']);
});

test('a QoS 2 publish and its PUBREL in one segment leave the identifier free', async () => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(publishBytes({ topic: 'a', qos: 2, id: 9 }), pubrelBytes(9));
  await client.next('pubcomp');
  client.send(publishBytes({ topic: 'b', qos: 2, id: 9 }));
  await client.atLeast(2, 'pubrec');
  expect(topicsOf(house)).toEqual(['a', 'b']);
});

test('a clean start makes half-open QoS 2 identifiers free again', async () => {
  const house = await start();
  const before = await RawClient.open(house.mqttPort, { id: 'lamp' });
  before.send(publishBytes({ topic: 'a', qos: 2, id: 3 }));
  await before.next('pubrec');
  before.destroy();
  const after = await RawClient.open(house.mqttPort, { id: 'lamp' });
  after.send(publishBytes({ topic: 'b', qos: 2, id: 3 }));
  await after.next('pubrec');
  expect(topicsOf(house)).toEqual(['a', 'b']);
});

test('a will passes once and its delay is seen by nobody', async () => {
  const house = await start();
  const watcher = await RawClient.open(house.mqttPort, { id: 'watcher', version: 5 });
  watcher.send(
    bytesOf(
      { cmd: 'subscribe', messageId: 1, properties: {}, subscriptions: [{ topic: 'gone/#', qos: 0 }] },
      5,
    ),
  );
  await watcher.next('suback');
  const lamp = await RawClient.open(house.mqttPort, {
    id: 'lamp',
    version: 5,
    will: {
      topic: 'gone/lamp',
      payload: 'yes',
      properties: { willDelayInterval: 3600, contentType: 'text' },
    },
  });
  lamp.destroy();
  const publish = await watcher.next('publish');
  expect(publish).toMatchObject({ topic: 'gone/lamp', properties: { contentType: 'text' } });
  expect(publish).not.toHaveProperty('properties.willDelayInterval');
  expect(house.accepted).toMatchObject([{ topic: 'gone/lamp', origin: 'client', by: 'lamp' }]);
});

test('connecting, subscribing, heartbeats and statistics do not pass', async () => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(subscribeBytes('#'), subscribeBytes('$SYS/#', 0, 2));
  await client.atLeast(10, 'publish');
  const other = await RawClient.open(house.mqttPort, { id: 'other' });
  other.destroy();
  await client.settled();
  expect(house.accepted).toEqual([]);
  const topics = new Set(client.got('publish').map((packet) => 'topic' in packet && String(packet.topic)));
  for (const topic of topics) expect(topic).toMatch(/^(\$SYS\/broker\/|homerule\/status$)/);
});

const own: Message = {
  topic: 'hall/lamp/set',
  payload: Buffer.from('on'),
  qos: 1,
  retain: false,
  origin: 'rule',
  by: 'night-light',
  properties: {
    contentType: 'text/plain',
    responseTopic: 'back',
    correlationData: Buffer.from('7'),
    messageExpiryInterval: 60,
    payloadFormatIndicator: true,
    userProperties: { why: ['dark', 'late'] },
  },
};

test('publish passes once and reaches subscribers with its properties; release only reaches them', async () => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp', version: 5 });
  client.send(
    bytesOf(
      { cmd: 'subscribe', messageId: 1, properties: {}, subscriptions: [{ topic: 'hall/#', qos: 1 }] },
      5,
    ),
  );
  await client.next('suback');
  house.broker.publish(own);
  house.broker.release({ ...own, topic: 'hall/released' });
  const [first, second] = await client.atLeast(2, 'publish');
  expect(house.accepted).toEqual([own]);
  expect(first).toMatchObject({ topic: 'hall/lamp/set', qos: 1, payload: Buffer.from('on') });
  expect(first).toHaveProperty('properties', { ...own.properties, userProperties: expect.anything() });
  expect(first).toHaveProperty('properties.userProperties.why', ['dark', 'late']);
  expect(second).toMatchObject({ topic: 'hall/released' });
});

test('the properties of a client publish reach the seam', async () => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp', version: 5 });
  const properties = { ...own.properties, userProperties: { a: '1' }, topicAlias: 3 };
  client.send(publishBytes({ topic: 'a', properties, version: 5 }));
  await client.settled();
  expect(house.accepted[0]?.properties).toEqual({
    ...own.properties,
    userProperties: expect.objectContaining({ a: '1' }),
  });
  expect(house.accepted[0]?.properties).not.toHaveProperty('topicAlias');
});

test('publish refuses what is no topic; release drops and counts it', async () => {
  const house = await start();
  expect(() => house.broker.publish({ ...own, topic: 'a/+' })).toThrow(/no wildcard/);
  house.broker.release({ ...own, topic: '' });
  expect(house.broker.counters().releasesDropped).toBe(1);
  expect(house.accepted).toEqual([]);
});

test('an accept that throws loses neither the message nor the process', async () => {
  const house = await start({
    accept: () => {
      throw new Error('bug of the house');
    },
  });
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(subscribeBytes('a', 1));
  await client.next('suback');
  client.send(publishBytes({ topic: 'a', qos: 1, id: 1 }));
  await client.next('publish');
  await client.next('puback');
  expect(house.broker.counters().caught).toBe(1);
});

test.each(['$SYS/broker/uptime', '$anything', 'homerule/status', 'homerule/rules/x/run'])(
  'clients may not publish to %s; the connection stays',
  async (topic) => {
    const house = await start();
    const three = await RawClient.open(house.mqttPort, { id: 'three' });
    three.send(publishBytes({ topic, qos: 1, id: 1 }), publishBytes({ topic, qos: 2, id: 2 }));
    three.send(publishBytes({ topic, qos: 0 }));
    await three.next('puback');
    await three.next('pubrec');
    await three.settled();
    const five = await RawClient.open(house.mqttPort, { id: 'five', version: 5 });
    five.send(
      publishBytes({ topic, qos: 1, id: 1, version: 5 }),
      publishBytes({ topic, qos: 2, id: 2, version: 5 }),
    );
    expect(await five.next('puback')).toMatchObject({ reasonCode: 0x87 });
    expect(await five.next('pubrec')).toMatchObject({ reasonCode: 0x87 });
    await five.settled();
    expect(house.accepted).toEqual([]);
    expect(house.broker.counters().deniedPublishes).toBe(5);
  },
);

test('a will under a reserved topic is not published', async () => {
  const house = await start();
  const lamp = await RawClient.open(house.mqttPort, {
    id: 'lamp',
    will: { topic: 'homerule/status', payload: 'fake' },
  });
  const watcher = await RawClient.open(house.mqttPort, { id: 'watcher' });
  watcher.send(subscribeBytes('homerule/#'));
  await watcher.next('publish');
  lamp.destroy();
  await untilClients(house, 1);
  await watcher.settled();
  expect(watcher.got('publish')).toHaveLength(1);
  expect(house.broker.counters().deniedPublishes).toBe(1);
});
