// Wills over restarts: held for clients that may come back, delayed as asked, never published twice.
import { expect, test } from 'vitest';
import { clientOf, openSessions, type TestSessions } from '../support/session-store.ts';

const willOf = (delay = 0) => ({
  topic: 'home/lamp/gone',
  payload: Buffer.from('x'),
  qos: 1 as const,
  retain: true,
  properties: { willDelayInterval: delay, contentType: 'text' },
});

async function connected(house: TestSessions, seconds: number, delay = 0) {
  const client = clientOf('lamp', seconds);
  const will = willOf(delay);
  await house.store.putWill(client, will);
  house.store.attach(client);
  return { client, will };
}

const restarted = (house: TestSessions): Promise<TestSessions> =>
  openSessions({ tables: house.tables.snapshot(), at: house.clock.now() });

test.each([
  { keepalive: 0, delay: 0, holdMs: 60_000 },
  { keepalive: 100, delay: 0, holdMs: 150_000 },
  { keepalive: 10, delay: 90, holdMs: 90_000 },
])(
  'the will of a client that was connected when the house fell: keep-alive $keepalive s, delay $delay s',
  async ({ keepalive, delay, holdMs }) => {
    const before = await openSessions({ keepalive });
    await connected(before, 3600, delay);
    const after = await restarted(before);
    after.clock.advance(holdMs - 1);
    expect(after.published).toEqual([]);
    after.clock.advance(1);
    expect(after.published).toMatchObject([
      { topic: 'home/lamp/gone', qos: 1, retain: true, properties: { contentType: 'text' } },
    ]);
    expect(after.tables.wills.rows.size).toBe(0);
  },
);

test('it is dropped when the client comes back, even to a new session', async () => {
  const before = await openSessions();
  await connected(before, 0);
  const after = await restarted(before);
  const lamp = clientOf('lamp', 0);
  await after.store.cleanSubscriptions(lamp);
  await after.store.delWill(lamp);
  after.store.attach(lamp);
  after.clock.advance(1_000_000);
  expect(after.published).toEqual([]);
  expect(after.tables.wills.rows.size).toBe(0);
});

test('a delayed one keeps its time over a restart', async () => {
  const before = await openSessions();
  const { client, will } = await connected(before, 3600, 100);
  before.store.wills.delay(will, { client, seconds: 100 });
  before.clock.advance(70_000);
  const after = await restarted(before);
  after.clock.advance(29_000);
  expect(after.published).toEqual([]);
  after.clock.advance(1000);
  expect(after.published).toHaveLength(1);
});

test('a delayed one is asked about again when its time has come', async () => {
  const house = await openSessions({ mayPublishLater: () => false });
  const { client, will } = await connected(house, 3600, 100);
  house.store.wills.delay(will, { client, seconds: 100 });
  house.clock.advance(100_000);
  expect(house.published).toEqual([]);
  expect(house.tables.wills.rows.size).toBe(0);
});

test('a delayed one goes out when a new session begins, and not when the old one goes on', async () => {
  for (const isClean of [true, false]) {
    const house = await openSessions();
    const { client, will } = await connected(house, 3600, 100);
    house.store.wills.delay(will, { client, seconds: 100 });
    house.store.detach(client);
    const again = clientOf('lamp', 3600);
    if (isClean) await house.store.cleanSubscriptions(again);
    await house.store.delWill(again);
    house.store.attach(again);
    house.clock.advance(200_000);
    expect(house.published).toHaveLength(isClean ? 1 : 0);
  }
});

test('one that aedes published is gone with the message', async () => {
  const house = await openSessions();
  const { will } = await connected(house, 0);
  house.store.wills.published('lamp', willOf());
  expect(house.tables.wills.rows.size).toBe(1);
  house.store.wills.published('lamp', will);
  expect(house.tables.wills.rows.size).toBe(0);
});

test('the end of an earlier connection leaves the will of the later one', async () => {
  const house = await openSessions();
  await connected(house, 0);
  await house.store.delWill({ id: 'lamp' });
  expect(house.tables.wills.rows.size).toBe(1);
});
