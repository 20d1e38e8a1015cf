// MQTT.js as a peer, on every version and transport; what the house sees of clients; the end.
import { type EventEmitter, once } from 'node:events';
import mqtt from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { connectBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

let house: TestBroker;
beforeEach(async () => {
  house = await startBroker({ version: 'homerule version 1.2.3' });
});
afterEach(() => house.stop());

const transports = [
  { transport: 'tcp', protocolVersion: 4 },
  { transport: 'tcp', protocolVersion: 5 },
  { transport: 'ws', protocolVersion: 4 },
  { transport: 'ws', protocolVersion: 5 },
] as const;

test.each(transports)(
  'MQTT.js over $transport, version $protocolVersion: every QoS both ways',
  async (peer) => {
    const { transport, protocolVersion } = peer;
    const url =
      transport === 'tcp' ? `mqtt://127.0.0.1:${house.mqttPort}` : `ws://127.0.0.1:${house.wsPort}/mqtt`;
    const client = await mqtt.connectAsync(url, { protocolVersion, reconnectPeriod: 0, clientId: 'panel' });
    const events: EventEmitter = client as unknown as EventEmitter;
    const got: string[] = [];
    client.on('message', (topic, payload, packet) => got.push(`${topic} ${payload} ${packet.qos}`));
    await client.subscribeAsync('home/#', { qos: 2 });
    for (const qos of [0, 1, 2] as const) await client.publishAsync('home/x', `q${qos}`, { qos });
    while (got.length < 3) await once(events, 'message');
    expect(got).toEqual(['home/x q0 0', 'home/x q1 1', 'home/x q2 2']);
    expect(house.accepted.map((message) => message.qos)).toEqual([0, 1, 2]);
    const large = Buffer.alloc(500_000, 7);
    const arrived = once(events, 'message');
    await client.publishAsync('home/large', large, { qos: 1 });
    expect((await arrived)[1]).toEqual(large);
    await client.endAsync();
    await untilClients(house, 0);
  },
);

test('of several that come in the same moment under one id one stays, and is listed', async () => {
  for (const version of [4, 5] as const) {
    for (const clean of [true, false]) {
      const properties = { sessionExpiryInterval: 60 };
      const options = { id: 'one', version, clean, ...(version === 5 && { properties }) };
      const first = await RawClient.open(house.mqttPort, options);
      const connect = connectBytes(options);
      const greet = (): Promise<RawClient> =>
        RawClient.greet(house.mqttPort, connect.subarray(0, 1), version);
      const rivals = await Promise.all(Array.from({ length: 10 }, greet));
      await first.settled();
      for (const rival of rivals) rival.send(connect.subarray(1));
      await first.closed();
      const isOver = (): boolean => rivals.filter((rival) => !rival.isClosed).length === 1;
      while (!isOver())
        await Promise.race(rivals.filter(({ isClosed }) => !isClosed).map((one) => one.closed()));
      const [winner] = rivals.filter((rival) => !rival.isClosed);
      await winner?.settled();
      expect(house.broker.clients().map(({ id }) => id)).toEqual(['one']);
      expect(house.broker.disconnect('one')).toBe(true);
      await winner?.closed();
      expect(house.broker.clients()).toEqual([]);
    }
  }
});

test('a view of each client', async () => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, {
    protocolVersion: 5,
    clientId: 'panel',
    clean: false,
    keepalive: 77,
    reconnectPeriod: 0,
    properties: { sessionExpiryInterval: 100 },
  });
  await client.subscribeAsync({ 'a/+': { qos: 1 }, b: { qos: 0 } });
  const [view] = house.broker.clients();
  expect(view).toEqual({
    id: 'panel',
    protocolVersion: 5,
    transport: 'tcp',
    address: '127.0.0.1',
    connectedAt: expect.any(Number),
    keepalive: 77,
    clean: false,
    subscriptions: [
      { filter: 'a/+', qos: 1 },
      { filter: 'b', qos: 0 },
    ],
    inFlight: 0,
    waiting: 0,
    traffic: {
      packetsReceived: 2,
      packetsSent: 2,
      publishesReceived: 0,
      publishesSent: 0,
      bytesReceived: expect.any(Number),
      bytesSent: expect.any(Number),
      dropped: 0,
    },
  });
  await client.endAsync();
});

test('events tell who came and who went, a listener that throws harms nobody', async () => {
  house.broker.onEvent(() => {
    throw new Error('bad listener');
  });
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.destroy();
  await untilClients(house, 0);
  expect(house.events).toMatchObject([
    { kind: 'connected', client: 'lamp', address: '127.0.0.1' },
    { kind: 'disconnected', client: 'lamp', address: '127.0.0.1' },
  ]);
});

test('disconnect ends a client, telling MQTT 5 why', async () => {
  const three = await RawClient.open(house.mqttPort, { id: 'three' });
  const five = await RawClient.open(house.mqttPort, { id: 'five', version: 5 });
  expect(house.broker.disconnect('three')).toBe(true);
  expect(house.broker.disconnect('five')).toBe(true);
  expect(house.broker.disconnect('nobody')).toBe(false);
  await three.closed();
  expect(await five.next('disconnect')).toMatchObject({ reasonCode: 0x98 });
});

test('a client id that connects again takes over', async () => {
  const first = await RawClient.open(house.mqttPort, { id: 'lamp', version: 5 });
  const second = await RawClient.open(house.mqttPort, { id: 'lamp', version: 5 });
  expect(await first.next('disconnect')).toMatchObject({ reasonCode: 0x8e });
  await second.settled();
  expect(house.broker.clients()).toHaveLength(1);
  expect(house.events.map((event) => event.kind)).toEqual(['connected', 'disconnected', 'connected']);
});

test('an assigned id is told to MQTT 5 clients', async () => {
  const client = await RawClient.open(house.mqttPort, { id: '', version: 5 });
  const connack = await client.next('connack');
  const [view] = house.broker.clients();
  expect(connack).toHaveProperty('properties.assignedClientIdentifier', view?.id);
});

test('stop tells MQTT 5 clients 0x8B and cuts every connection within two seconds', async () => {
  const three = await RawClient.open(house.mqttPort, { id: 'three' });
  const five = await RawClient.open(house.mqttPort, { id: 'five', version: 5 });
  const silent = await RawClient.open(house.mqttPort);
  const frozen = await RawClient.open(house.mqttPort, { id: 'frozen' });
  frozen.send(subscribeBytes('flood', 0));
  await frozen.next('suback');
  frozen.socket.pause();
  const payload = Buffer.alloc(900_000);
  for (let i = 0; i < 20; i++)
    house.broker.release({ topic: 'flood', payload, qos: 0, retain: false, origin: 'api', by: '' });
  const begin = performance.now();
  await house.stop();
  expect(performance.now() - begin).toBeLessThan(2000);
  await Promise.all([three.closed(), five.closed(), silent.closed()]);
  frozen.destroy();
  expect(five.got('disconnect')).toMatchObject([{ reasonCode: 0x8b }]);
});

test('statistics have the names and formats of mosquitto', async () => {
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(subscribeBytes('$SYS/broker/#'));
  await client.settled();
  const found = client
    .got('publish')
    .map((packet) => ('topic' in packet ? [String(packet.topic).slice(12), String(packet.payload)] : []));
  expect(Object.fromEntries(found)).toMatchObject({
    version: 'homerule version 1.2.3',
    uptime: '0 seconds',
    'clients/connected': '0',
    'clients/maximum': '0',
    'retained messages/count': expect.stringMatching(/^\d+$/),
    'load/publish/sent/15min': '0.00',
  });
});
