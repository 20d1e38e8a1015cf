// The queue of a bridge against a remote that is away, slow, or gone in the middle: nothing lost, order, once, bounds.
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { BridgeDocument } from '../../src/bridges/index.ts';
import { ManualCommits } from '../support/commits.ts';
import { Relay } from './relay.ts';
import { Disk, soon, startHouse, type TestHouse, type TestHouseOptions } from './support.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: TestHouseOptions = {}): Promise<TestHouse> {
  const started = await startHouse(options);
  undo.push(() => started.stop());
  return started;
}

interface Pair {
  readonly remote: TestHouse;
  readonly wire: Relay;
  readonly document: BridgeDocument;
}

async function pair(more: Partial<BridgeDocument> = {}): Promise<Pair> {
  const remote = await house({ name: 'remote' });
  const wire = await Relay.to(remote.port);
  undo.push(() => wire.stop());
  const addresses = [`127.0.0.1:${wire.port}`];
  return {
    remote,
    wire,
    document: { name: 'up', addresses, topics: ['test/# out 2'], restartTimeout: soon, ...more },
  };
}

const numbered = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `test/x ${from + index}`);

test.each([1, 2] as const)(
  'what was said while the remote was away arrives in order, QoS %d',
  async (qos) => {
    const { remote, wire, document } = await pair();
    const local = await house({ documents: [document] });
    await local.untilState('up', 'connected');
    wire.cut();
    await local.untilState('up', 'waiting');
    for (let count = 0; count < 500; count++) local.publish('test/x', String(count), { qos });
    wire.mend();
    await remote.untilHeard(500);
    expect(remote.heard).toEqual(numbered(500));
    await local.until('up', ({ counters }) => counters.queued === 0);
    expect(local.disk.bridgeMessages.rows.size).toBe(0);
  },
);

test('QoS 2 arrives once and in order however often the connection breaks', async () => {
  const { remote, wire, document } = await pair({ restartTimeout: { base: '100ms', cap: '100ms' } });
  const local = await house({ documents: [document] });
  const breaks = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(breaks, async (lengths) => {
      const from = remote.heard.length;
      let said = from;
      for (const length of lengths) {
        await local.untilState('up', 'connected');
        for (let count = 0; count < length; count++) local.publish('test/x', String(said++), { qos: 2 });
        await remote.untilHeard(from + 1);
        wire.hangUp();
        await local.until('up', ({ state }) => state !== 'connected');
      }
      await remote.untilHeard(said);
      await local.until('up', ({ counters }) => counters.queued === 0);
      expect(remote.heard.slice(from)).toEqual(numbered(said - from, from));
    }),
    { numRuns: 6 },
  );
});

test('what came while we were away, and QoS 2 under way, comes in once', async () => {
  const { remote, wire, document } = await pair({ topics: ['test/# in 2'] });
  const local = await house({ documents: [document] });
  await local.untilState('up', 'connected');
  for (let count = 0; count < 100; count++) remote.publish('test/x', String(count), { qos: 2 });
  await local.untilHeard(10);
  wire.cut();
  await local.untilState('up', 'waiting');
  for (let count = 100; count < 150; count++) remote.publish('test/x', String(count), { qos: 2 });
  wire.mend();
  await local.untilHeard(150);
  remote.publish('test/end', '', { qos: 2 });
  await local.untilHeard(151);
  expect(local.heard).toEqual([...numbered(150), 'test/end ']);
});

test('the queue survives a restart, and QoS 2 that was under way too', async () => {
  const { remote, wire, document } = await pair();
  const disk = new Disk();
  const first = await startHouse({ documents: [document], disk });
  await first.untilState('up', 'connected');
  for (let count = 0; count < 50; count++) first.publish('test/x', String(count), { qos: 2 });
  await remote.untilHeard(5);
  wire.cut();
  await first.untilState('up', 'waiting');
  for (let count = 50; count < 100; count++) first.publish('test/x', String(count), { qos: 1 });
  await first.stop();
  expect(disk.bridgeMessages.rows.size).toBeGreaterThanOrEqual(50);
  wire.mend();
  const second = await house({ documents: [document], disk });
  second.publish('test/x', '100');
  await remote.untilHeard(101);
  expect(remote.heard).toEqual(numbered(101));
});

test('nothing leaves before it is kept, and its acknowledgement waits for that', async () => {
  const { remote, document } = await pair();
  const commits = new ManualCommits();
  const local = await house({ documents: [document], commits });
  await local.untilState('up', 'connected');
  const batch = local.broker.broker.publish({
    ...{ topic: 'test/x', payload: Buffer.from('0'), qos: 1, retain: false, origin: 'rule', by: '' },
  });
  expect(batch).toBe(commits.open);
  expect(local.disk.bridgeMessages.rows.size).toBe(1);
  remote.publish('test/other', '');
  await remote.untilHeard(1);
  expect(local.bridges.get('up').counters).toMatchObject({ queued: 1, sent: 0 });
  commits.commit();
  expect((await remote.untilHeard(2)).at(-1)).toBe('test/x 0');
});

test('a full queue loses the oldest and counts them; QoS 0 is not kept, but for what is retained', async () => {
  const { remote, wire, document } = await pair({ queue: { messages: 3 } });
  const local = await house({ documents: [document] });
  await local.untilState('up', 'connected');
  wire.cut();
  await local.untilState('up', 'waiting');
  for (let count = 0; count < 5; count++) local.publish('test/x', String(count));
  local.publish('test/zero', 'a', { qos: 0 });
  local.publish('test/kept', 'old', { qos: 0, retain: true });
  local.publish('test/kept', 'new', { qos: 0, retain: true });
  expect(local.bridges.get('up').counters).toMatchObject({ queued: 3, dropped: 2, missed: 3 });
  wire.mend();
  await remote.untilHeard(4);
  expect(remote.heard.slice(0, 4)).toEqual(['test/x 2', 'test/x 3', 'test/x 4', 'test/kept new']);
});

test('bytes are bounded too', async () => {
  const { wire, document } = await pair({ queue: { bytes: 4096 } });
  wire.cut();
  const local = await house({ documents: [document] });
  for (let count = 0; count < 10; count++) local.publish('test/x', 'x'.repeat(1000));
  const { queued, queuedBytes, dropped } = local.bridges.get('up').counters;
  expect({ queued, dropped }).toEqual({ queued: 3, dropped: 7 });
  expect(queuedBytes).toBeLessThanOrEqual(4096);
});

test('what ran out of its time while it waited is not sent', async () => {
  const { remote, wire, document } = await pair();
  wire.cut();
  const disk = new Disk();
  const first = await startHouse({ documents: [document], disk });
  first.publish('test/x', 'stale', { properties: { messageExpiryInterval: 3600 } });
  first.publish('test/x', 'fresh', { properties: { messageExpiryInterval: 7200 } });
  await first.stop();
  for (const row of disk.bridgeMessages.rows.values())
    disk.bridgeMessages.put({ ...row, at: row.at - 3_600_000 });
  wire.mend();
  const second = await house({ documents: [document], disk });
  expect(await remote.untilHeard(1)).toEqual(['test/x fresh']);
  const came = remote.broker.accepted.find(({ topic }) => topic === 'test/x');
  expect(came?.properties?.messageExpiryInterval).toBeLessThanOrEqual(3600);
  expect(second.bridges.get('up').counters.expired).toBe(1);
});

test('the next address is used when the first does not answer', async () => {
  const { remote, document } = await pair();
  const gone = await Relay.to(remote.port);
  const addresses = [`127.0.0.1:${gone.port}`, ...document.addresses];
  await gone.stop();
  const local = await house({ documents: [{ ...document, addresses }] });
  const view = await local.untilState('up', 'connected');
  expect(view).toMatchObject({ address: document.addresses[0], protocol: 'mqttv50' });
});
