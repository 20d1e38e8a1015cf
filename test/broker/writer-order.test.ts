// From publishers to subscribers through the real broker: order, coming back, and one who does not read.
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import type { IPublishPacket, Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SystemClock, type Undo } from '../../src/base/index.ts';
import { defaultLimits } from '../../src/broker/index.ts';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { bytesOf, connectBytes, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

const isPublish = (packet: Packet): packet is IPublishPacket => packet.cmd === 'publish';
const publishes = (client: RawClient): IPublishPacket[] => client.packets.filter(isPublish);
const payloads = (client: RawClient): string[] => publishes(client).map(({ payload }) => payload.toString());

async function subscriber(
  house: TestBroker,
  id: string,
  filter: string,
  qos: 0 | 1 | 2 = 0,
): Promise<RawClient> {
  const client = await RawClient.open(house.mqttPort, { id });
  client.send(subscribeBytes(filter, qos));
  await client.next('suback');
  return client;
}

const messageArbitrary = fc.record({
  retain: fc.boolean(),
  hasProperties: fc.boolean(),
  isLong: fc.boolean(),
});

/** Whole packets of this type in some bytes; all of them are short. */
function packetsIn(bytes: Buffer, type: number): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at += 2 + (bytes[at + 1] ?? 0))
    if ((bytes[at] ?? 0) >> 4 === type) count++;
  return count;
}

test('plain publishes and others of QoS 0 keep their order, however the bytes are cut', async () => {
  const house = await startBroker();
  const panel = await subscriber(house, 'panel', 't/+');
  let round = 0;
  const messages = fc.array(messageArbitrary, { minLength: 1, maxLength: 30 });
  const version = fc.constantFrom(4, 5) as fc.Arbitrary<4 | 5>;
  const cuts = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(version, messages, cuts, async (protocol, list, pieces) => {
      round++;
      const source = await RawClient.open(house.mqttPort, { id: 'source', version: protocol });
      const expected = list.map(({ isLong }, at) => `${round}/${at}${isLong ? 'x'.repeat(300) : ''}`);
      const packets = list.map(({ retain, hasProperties }, at) =>
        publishBytes({
          topic: `t/${at % 3}`,
          payload: expected[at] ?? '',
          retain,
          version: protocol,
          ...(hasProperties && protocol === 5 && { properties: { contentType: 'c' } }),
        }),
      );
      let bytes = Buffer.concat(packets);
      for (const length of pieces) {
        source.send(bytes.subarray(0, length));
        bytes = bytes.subarray(length);
        await source.socket.write('');
      }
      source.send(bytes);
      const before = panel.got('publish').length;
      await source.settled();
      source.destroy();
      await panel.settled();
      const got = payloads(panel).filter((payload) => payload.startsWith(`${round}/`));
      expect(got).toEqual(expected);
      expect(
        house.accepted.slice(-list.length).map(({ payload }) => Buffer.from(payload).toString()),
      ).toEqual(expected);
      expect(before).toBeLessThanOrEqual(panel.got('publish').length);
    }),
    { numRuns: 40 },
  );
  await house.stop();
});

test('QoS 1: plain publishes and others keep their order and that of their acknowledgements', async () => {
  const house = await startBroker();
  const panel = await subscriber(house, 'panel', 't/+', 1);
  let count = 0;
  const messages = fc.array(messageArbitrary, { minLength: 1, maxLength: 30 });
  const version = fc.constantFrom(4, 5) as fc.Arbitrary<4 | 5>;
  await fc.assert(
    fc.asyncProperty(version, messages, fc.nat(500), async (protocol, list, cut) => {
      const source = await RawClient.open(house.mqttPort, { id: 'source', version: protocol });
      const expected = list.map((_, at) => `${count + at}`);
      const packets = list.map(({ retain, hasProperties }, at) =>
        publishBytes({
          topic: `t/${at % 3}`,
          payload: expected[at] ?? '',
          qos: 1,
          id: at + 1,
          retain,
          version: protocol,
          ...(hasProperties && protocol === 5 && { properties: { contentType: 'c' } }),
        }),
      );
      const bytes = Buffer.concat(packets);
      source.send(bytes.subarray(0, cut));
      source.send(bytes.subarray(cut));
      count += list.length;
      for (const { messageId } of (await panel.atLeast(count, 'publish')).slice(-list.length))
        panel.send([0x40, 2, (messageId ?? 0) >> 8, (messageId ?? 0) & 255]);
      expect(payloads(panel).slice(-list.length)).toEqual(expected);
      house.commits.commit();
      const acks = await source.atLeast(list.length, 'puback');
      expect(acks.map(({ messageId }) => messageId)).toEqual(list.map((_, at) => at + 1));
      source.destroy();
    }),
    { numRuns: 40 },
  );
  await house.stop();
});

test('each subscriber of many gets each message once, in order, at its QoS', async () => {
  const house = await startBroker();
  const panels = await Promise.all(
    [0, 1, 2, 0, 1, 2].map((qos, at) =>
      subscriber(house, `panel ${at}`, at < 3 ? 't' : '#', qos as 0 | 1 | 2),
    ),
  );
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  const expected = Array.from({ length: 300 }, (_, at) => `${at}`);
  for (const payload of expected)
    source.send(publishBytes({ topic: 't', qos: 1, id: Number(payload) + 1, payload }));
  for (const [at, panel] of panels.entries()) {
    await panel.atLeast(at < 3 ? 300 : 301, 'publish');
    const mine = publishes(panel).filter(({ topic }) => topic === 't');
    expect(mine.map(({ payload }) => payload.toString())).toEqual(expected);
    expect(new Set(mine.map(({ qos }) => qos))).toEqual(new Set([Math.min(1, at % 3)]));
    const ids = mine.map(({ messageId }) => messageId);
    if (at % 3 > 0) expect(new Set(ids).size).toBe(300);
  }
  await house.stop();
});

test('who comes back gets what waits first, in order, then what comes; what was sent before says so', async () => {
  const house = await startBroker();
  const first = await RawClient.open(house.mqttPort, { id: 'panel', clean: false });
  first.send(subscribeBytes('t', 1));
  await first.next('suback');
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  const send = (from: number, to: number): void => {
    for (let id = from; id <= to; id++)
      source.send(publishBytes({ topic: 't', qos: 1, id, payload: `${id}` }));
  };
  send(1, 3);
  const sent = await first.atLeast(3, 'publish');
  first.destroy();
  await untilClients(house, 1);
  send(4, 200);
  await source.atLeast(200, 'puback');
  // More while it comes back: each either waits in the session or is live, and is sent once.
  const back = new RawClient(house.mqttPort);
  const again = RawClient.open(house.mqttPort, { id: 'panel', clean: false });
  send(201, 300);
  const panel = await again;
  back.destroy();
  await panel.atLeast(300, 'publish');
  send(301, 310);
  await panel.atLeast(310, 'publish');
  await panel.settled();
  expect(payloads(panel)).toEqual(Array.from({ length: 310 }, (_, at) => `${at + 1}`));
  const packets = publishes(panel);
  expect(packets.slice(0, 3).map(({ messageId }) => messageId)).toEqual(
    sent.map(({ messageId }) => messageId),
  );
  expect(packets.filter(({ dup }) => dup)).toHaveLength(3);
  expect(new Set(packets.map(({ messageId }) => messageId)).size).toBe(310);
  await house.stop();
});

test('retained messages without number come to a slow reader, none lost', async () => {
  const house = await startBroker();
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  const payload = 'x'.repeat(2000);
  for (let at = 0; at < 1500; at++) source.send(publishBytes({ topic: `t/${at}`, retain: true, payload }));
  await source.settled();
  const panel = await RawClient.open(house.mqttPort, { id: 'panel' });
  panel.socket.pause();
  panel.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't/+', qos: 1 }] }));
  await source.settled();
  panel.socket.resume();
  await panel.atLeast(1500, 'publish');
  expect(house.broker.counters().sendDropped).toBe(0);
  expect(new Set(publishes(panel).map(({ topic }) => topic)).size).toBe(1500);
  await house.stop();
});

/** The share of `times` that lies below what is returned. */
function percentile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
}

interface Pace {
  readonly count: number;
  /** Between two messages. */
  readonly everyMs: number;
}

/** Sends at a pace and returns how long each message took to each client. */
async function latencies(source: RawClient, clients: readonly RawClient[], pace: Pace): Promise<number[]> {
  const times: number[] = [];
  const expected = pace.count * clients.length;
  const undo: (() => void)[] = [];
  const all = new Promise<void>((resolve) => {
    for (const client of clients) {
      const onData = (): void => {
        const now = performance.now();
        for (const { payload } of publishes(client)) times.push(now - Number(payload.toString()));
        client.packets.length = 0;
        if (times.length === expected) resolve();
      };
      client.packets.length = 0;
      client.socket.on('data', onData);
      undo.push(() => client.socket.off('data', onData));
    }
  });
  let sent = 0;
  const start = performance.now();
  const tick = (): void => {
    const due = Math.min(pace.count, (performance.now() - start) / pace.everyMs);
    for (; sent < due; sent++) source.send(publishBytes({ topic: 'tick', payload: `${performance.now()}` }));
    if (sent < pace.count) setTimeout(tick, 1);
  };
  tick();
  await all;
  for (const run of undo) run();
  return times;
}

/** Holds back the alarms of one length until the test lets them go off. */
class HeldClock extends SystemClock {
  readonly heldMs: number;
  readonly #alarms = new Set<() => void>();

  constructor(heldMs: number) {
    super();
    this.heldMs = heldMs;
  }

  override after(ms: number, run: () => void): Undo {
    if (ms !== this.heldMs) return super.after(ms, run);
    this.#alarms.add(run);
    return () => this.#alarms.delete(run);
  }

  runOut(): void {
    for (const run of this.#alarms) run();
    this.#alarms.clear();
  }
}

test('a publisher is read no further while its subscriber is behind, but not for long', async () => {
  const clock = new HeldClock(50);
  const house = await startBroker({ clock });
  const frozen = await subscriber(house, 'frozen', 't');
  frozen.socket.pause();
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  const other = await RawClient.open(house.mqttPort, { id: 'other' });
  const packet = publishBytes({ topic: 't', payload: 'x'.repeat(60_000) });
  for (let at = 0; at < 300; at++) source.send(packet);
  // Until its socket is full, too.
  let before = -1;
  while (house.accepted.length === 0 || before !== house.accepted.length) {
    before = house.accepted.length;
    for (let turn = 0; turn < 20; turn++) await other.settled();
  }
  expect(before).toBeLessThan(290);
  expect(house.broker.counters().sendDropped).toBe(0);
  clock.runOut();
  await source.settled();
  expect(house.accepted).toHaveLength(300);
  expect(house.broker.counters().sendDropped).toBeGreaterThan(0);
  frozen.destroy();
  await house.stop();
});

test('WebSocket: what one turn leaves is one frame', async () => {
  const house = await startBroker();
  const socket = new WebSocket(`ws://127.0.0.1:${house.wsPort}/mqtt`, 'mqtt');
  const frames: Buffer[] = [];
  socket.on('message', (data: Buffer) => frames.push(data));
  await once(socket, 'open');
  const until = async (count: number, type: number): Promise<void> => {
    const found = (): number => frames.reduce((sum, frame) => sum + packetsIn(frame, type), 0);
    while (found() < count) await once(socket, 'message');
  };
  socket.send(connectBytes({ id: 'panel' }));
  await until(1, 2);
  socket.send(subscribeBytes('t'));
  await until(1, 9);
  frames.length = 0;
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  source.send(...Array.from({ length: 200 }, () => publishBytes({ topic: 't' })));
  await until(200, 3);
  expect(frames.length).toBeLessThan(20);
  socket.terminate();
  await house.stop();
});

test('one subscriber that does not read slows none of fifty others, holds 1 MB at most and is cut', async () => {
  expect(defaultLimits).toMatchObject({ sendBytes: 1_048_576, drainMs: 10_000 });
  const clock = new HeldClock(9876);
  const house = await startBroker({ clock, limits: { drainMs: clock.heldMs } });
  const { broker } = house;
  const healthy = await Promise.all(
    Array.from({ length: 50 }, (_, at) => subscriber(house, `healthy ${at}`, 'tick')),
  );
  const source = await RawClient.open(house.mqttPort, { id: 'source' });
  const pace = { count: 800, everyMs: 1 };
  const before = percentile(await latencies(source, healthy, pace), 0.99);

  const frozen = connect({ host: '127.0.0.1', port: house.mqttPort });
  frozen.on('error', () => frozen.destroy());
  frozen.pause();
  await once(frozen, 'connect');
  frozen.write(Buffer.concat([connectBytes({ id: 'frozen' }), subscribeBytes('#')]));
  while (!broker.clients().some(({ id, subscriptions }) => id === 'frozen' && subscriptions.length > 0))
    await source.settled();
  const large = publishBytes({ topic: 'large', payload: 'x'.repeat(60_000) });
  while (broker.counters().sendDropped === 0) {
    source.send(large);
    await source.settled();
  }
  const during = percentile(await latencies(source, healthy, pace), 0.99);
  // A machine that is busy with other things is slow without any frozen subscriber, too.
  expect(during).toBeLessThanOrEqual(Math.max(100, 3 * before));
  expect(broker.counters().stuckCut).toBe(0);
  clock.runOut();
  await untilClients(house, 51);
  expect(broker.clients().some(({ id }) => id === 'frozen')).toBe(false);
  expect(broker.counters().stuckCut).toBe(1);
  expect(broker.counters().caught).toBe(0);
  frozen.destroy();
  await house.stop();
});
