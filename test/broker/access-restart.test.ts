// Rights after a restart: what an earlier run kept of people belongs to them still, and goes by what they may do now.
import { afterEach, expect, test } from 'vitest';
import { SystemClock, VirtualClock } from '../../src/base/index.ts';
import type { AclRow, UserRow } from '../../src/broker/index.ts';
import { aclRow, login, type NamedConnect, RowsDouble, userRow } from '../support/access.ts';
import { RetainedRowsDouble, startBroker, type TestBroker } from '../support/broker.ts';
import { PromptCommits } from '../support/commits.ts';
import { publishBytes, type RawClient, subscribeBytes } from '../support/raw-client.ts';
import { SessionTablesDouble } from '../support/session-tables.ts';

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

interface Disk {
  readonly tables: SessionTablesDouble;
  readonly retained: RetainedRowsDouble;
  readonly users: RowsDouble<UserRow>;
  readonly rules: RowsDouble<AclRow>;
}

function newDisk(...rules: readonly AclRow[]): Disk {
  return {
    tables: new SessionTablesDouble(),
    retained: new RetainedRowsDouble(),
    users: new RowsDouble((row: UserRow) => row.name, [userRow('lamp'), userRow('panel')]),
    rules: new RowsDouble((row: AclRow) => row.id, rules),
  };
}

async function run(disk: Disk, clock = new SystemClock(), more: object = {}): Promise<TestBroker> {
  const { tables, retained: rows, users, rules } = disk;
  const access = { allowAnonymous: true, users, rules, ...more };
  const options = { access, rows, clock, sessions: tables, commits: new PromptCommits() };
  const house = await startBroker(options);
  undo.push(() => house.stop());
  return house;
}

/** What a crash would leave. */
const crashed = (disk: Disk): Disk => ({ ...disk, tables: disk.tables.snapshot() });

async function join(house: TestBroker, options: NamedConnect): Promise<RawClient> {
  const { client, code } = await login(house.mqttPort, options);
  undo.push(() => client.destroy());
  expect(code).toBe(0);
  return client;
}

const grant = { ...aclRow('lamp', 'readwrite', 'shared/#'), id: 'grant' };
const topicsOf = (client: RawClient): string[] =>
  client.got('publish').map((packet) => ('topic' in packet ? packet.topic : ''));

/** What was done to the rights while the house was down, and whether what was left still counts. */
const cases: readonly (readonly [string, (disk: Disk) => void, boolean])[] = [
  ['nothing', () => undefined, true],
  ['the rule is gone', ({ rules }) => rules.delete('grant'), false],
  ['the user is gone', ({ users }) => users.delete('lamp'), false],
  ['the user is disabled', ({ users }) => users.put({ ...userRow('lamp'), enabled: false }), false],
];

test.each(cases)('a will that a crash left is published: %s', async (_name, change, isPublished) => {
  const disk = newDisk(grant);
  const house = await run(disk);
  const will = { topic: 'shared/gone', payload: 'x', qos: 1, retain: true } as const;
  await join(house, { id: 'one', user: 'lamp', will });
  const left = crashed(disk);
  change(left);
  const clock = new VirtualClock(Date.now());
  const after = await run(left, clock as unknown as SystemClock);
  clock.advance(60_001);
  expect(after.accepted.map(({ topic }) => topic)).toEqual(isPublished ? ['shared/gone'] : []);
  expect(left.tables.wills.rows.size).toBe(0);
});

test.each(cases)('a session without its client is kept messages: %s', async (_name, change, isKept) => {
  const disk = newDisk(grant);
  const house = await run(disk);
  const lamp = await join(house, { id: 'one', user: 'lamp', clean: false });
  lamp.send(subscribeBytes('shared/#', 1));
  await lamp.next('suback');
  const left = crashed(disk);
  change(left);
  const after = await run(left);
  const payload = Buffer.from('x');
  after.broker.publish({ topic: 'shared/x', payload, qos: 1, retain: false, origin: 'rule', by: '' });
  expect(left.tables.queues.rows.size).toBe(isKept ? 1 : 0);
});

test.each(cases)('a retained message is had: %s', async (_name, change, isHad) => {
  const disk = newDisk(grant);
  const house = await run(disk);
  const lamp = await join(house, { id: 'one', user: 'lamp' });
  lamp.send(publishBytes({ topic: 'shared/x', qos: 1, id: 1, retain: true }));
  await lamp.next('puback');
  expect(disk.retained.rows.get('shared/x')).toMatchObject({ user: 'lamp', client: 'one' });
  change(disk);
  const after = await run(crashed(disk));
  const anyone = await join(after, { id: 'anyone' });
  anyone.send(subscribeBytes('shared/#', 0));
  await anyone.next('suback');
  await anyone.settled();
  expect(topicsOf(anyone)).toEqual(isHad ? ['shared/x'] : []);
});

test('a retained message goes by the rights of now, unless the house does not look at them', async () => {
  for (const checkRetainSource of [true, false]) {
    const house = await run(newDisk(grant), new SystemClock(), { checkRetainSource });
    const lamp = await join(house, { id: 'one', user: 'lamp' });
    lamp.send(publishBytes({ topic: 'shared/x', qos: 1, id: 1, retain: true }));
    await lamp.next('puback');
    house.broker.access.deleteRule('grant');
    const anyone = await join(house, { id: 'anyone' });
    anyone.send(subscribeBytes('shared/x', 0));
    await anyone.settled();
    expect(topicsOf(anyone)).toEqual(checkRetainSource ? [] : ['shared/x']);
    house.broker.access.putRule(grant);
    anyone.send(subscribeBytes('shared/x', 0, 2));
    await anyone.settled();
    expect(topicsOf(anyone)).toHaveLength(checkRetainSource ? 1 : 2);
  }
});

test('what the house retained itself is nobody else’s', async () => {
  const house = await run(newDisk(grant));
  const lamp = await join(house, { id: 'one', user: 'lamp' });
  lamp.send(publishBytes({ topic: 'shared/x', qos: 1, id: 1, retain: true }));
  await lamp.next('puback');
  const payload = Buffer.from('y');
  house.broker.publish({ topic: 'shared/x', payload, qos: 1, retain: true, origin: 'rule', by: '' });
  house.broker.access.deleteRule('grant');
  expect([...house.broker.retained('shared/#')]).toHaveLength(1);
});

test('a session of an older house, of which nobody knows whose it is, is kept messages', async () => {
  const disk = newDisk();
  disk.tables.sessions.put({ client: 'one', expirySeconds: 0xffff_ffff, endsAt: null, user: null });
  const row = { id: 1, client: 'one', filter: '#', qos: 1 as const, options: null, identifier: null };
  disk.tables.subscriptions.put(row);
  const house = await run(disk);
  const payload = Buffer.from('x');
  house.broker.publish({ topic: 'shared/x', payload, qos: 1, retain: false, origin: 'rule', by: '' });
  expect(disk.tables.queues.rows.size).toBe(1);
});
