// Sessions, their ends and their rows, without a broker: what a restart finds, and when something is over.
import { expect, test } from 'vitest';
import type { QueuedPacket } from '../../src/broker/persistence/outgoing-queue.ts';
import type { SessionStore } from '../../src/broker/persistence/session-store.ts';
import { ManualCommits } from '../support/commits.ts';
import { clientOf, noon, openSessions, publication, type TestSessions } from '../support/session-store.ts';

const never = 0xffff_ffff;
const subscription = { topic: 'home/#', qos: 1 as const };

async function subscribed(house: TestSessions, id: string, seconds = never): Promise<void> {
  house.store.attach(clientOf(id, seconds));
  await house.store.addSubscriptions({ id }, [subscription]);
}

function enqueue(store: SessionStore, topic: string, counter: number, qos: 1 | 2 = 1): void {
  store.subscriptionsByTopic(topic).then((keys) => {
    store.outgoingEnqueueCombi(keys, publication(topic, counter, qos));
  });
}

async function queueOf(store: SessionStore, id: string): Promise<string[]> {
  const packets: QueuedPacket[] = await store.outgoingStream({ id }).toArray();
  return packets.map((packet) =>
    packet.cmd === 'publish'
      ? `${packet.payload}${packet.messageId === undefined ? '' : ` as ${packet.messageId}`}`
      : `pubrel ${packet.messageId}`,
  );
}

/** What a process finds that starts when the first one is killed. */
async function restarted(house: TestSessions, at = house.clock.now()): Promise<TestSessions> {
  return openSessions({ tables: house.tables.snapshot(), at });
}

test('a restart finds subscriptions with their options, and the queue in order with its identifiers', async () => {
  const before = await openSessions();
  before.store.attach(clientOf('panel', never));
  const full = { topic: 'home/#', qos: 2, rh: 1, rap: true, nl: false, subscriptionIdentifier: 7 } as const;
  await before.store.addSubscriptions({ id: 'panel' }, [full, { topic: 'old', qos: 0 }]);
  for (const counter of [1, 2, 3, 4]) enqueue(before.store, 'home/x', counter, 2);
  await before.store.outgoingUpdate({ id: 'panel' }, { ...publication('home/x', 1, 2), messageId: 11 });
  await before.store.outgoingUpdate({ id: 'panel' }, { ...publication('home/x', 2, 2), messageId: 12 });
  await before.store.outgoingUpdate({ id: 'panel' }, { cmd: 'pubrel', messageId: 11 });

  const after = await restarted(before);
  expect(await after.store.subscriptionsByClient({ id: 'panel' })).toEqual([full, { topic: 'old', qos: 0 }]);
  expect(await queueOf(after.store, 'panel')).toEqual(['pubrel 11', '2 as 12', '3', '4']);
  expect(after.store.attach(clientOf('panel', never))).toBe(true);
  enqueue(after.store, 'home/x', 1);
  await after.store.outgoingUpdate({ id: 'panel' }, { ...publication('home/x', 1), messageId: 13 });
  await after.store.outgoingClearMessageId({ id: 'panel' }, { messageId: 11 });
  const third = await restarted(after);
  expect(await queueOf(third.store, 'panel')).toEqual(['2 as 12', '3', '4', '1 as 13']);
});

test('what aedes reads back can be told from what it numbers anew', async () => {
  const before = await openSessions();
  await subscribed(before, 'panel');
  enqueue(before.store, 'home/x', 1);
  const after = await restarted(before);
  enqueue(after.store, 'home/x', 1);
  const packets: QueuedPacket[] = await after.store.outgoingStream({ id: 'panel' }).toArray();
  for (const [at, packet] of packets.entries()) {
    await after.store.outgoingUpdate({ id: 'panel' }, { ...packet, messageId: 50 + at } as QueuedPacket);
  }
  expect(await queueOf(after.store, 'panel')).toEqual(['1 as 50', '1 as 51']);
});

test('a message for many sessions is stored once, and goes with the last of them', async () => {
  const house = await openSessions();
  for (const id of ['a', 'b', 'c']) await subscribed(house, id);
  enqueue(house.store, 'home/x', 1);
  expect([house.tables.queuedMessages.rows.size, house.tables.queues.rows.size]).toEqual([1, 3]);
  for (const id of ['a', 'b', 'c']) {
    await house.store.outgoingUpdate({ id }, { ...publication('home/x', 1), messageId: 5 });
    expect(house.tables.queuedMessages.rows.size).toBe(1);
    await house.store.outgoingClearMessageId({ id }, { messageId: 5 });
  }
  expect([house.tables.queuedMessages.rows.size, house.tables.queues.rows.size]).toEqual([0, 0]);
});

test('what is delivered within one batch is cancelled, not deleted', async () => {
  const commits = new ManualCommits();
  const house = await openSessions({ commits });
  house.store.attach(clientOf('panel', never));
  const isSubscribed = house.store.addSubscriptions({ id: 'panel' }, [subscription]);
  commits.commit();
  await isSubscribed;
  const { queues, queuedMessages } = house.tables;
  const deliver = async (counter: number, isCommitted: boolean): Promise<void> => {
    enqueue(house.store, 'home/x', counter);
    house.store.assign('panel', { ...publication('home/x', counter), messageId: counter });
    if (isCommitted) commits.commit();
    await house.store.outgoingClearMessageId({ id: 'panel' }, { messageId: counter });
  };
  await deliver(1, false);
  expect([queues.deletes, queuedMessages.deletes, queues.rows.size]).toEqual([0, 0, 0]);
  await deliver(2, true);
  expect([queues.deletes, queuedMessages.deletes, queues.rows.size]).toEqual([1, 1, 0]);
});

test('an accepted QoS 2 identifier is known after a restart, until its PUBREL', async () => {
  const before = await openSessions();
  before.store.attach(clientOf('lamp', never));
  const packet = { ...publication('home/x', 1, 2), messageId: 9 };
  await expect(before.store.incomingGetPacket({ id: 'lamp' }, packet)).rejects.toThrow('no such packet');
  await before.store.incomingStorePacket({ id: 'lamp' }, packet);
  const unaccepted = await restarted(before);
  await expect(unaccepted.store.incomingGetPacket({ id: 'lamp' }, packet)).rejects.toThrow('no such packet');
  before.store.receive('lamp', 9);
  const accepted = await restarted(before);
  await expect(accepted.store.incomingGetPacket({ id: 'lamp' }, packet)).resolves.toBeDefined();
  await accepted.store.incomingDelPacket({ id: 'lamp' }, packet);
  const released = await restarted(accepted);
  await expect(released.store.incomingGetPacket({ id: 'lamp' }, packet)).rejects.toThrow('no such packet');
});

test('a session that ends with its connection leaves no row', async () => {
  const house = await openSessions();
  const lamp = clientOf('lamp', 0);
  house.store.attach(lamp);
  const packet = { ...publication('home/x', 1, 2), messageId: 9 };
  await house.store.incomingStorePacket({ id: 'lamp' }, packet);
  house.store.receive('lamp', 9);
  house.store.detach(lamp);
  expect(house.tables.receipts.writes + house.tables.sessions.rows.size).toBe(0);
  await expect(house.store.incomingGetPacket({ id: 'lamp' }, packet)).rejects.toThrow('no such packet');
});

test('a clean start forgets everything', async () => {
  const house = await openSessions();
  await subscribed(house, 'panel');
  enqueue(house.store, 'home/x', 1);
  await house.store.incomingStorePacket({ id: 'panel' }, { ...publication('a', 2, 2), messageId: 9 });
  house.store.receive('panel', 9);
  await house.store.cleanSubscriptions({ id: 'panel' });
  const { tables } = house;
  for (const table of [
    tables.sessions,
    tables.subscriptions,
    tables.queues,
    tables.queuedMessages,
    tables.receipts,
  ])
    expect(table.rows.size).toBe(0);
  expect(house.store.attach(clientOf('panel', never))).toBe(false);
});

test('a session ends when its time is over, in this process or a later one', async () => {
  const before = await openSessions();
  const panel = clientOf('panel', 60);
  before.store.attach(panel);
  await before.store.addSubscriptions(panel, [subscription]);
  before.store.detach(panel);
  before.clock.advance(40_000);
  const after = await restarted(before);
  after.clock.advance(19_000);
  expect(after.store.sessions.absent).toBe(1);
  after.clock.advance(2000);
  expect([after.store.sessions.absent, after.tables.subscriptions.rows.size]).toEqual([0, 0]);
  before.clock.advance(20_000);
  expect(before.store.sessions.absent).toBe(0);
});

test('a session that was connected when the house fell has its whole time from the start on', async () => {
  const before = await openSessions();
  await subscribed(before, 'panel', 60);
  before.clock.advance(1_000_000);
  const after = await restarted(before);
  after.clock.advance(59_000);
  expect(after.store.attach(clientOf('panel', 60))).toBe(true);
  after.clock.advance(100_000);
  expect(await after.store.subscriptionsByClient({ id: 'panel' })).toHaveLength(1);
});

test('one that comes back in time is resumed, whoever else goes', async () => {
  const house = await openSessions();
  await subscribed(house, 'panel', 60);
  const second = clientOf('panel', 60);
  house.store.detach(clientOf('panel', 60));
  expect(house.store.sessions.absent).toBe(0);
  house.store.attach(second);
  house.store.detach(second);
  house.clock.advance(59_000);
  expect(house.store.attach(clientOf('panel', 60))).toBe(true);
});

test('nothing ends as long as the clock shows 1970, and what is over ends when it is set', async () => {
  const before = await openSessions();
  const panel = clientOf('panel', 60);
  before.store.attach(panel);
  await before.store.addSubscriptions(panel, [subscription]);
  before.store.detach(panel);
  const { store, clock } = await restarted(before, 5000);
  clock.advance(3_600_000);
  expect(store.sessions.absent).toBe(1);
  clock.set(noon + 61_000);
  clock.advance(10_000);
  expect(store.sessions.absent).toBe(0);
});

test('a session that begins in 1970 keeps its length, not its date', async () => {
  const house = await openSessions({ at: 5000 });
  const panel = clientOf('panel', 60);
  house.store.attach(panel);
  house.store.detach(panel);
  expect([...house.tables.sessions.rows.values()]).toEqual([
    { client: 'panel', expirySeconds: 60, endsAt: null, user: '' },
  ]);
  house.clock.advance(61_000);
  expect(house.store.sessions.absent).toBe(0);
});

test('past the bound a session ends with its connection, and that is counted', async () => {
  const house = await openSessions({ limits: { pendingSessions: 2 } });
  for (const id of ['a', 'b', 'c']) {
    const client = clientOf(id, never);
    house.store.attach(client);
    await house.store.addSubscriptions(client, [subscription]);
    house.store.detach(client);
  }
  expect(house.store.sessions.absent).toBe(2);
  expect(house.counters.sessionsRefused).toBe(1);
  expect([...house.store.subscriptions.clients.keys()]).toEqual(['a', 'b']);
});

test('a queue keeps the youngest up to its bound, on disk too', async () => {
  const before = await openSessions({ limits: { queuedMessages: 3 } });
  await subscribed(before, 'panel');
  for (let counter = 1; counter <= 10; counter++) enqueue(before.store, 'home/x', counter);
  expect(before.counters.queueDropped).toBe(7);
  expect(before.tables.queues.rows.size).toBe(3);
  expect(await queueOf((await restarted(before)).store, 'panel')).toEqual(['8', '9', '10']);
});

test('nothing is queued for who may not read it, nor its own messages for who said no local', async () => {
  const house = await openSessions({ mayQueue: (client) => client !== 'spy' });
  for (const id of ['spy', 'panel']) await subscribed(house, id);
  house.store.attach(clientOf('talker', never));
  await house.store.addSubscriptions({ id: 'talker' }, [{ ...subscription, nl: true }]);
  house.store.beginRouting('talker');
  enqueue(house.store, 'home/x', 1);
  house.store.beginRouting('panel');
  enqueue(house.store, 'home/x', 2);
  expect(await queueOf(house.store, 'spy')).toEqual([]);
  expect(await queueOf(house.store, 'panel')).toEqual(['1', '2']);
  expect(await queueOf(house.store, 'talker')).toEqual(['2']);
});

test('rows that belong to nothing are removed, those that cannot be read are skipped', async () => {
  const before = await openSessions();
  await subscribed(before, 'panel');
  enqueue(before.store, 'home/x', 1);
  const { tables } = before;
  const message = { topic: 't', payload: Buffer.from('x'), qos: 1 as const, retain: false, expiresAt: null };
  tables.queuedMessages.put({ ...message, id: 900, properties: null });
  tables.queuedMessages.put({ ...message, id: 901, properties: '{' });
  tables.queues.put({ seq: 902, client: 'panel', message: 901, packetId: null });
  tables.queues.put({ seq: 903, client: 'nobody', message: 900, packetId: null });
  tables.queues.put({ seq: 904, client: 'panel', message: null, packetId: null });
  tables.subscriptions.put({
    id: 905,
    client: 'nobody',
    filter: 'a',
    qos: 1,
    options: null,
    identifier: null,
  });
  tables.receipts.put({ id: 906, client: 'nobody', packetId: 1 });
  const after = await restarted(before);
  expect(await queueOf(after.store, 'panel')).toEqual(['1']);
  const left = [
    after.tables.queuedMessages,
    after.tables.queues,
    after.tables.subscriptions,
    after.tables.receipts,
  ];
  expect(left.map(({ rows }) => rows.size)).toEqual([1, 1, 1, 0]);
});

test.each([
  { name: 'that is gone', closed: true, isOwner: true },
  { name: 'whose session has another owner', closed: false, isOwner: false },
])('a client $name changes nothing of the queue any more', async ({ closed, isOwner }) => {
  const house = await openSessions();
  const client = { ...clientOf('panel', never), closed: false };
  house.store.attach(client);
  await house.store.addSubscriptions({ id: 'panel' }, [{ topic: 'home/#', qos: 2 }]);
  for (const counter of [1, 2]) enqueue(house.store, 'home/x', counter, 2);
  await house.store.outgoingUpdate(client, { ...publication('home/x', 1, 2), messageId: 7 });
  if (!isOwner) house.store.attach(clientOf('panel', never));
  const late = Object.assign(client, { closed });
  await house.store.outgoingUpdate(late, { ...publication('home/x', 2, 2), messageId: 7 });
  await house.store.outgoingClearMessageId(late, { messageId: 7 });
  expect(await queueOf(house.store, 'panel')).toEqual(['1 as 7', '2']);
});
