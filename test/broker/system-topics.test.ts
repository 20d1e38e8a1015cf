// `$SYS`: the ten-second beat on a clock that the test moves, names and formats beside a real mosquitto.
import { once } from 'node:events';
import mqtt from 'mqtt';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import { LoadAverage } from '../../src/broker/statistics/load-average.ts';
import { type SystemFigures, SystemTopics } from '../../src/broker/statistics/system-topics.ts';
import { Mosquitto, mosquittoAbsence, mustHavePeers } from '../cli/mosquitto.ts';
import { type LogLine, recordingLogger, startBroker } from '../support/broker.ts';
import { bytesOf, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

const figures: SystemFigures = {
  clientsConnected: 1,
  clientsAway: 2,
  clientsExpired: 3,
  packetsReceived: 4,
  packetsSent: 5,
  publishesReceived: 6,
  publishesSent: 7,
  publishesDropped: 8,
  payloadBytesReceived: 9,
  payloadBytesSent: 10,
  bytesReceived: 11,
  bytesSent: 12,
  socketsOpened: 13,
  connects: 14,
  stored: 15,
  storedBytes: 16,
  retained: 17,
  subscriptions: 18,
  sharedSubscriptions: 19,
  heapBytes: 20,
};

function topicsOf(clock: VirtualClock, now: () => SystemFigures) {
  const sent = new Map<string, string>();
  const topics = new SystemTopics({
    clock,
    version: 'v',
    figures: now,
    route: (packet) => {
      expect(packet).toMatchObject({ retain: true, qos: 0 });
      sent.set(packet.topic.slice('$SYS/broker/'.length), String(packet.payload));
    },
  });
  return { topics, sent };
}

test('everything is said at the start, and what changed every ten seconds until stopped', () => {
  const clock = new VirtualClock(0);
  let now = figures;
  const { topics, sent } = topicsOf(clock, () => now);
  topics.start();
  expect(Object.fromEntries(sent)).toMatchObject({
    version: 'v',
    uptime: '0 seconds',
    'clients/total': '3',
    'clients/maximum': '3',
    'retained messages/count': '17',
    'load/connections/1min': '0.00',
  });
  sent.clear();
  now = { ...figures, clientsAway: 0, packetsReceived: 5 };
  clock.advance(9_999);
  expect(sent.size).toBe(0);
  clock.advance(1);
  expect(sent.get('uptime')).toBe('10 seconds');
  expect(sent.get('clients/total')).toBe('1');
  expect(sent.has('clients/maximum')).toBe(false);
  expect(sent.get('messages/received')).toBe('5');
  expect(sent.has('messages/sent')).toBe(false);
  topics.stop();
  sent.clear();
  clock.advance(60_000);
  expect(sent.size).toBe(0);
});

test('loads are per minute and follow within their span', () => {
  const load = new LoadAverage();
  const at = (minute: number) =>
    Object.fromEntries(load.values().map(([span, value]) => [span, value / minute]));
  // Two a second, looked at every ten seconds for an hour: 120 a minute.
  for (let i = 1; i <= 6; i++) load.update(20 * i, 10_000);
  expect(at(120)).toMatchObject({
    '1min': expect.closeTo(1 - Math.exp(-1), 6),
    '5min': expect.closeTo(1 - Math.exp(-1 / 5), 6),
    '15min': expect.closeTo(1 - Math.exp(-1 / 15), 6),
  });
  for (let i = 7; i <= 360; i++) load.update(20 * i, 10_000);
  expect(at(120)['15min']).toBeCloseTo(1, 1);
  load.update(7200, 3_600_000);
  expect(at(120)['1min']).toBeCloseTo(0, 6);
});

test('figures count what clients do', async () => {
  const house = await startBroker();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(subscribeBytes('a/#'), publishBytes({ topic: 'a/b', payload: '12345', qos: 1, id: 7 }));
  client.send(publishBytes({ topic: 'a/c', payload: '123' }));
  await client.atLeast(2, 'publish');
  await client.settled();
  const { bytesReceived, bytesSent, ...counters } = house.broker.counters();
  expect(counters).toMatchObject({
    socketsOpened: 1,
    publishesReceived: 2,
    publishesSent: 2,
    payloadBytesReceived: 8,
    payloadBytesSent: 8,
  });
  expect(bytesReceived).toBe(client.socket.bytesWritten);
  expect(bytesSent).toBe(client.socket.bytesRead);
  const [view] = house.broker.clients();
  expect(view?.traffic).toMatchObject({ bytesReceived, bytesSent, publishesReceived: 2, publishesSent: 2 });
  client.destroy();
  await house.stop();
});

test('rules hear of a statistic only when one asks for it', async () => {
  const topic = '$SYS/broker/uptime';
  const deaf = await startBroker();
  const hearing = await startBroker({ isStatisticHeard: (asked) => asked === topic });
  expect(deaf.accepted).toEqual([]);
  expect(hearing.accepted).toMatchObject([{ topic, retain: true }]);
  await Promise.all([deaf.stop(), hearing.stop()]);
});

/** Names with the shape of their values: digits are digits. */
async function formatsOf(port: number): Promise<Record<string, string>> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    reconnectPeriod: 0,
    protocolVersion: 4,
  });
  const found: Record<string, string> = {};
  client.on('message', (topic, payload) => {
    found[topic] = String(payload)
      .replace(/^\S+ version /, 'NAME version ')
      .replace(/\d+/g, '0');
  });
  await client.subscribeAsync('$SYS/#');
  while (!('$SYS/broker/load/connections/15min' in found)) await once(client as never, 'message');
  await client.subscribeAsync('a round trip');
  await client.endAsync();
  return found;
}

const testWithMosquitto = mosquittoAbsence === undefined || mustHavePeers ? test : test.skip;

testWithMosquitto(
  'names and formats are those of mosquitto',
  async () => {
    const peer = await Mosquitto.start();
    const house = await startBroker({ version: 'homerule version 1.2.3' });
    const [theirs, ours] = await Promise.all([formatsOf(peer.port), formatsOf(house.mqttPort)]);
    expect(Object.keys(theirs).length).toBeGreaterThan(40);
    expect(ours).toMatchObject(theirs);
    await Promise.all([peer.stop(), house.stop()]);
  },
  40_000,
);

test('events tell of subscriptions and of messages that were denied; the log says each once a minute', async () => {
  const lines: LogLine[] = [];
  const house = await startBroker({ log: recordingLogger(lines) });
  for (const version of [4, 5] as const) {
    const client = await RawClient.open(house.mqttPort, { id: `v${version}`, version });
    for (const id of [3, 4]) client.send(publishBytes({ topic: 'homerule/x', qos: 1, id, version }));
    await client.atLeast(2, 'puback');
    client.destroy();
  }
  const client = await RawClient.open(house.mqttPort, { id: 'panel' });
  client.send(
    subscribeBytes('a/#', 1, 5),
    bytesOf({ cmd: 'unsubscribe', messageId: 6, unsubscriptions: ['a/#'] }),
  );
  await client.next('unsuback');
  expect(house.events.filter(({ kind }) => kind === 'denied')).toMatchObject([
    { client: 'v4', topic: 'homerule/x' },
    { client: 'v4', topic: 'homerule/x' },
    { client: 'v5', topic: 'homerule/x' },
    { client: 'v5', topic: 'homerule/x' },
  ]);
  expect(house.events.filter((event) => 'filters' in event)).toMatchObject([
    { kind: 'subscribed', client: 'panel', filters: ['a/#'], address: '127.0.0.1' },
    { kind: 'unsubscribed', client: 'panel', filters: ['a/#'] },
  ]);
  expect(lines.filter(({ text }) => text === 'message of a client denied')).toHaveLength(2);
  expect(lines.filter(({ text }) => text === 'client subscribed')).toMatchObject([
    { fields: { filters: ['a/#'] } },
  ]);
  client.destroy();
  await house.stop();
});
