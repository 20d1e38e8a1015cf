// What a stranger or a careless client may use up: memory, time, connections, subscriptions, lines of log.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SystemClock, type Undo, VirtualClock } from '../../src/base/index.ts';
import { ConnectRate } from '../../src/broker/guard/connect-rate.ts';
import { imposedKeepalive } from '../../src/broker/guard/keepalive.ts';
import { defaultLimits } from '../../src/broker/index.ts';
import { forkPeer } from '../bench/support/peer.ts';
import {
  type LogLine,
  recordingLogger,
  someTime,
  startBroker,
  type TestBroker,
  type TestBrokerOptions,
} from '../support/broker.ts';
import { connectBytes, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';
import { bytesFrom, varint } from './packet-notation.ts';
import { greeting, probe } from './wire-probe.ts';

let house: TestBroker | undefined;
async function open(options?: TestBrokerOptions): Promise<TestBroker> {
  house = await startBroker(options);
  return house;
}
afterEach(async () => {
  await house?.stop();
  house = undefined;
});

/** Time stands still, turns of the event loop do not. */
class StoppedClock extends VirtualClock {
  readonly #turns = new SystemClock();

  override soon(run: () => void): Undo {
    return this.#turns.soon(run);
  }
}

/** Bytes of memory that a process holds. */
function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

test('B1, B3: 14 packet types that claim 100 MB before CONNECT are closed at once and cost nothing', async () => {
  const alone = await forkPeer('broker', new URL('../bench/support/broker-process.ts', import.meta.url));
  const claim = varint(100_000_000);
  const round = async (): Promise<void> => {
    for (let type = 1; type <= 14; type++) {
      const header = Buffer.concat([Buffer.from([type << 4]), claim]);
      const send = Buffer.concat([header, Buffer.alloc(200_000)]);
      expect(await probe(alone.port, { version: 4, isStranger: true, send })).toBe('closed');
    }
  };
  for (let count = 0; count < 5; count++) await round();
  const before = residentBytes(alone.pid);
  for (let count = 0; count < 10; count++) await round();
  const grown = residentBytes(alone.pid) - before;
  await alone.stop();
  expect(grown).toBeLessThan(20_000_000);
});

test('B42: one QoS 2 message ten thousand times is one message', async () => {
  const { mqttPort, accepted } = await open();
  const client = await RawClient.open(mqttPort, { id: 'c' });
  client.send(Buffer.concat(Array(10_000).fill(publishBytes({ topic: 'a', qos: 2, id: 7 }))));
  await client.atLeast(10_000, 'pubrec');
  expect(accepted).toHaveLength(1);
  client.destroy();
});

test('a CONNECT has ten seconds in all, however its bytes drip in', async () => {
  const clock = new StoppedClock(someTime);
  const { mqttPort, broker } = await open({ clock });
  const slow = await RawClient.open(mqttPort);
  // Connections are accepted in order: when this one is answered, the slow one is there.
  const quick = await RawClient.open(mqttPort, { id: 'quick' });
  for (const byte of greeting(4, 'slow').subarray(0, 9)) {
    clock.advance(1000);
    slow.send([byte]);
    await quick.settled();
  }
  clock.advance(999);
  await quick.settled();
  expect(broker.counters()).toMatchObject({ connectTimeouts: 0, connections: 2 });
  clock.advance(1);
  await slow.closed();
  expect(broker.counters().connectTimeouts).toBe(1);
  clock.advance(60_000);
  await quick.settled();
  quick.destroy();
});

test('connections of one address in a second are bounded and counted', async () => {
  const clock = new StoppedClock(someTime);
  const { mqttPort, broker, events } = await open({ clock, limits: { localConnectsPerSecond: 2 } });
  const first = await RawClient.open(mqttPort, { id: 'a' });
  await RawClient.open(mqttPort, { id: 'b' });
  const third = await RawClient.open(mqttPort);
  await third.closed();
  expect(broker.counters().refusedRate).toBe(1);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'refused', address: '127.0.0.1' }));
  clock.advance(500);
  await RawClient.open(mqttPort, { id: 'd' });
  await first.settled();
});

test('the rate fills up evenly, for each address apart, and forgets the quietest of very many', () => {
  const clock = new VirtualClock(0);
  const rate = new ConnectRate(clock);
  const admitted = (address: string, count: number): number =>
    Array.from({ length: count }, () => rate.admits(address, 20)).filter((isAdmitted) => isAdmitted).length;
  expect(defaultLimits.connectsPerSecond).toBe(20);
  expect(admitted('a', 30)).toBe(20);
  expect(admitted('b', 30)).toBe(20);
  clock.advance(250);
  expect(admitted('a', 30)).toBe(5);
  clock.advance(60_000);
  expect(admitted('a', 30)).toBe(20);
  for (let i = 0; i < 10_000; i++) admitted(`many ${i}`, 1);
  expect(admitted('a', 1)).toBe(1);
});

test.each([
  { version: 5, keepalive: 0, imposed: 300 },
  { version: 5, keepalive: 65_535, imposed: 300 },
  { version: 5, keepalive: 301, imposed: 300 },
  { version: 5, keepalive: 300, imposed: undefined },
  { version: 4, keepalive: 0, imposed: 3600 },
  { version: 4, keepalive: 65_535, imposed: 3600 },
  { version: 3, keepalive: 3600, imposed: undefined },
])('B20: keep-alive $keepalive of version $version becomes $imposed', ({ imposed, ...asked }) => {
  const facts = {
    ...asked,
    willQos: 0,
    sessionExpiry: 0,
    filters: undefined,
    maxFilters: 1,
    heldFilters: () => [],
  };
  expect(imposedKeepalive(facts, defaultLimits)).toBe(imposed);
});

test('MQTT 5 clients are told the keep-alive that counts', async () => {
  const { mqttPort } = await open();
  const told = async (keepalive: string): Promise<object | undefined> => {
    const client = await RawClient.greet(mqttPort, bytesFrom(`10 (name 02 ${keepalive} 00 "k")`, 5), 5);
    const connack = await client.next('connack');
    client.destroy();
    return 'properties' in connack ? connack.properties : undefined;
  };
  expect(await told('0000')).toMatchObject({ serverKeepAlive: 300 });
  expect(await told('FFFF')).toMatchObject({ serverKeepAlive: 300 });
  expect(await told('003C')).not.toHaveProperty('serverKeepAlive');
});

test('B47: subscriptions of a client are bounded, those of its session counted in', async () => {
  const { mqttPort } = await open({ limits: { subscriptions: 3 } });
  const properties = { sessionExpiryInterval: 60 };
  const first = await RawClient.open(mqttPort, { id: 's', version: 5, properties });
  first.send(bytesFrom('82 (0001 00 "a" 00 "b" 00)', 5));
  await first.next('suback');
  first.send([0xe0, 0]);
  await first.closed();
  const back = await RawClient.open(mqttPort, { id: 's', version: 5, properties, clean: false });
  back.send(bytesFrom('82 (0001 00 "b" 01 "c" 00)', 5));
  await back.next('suback');
  back.send(bytesFrom('82 (0002 00 "d" 00)', 5));
  expect(await back.next('disconnect')).toMatchObject({ reasonCode: 0x97 });
  await back.closed();
});

test('bad packets of one client are counted each and logged once a minute', async () => {
  const lines: LogLine[] = [];
  const clock = new StoppedClock(someTime);
  const { mqttPort, broker } = await open({ clock, log: recordingLogger(lines) });
  const send = bytesFrom('30 ("a/#" 00 <x>)', 5);
  const refused = (): LogLine[] => lines.filter(({ text }) => text === 'client closed or refused');
  for (let count = 0; count < 5; count++)
    expect(await probe(mqttPort, { version: 5, isStranger: false, send })).toBe('disconnect 0x90');
  expect(broker.counters().malformed).toBe(5);
  expect(refused()).toHaveLength(1);
  expect(refused()[0]?.fields).toMatchObject({ client: 'probe', address: '127.0.0.1' });
  clock.advance(60_000);
  await probe(mqttPort, { version: 5, isStranger: false, send });
  expect(refused()).toHaveLength(2);
});

test('B52: CONNECT and a thousand packets in one segment are all answered', async () => {
  const { mqttPort, accepted } = await open();
  const packets = Array.from({ length: 1000 }, (_, index) =>
    publishBytes({ topic: 'a', qos: 1, id: index + 1 }),
  );
  const client = await RawClient.greet(mqttPort, Buffer.concat([connectBytes({ id: 'c' }), ...packets]), 4);
  const acks = await client.atLeast(1000, 'puback');
  expect(acks.map((ack) => ack.messageId)).toEqual(packets.map((_, index) => index + 1));
  expect(accepted).toHaveLength(1000);
  client.destroy();
});

test('a bad packet right behind CONNECT is answered after the CONNACK', async () => {
  const { mqttPort } = await open();
  const bytes = Buffer.concat([greeting(5), bytesFrom('32 ("a" 0000 00 <x>)', 5)]);
  const client = await RawClient.greet(mqttPort, bytes, 5);
  await client.closed();
  expect(client.packets).toMatchObject([
    { cmd: 'connack', reasonCode: 0 },
    { cmd: 'disconnect', reasonCode: 0x82 },
  ]);
});

test('the will of a client that sent rubbish is published', async () => {
  const { mqttPort } = await open();
  const watcher = await RawClient.open(mqttPort, { id: 'watcher' });
  watcher.send(subscribeBytes('gone/#'));
  await watcher.next('suback');
  for (const version of [4, 5] as const) {
    const will = { topic: `gone/${version}`, payload: 'x' };
    const client = await RawClient.open(mqttPort, { id: 'w', version, will });
    client.send([0x00, 0x00]);
    await client.closed();
  }
  const wills = await watcher.atLeast(2, 'publish');
  expect(wills).toMatchObject([{ topic: 'gone/4' }, { topic: 'gone/5' }]);
  watcher.destroy();
});

test('B54: over WebSocket the same: packets split over frames, reasons read', async () => {
  const { wsPort } = await open();
  const socket = new WebSocket(`ws://127.0.0.1:${wsPort}/mqtt`, 'mqtt');
  await once(socket, 'open');
  const answers: Buffer[] = [];
  socket.on('message', (data: Buffer) => answers.push(data));
  const bytes = Buffer.concat([greeting(5), bytesFrom('C0 00 30 ("a" 00 <x>) 32 ("a" 0000 00 <x>)', 5)]);
  for (const byte of bytes) socket.send(Buffer.from([byte]));
  await once(socket, 'close');
  const all = Buffer.concat(answers);
  expect(all[0]).toBe(0x20);
  expect(all.includes(Buffer.from([0xd0, 0]))).toBe(true);
  expect(all.subarray(-4, -1)).toEqual(Buffer.from([0xe0, 2, 0x82]));
});
