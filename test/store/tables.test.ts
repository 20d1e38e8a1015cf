// Rows come back as they were put, by key, whatever they hold.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shadowDeeds, shadowVerdicts } from '../../src/rules/index.ts';
import { ruleVersionKey } from '../../src/store/index.ts';
import { migrate } from '../../src/store/sqlite/migrate.ts';
import { truthMigrations } from '../../src/store/tables/truth.ts';
import { makeDir, noon, openHouse, retainedRow, stateRow } from './house.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value));
const time = fc.integer({ min: 0, max: 4e12 });
const qos = fc.constantFrom<0 | 1 | 2>(0, 1, 2);
const flag = fc.boolean();
const number = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const version = fc.integer({ min: 1, max: 1e9 });

const kinds = {
  state: {
    topic: key,
    payload: bytes.map((each) => ({ bytes: each })),
    bytes: fc.nat(),
    at: time,
    changedAt: time,
    qos,
    retain: flag,
    origin: text,
    by: text,
    previous: fc.option(
      bytes.map((each) => ({ bytes: each })),
      { nil: undefined },
    ),
    pathChanges: fc.option(
      fc.dictionary(
        key.filter((name) => name !== '__proto__'),
        time,
        { noNullPrototype: true, minKeys: 1 },
      ),
      { nil: undefined },
    ),
  },
  retained: {
    topic: key,
    payload: bytes,
    qos,
    properties: fc.option(text),
    at: time,
    user: fc.option(text),
    client: fc.option(text),
  },
  sessions: {
    client: key,
    expirySeconds: fc.nat(0xffff_ffff),
    endsAt: fc.option(time),
    user: fc.option(text),
  },
  subscriptions: {
    id: number,
    client: key,
    filter: text,
    qos,
    options: fc.option(fc.nat(0x3c)),
    identifier: fc.option(fc.nat(268_435_455)),
  },
  queuedMessages: {
    id: number,
    topic: text,
    payload: bytes,
    qos,
    retain: flag,
    properties: fc.option(text),
    expiresAt: fc.option(time),
  },
  queues: { seq: number, client: key, message: fc.option(number), packetId: fc.option(fc.nat(65_535)) },
  receipts: { id: number, client: key, packetId: fc.nat(65_535) },
  wills: {
    client: key,
    topic: text,
    payload: bytes,
    qos,
    retain: flag,
    properties: fc.option(text),
    holdMs: fc.nat(),
    dueAt: fc.option(time),
    user: fc.option(text),
  },
  runs: { id: key, rule: text, version, due: fc.option(time), state: text },
  effects: {
    id: key,
    rule: text,
    run: text,
    at: time,
    topic: text,
    payload: bytes,
    qos,
    retain: flag,
    options: fc.option(text),
  },
  calls: {
    id: key,
    rule: text,
    run: text,
    at: time,
    service: text,
    request: text,
    isIdempotent: flag,
    isSecret: flag,
  },
  captures: { id: key, rule: text, at: time, devices: text },
  shadows: {
    id: key,
    rule: text,
    version,
    run: text,
    at: time,
    what: fc.constantFrom(...shadowDeeds),
    target: text,
    value: text,
    verdict: fc.constantFrom(...shadowVerdicts),
    realAt: fc.option(time),
    realBy: fc.option(text),
  },
  triggers: { id: key, rule: text, due: fc.option(time), state: text },
  rules: { id: key, version, enabled: flag },
  ruleVersions: { rule: key, version, source: text, document: text, author: text, note: text, savedAt: time },
  variables: { name: key, value: text, at: time, by: text },
  meta: { key, value: text },
  plugins: { id: key, enabled: flag, config: text, reason: text, functions: text, at: time },
};

interface Subject<Row> {
  put(row: Row): void;
  delete(key: string): void;
  all(): Promise<Row[]>;
}

async function roundTrip<Row>(table: Subject<Row>, row: fc.Arbitrary<Row>, keyOf: (row: Row) => string) {
  const seed = Date.now() % 2 ** 31;
  const [rows] = fc.sample(
    fc.uniqueArray(row, { selector: keyOf, comparator: 'SameValueZero', minLength: 5, maxLength: 60 }),
    { seed, numRuns: 1 },
  );
  expect(rows, `seed ${seed}`).toBeDefined();
  const byKey = (a: Row, b: Row): number => Buffer.compare(Buffer.from(keyOf(a)), Buffer.from(keyOf(b)));
  for (const one of rows ?? []) table.put(one);
  const found = (await table.all()).filter((one) => keyOf(one) !== 'store.sequence');
  expect(found.sort(byKey), `seed ${seed}`).toEqual([...(rows ?? [])].sort(byKey));
  for (const one of rows ?? []) table.delete(keyOf(one));
  expect(await table.all(), `seed ${seed}`).toEqual([]);
}

describe('rows', () => {
  it('come back as they were put and go when they are deleted', async () => {
    const { store, complaints } = await openHouse();
    await roundTrip(store.state, fc.record(kinds.state), (row) => row.topic);
    await roundTrip(store.retained, fc.record(kinds.retained), (row) => row.topic);
    await roundTrip(store.sessions, fc.record(kinds.sessions), (row) => row.client);
    await roundTrip(store.subscriptions, fc.record(kinds.subscriptions), (row) => `${row.id}`);
    await roundTrip(store.queuedMessages, fc.record(kinds.queuedMessages), (row) => `${row.id}`);
    await roundTrip(store.queues, fc.record(kinds.queues), (row) => `${row.seq}`);
    await roundTrip(store.receipts, fc.record(kinds.receipts), (row) => `${row.id}`);
    await roundTrip(store.wills, fc.record(kinds.wills), (row) => row.client);
    await roundTrip(store.runs, fc.record(kinds.runs), (row) => row.id);
    await roundTrip(store.effects, fc.record(kinds.effects), (row) => row.id);
    await roundTrip(store.calls, fc.record(kinds.calls), (row) => row.id);
    await roundTrip(store.plugins, fc.record(kinds.plugins), (row) => row.id);
    const values = fc.record({ plugin: fc.constantFrom('a', 'b'), key, value: text });
    await roundTrip(store.pluginValues, values, (row) => `${row.plugin} ${row.key}`);
    await roundTrip(store.captures, fc.record(kinds.captures), (row) => row.id);
    await roundTrip(store.shadows, fc.record(kinds.shadows), (row) => row.id);
    await roundTrip(store.triggers, fc.record(kinds.triggers), (row) => row.id);
    await roundTrip(store.rules, fc.record(kinds.rules), (row) => row.id);
    await roundTrip(store.ruleVersions, fc.record(kinds.ruleVersions), (row) =>
      ruleVersionKey(row.rule, row.version),
    );
    await roundTrip(store.variables, fc.record(kinds.variables), (row) => row.name);
    await roundTrip(store.meta, fc.record(kinds.meta), (row) => row.key);
    expect(complaints).toEqual([]);
  });

  it('survive a restart', async () => {
    const dir = makeDir();
    const before = await openHouse(dir);
    before.store.state.put(stateRow('home/lamp', ''));
    await before.store.stop();
    const after = await openHouse(dir);
    expect(await after.store.state.all()).toEqual([stateRow('home/lamp', '')]);
  });

  it('are replaced by later ones in other batches', async () => {
    const { store, committed } = await openHouse();
    store.state.put(stateRow('a', '1'));
    await committed();
    store.state.put(stateRow('a', '2'));
    expect((await store.state.all()).map((row) => String(row.payload.bytes))).toEqual(['2']);
  });

  it('that come and go within one batch never reach the disk', async () => {
    const { store, committed } = await openHouse();
    const row = (seq: number) => ({ seq, client: 'panel', message: seq, packetId: null });
    store.queues.put(row(1));
    store.queues.put(row(2));
    store.queues.cancel('2');
    store.queues.cancel('9');
    expect(store.counters()).toMatchObject({ storePendingRows: 1 });
    await committed();
    expect(await store.queues.all()).toEqual([row(1)]);
    expect(store.counters()).toMatchObject({ storeRows: 1 });
  });

  it('of the first schema are kept when the tables of sessions are added', async () => {
    const dir = makeDir();
    const db = new Sqlite(join(dir, 'homerule.db'));
    await migrate(db, truthMigrations.slice(0, 1), noon);
    db.exec("INSERT INTO rules VALUES ('fan', 3, 1)");
    db.close();
    const { store } = await openHouse(dir);
    expect(await store.rules.all()).toEqual([{ id: 'fan', version: 3, enabled: true }]);
    store.sessions.put({ client: 'panel', expirySeconds: 60, endsAt: null, user: null });
    expect(await store.sessions.all()).toHaveLength(1);
    expect(readdirSync(dir).filter((name) => name.includes('.backup-'))).toHaveLength(1);
  });

  it('of a schema that does not say whose they are have no user', async () => {
    const dir = makeDir();
    const db = new Sqlite(join(dir, 'homerule.db'));
    await migrate(db, truthMigrations.slice(0, 7), noon);
    db.exec("INSERT INTO sessions VALUES ('panel', 60, NULL)");
    db.exec("INSERT INTO wills VALUES ('panel', 'gone', x'31', 1, 0, NULL, 60000, NULL)");
    db.exec("INSERT INTO retained VALUES ('a', x'31', 1, NULL, 5)");
    db.close();
    const { store } = await openHouse(dir);
    expect(await store.sessions.all()).toMatchObject([{ client: 'panel', user: null }]);
    expect(await store.wills.all()).toMatchObject([{ client: 'panel', user: null }]);
    expect(await store.retained.all()).toMatchObject([{ topic: 'a', user: null, client: null }]);
  });

  it('of plugins that offered no functions yet have none', async () => {
    const dir = makeDir();
    const db = new Sqlite(join(dir, 'homerule.db'));
    await migrate(db, truthMigrations.slice(0, 13), noon);
    db.exec("INSERT INTO plugins VALUES ('bemfa', 1, '{}', '', 5)");
    db.close();
    const { store } = await openHouse(dir);
    expect(await store.plugins.all()).toMatchObject([{ id: 'bemfa', enabled: true, functions: '[]' }]);
  });

  it('of users and access rules come back as they were', async () => {
    const { store, complaints } = await openHouse();
    const user = {
      name: 'lamp',
      role: 'device',
      password: '$7$…',
      enabled: false,
      createdAt: noon,
      changedAt: noon + 1,
    } as const;
    const rule = { id: 'r1', user: 'lamp', access: 'deny', filter: 'home/#', at: noon } as const;
    store.users.put(user);
    store.acl.put(rule);
    expect(await store.users.all()).toEqual([user]);
    expect(await store.acl.all()).toEqual([rule]);
    store.users.put({ ...user, name: 'odd', role: 'king' as 'admin' });
    expect(await store.users.all()).toEqual([user]);
    expect(complaints).toEqual(['a row of users cannot be read']);
  });

  it('are loaded by the hundred thousand without holding up the house', async () => {
    const { store } = await openHouse();
    const count = 100_000;
    for (let i = 0; i < count; i++) store.state.put(stateRow(`home/${i}`, `{"value":${i}}`));
    await store.commits.settled();
    let turns = 0;
    let isLoading = true;
    const turn = (): void => {
      turns++;
      if (isLoading) setImmediate(turn);
    };
    turn();
    const start = performance.now();
    const rows = await store.state.all();
    isLoading = false;
    console.log(`loaded ${rows.length} rows in ${Math.round(performance.now() - start)} ms, ${turns} turns`);
    expect(new Set(rows.map((row) => row.topic)).size).toBe(count);
    expect(turns).toBeGreaterThan(count / 1000);
  });

  it('that can never be stored are named and do not keep others from disk', async () => {
    const { store, complaints } = await openHouse();
    store.retained.put(retainedRow('good/1'));
    // A null that the types rule out: a fault of another room.
    store.retained.put({ ...retainedRow('bad'), at: null as unknown as number, qos: null as unknown as 1 });
    store.retained.put(retainedRow('good/2'));
    expect((await store.retained.all()).map((row) => row.topic)).toEqual(['good/1', 'good/2']);
    expect(store.counters()).toMatchObject({ storeRejectedRows: 1, storeRows: 2, storeFailedCommits: 0 });
    expect(complaints).toEqual(['1 rows cannot be stored']);
  });

  it('that cannot be read are left out and counted', async () => {
    const dir = makeDir();
    const before = await openHouse(dir);
    for (const topic of ['a', 'b', 'c']) before.store.retained.put(retainedRow(topic));
    await before.store.stop();
    const db = new Sqlite(join(dir, 'homerule.db'));
    db.prepare("UPDATE retained SET qos = 7 WHERE topic = 'b'").run();
    db.close();
    const { store, complaints } = await openHouse(dir);
    expect((await store.retained.all()).map((row) => row.topic)).toEqual(['a', 'c']);
    expect(store.counters()).toMatchObject({ storeBadRows: 1 });
    expect(complaints).toEqual(['a row of retained cannot be read']);
  });
});

describe('rule versions', () => {
  const saved = (rule: string, version: number) => ({
    rule,
    version,
    source: `id: ${rule} # ${version}`,
    document: '{}',
    author: 'anna',
    note: '',
    savedAt: noon,
  });

  it('are found by rule, by number, and by what is in use', async () => {
    const { store } = await openHouse();
    for (const version of [1, 2, 3]) store.ruleVersions.put(saved('fan', version));
    store.ruleVersions.put(saved('odd@name', 1));
    store.rules.put({ id: 'fan', version: 3, enabled: true });
    store.runs.put({ id: 'r1', rule: 'fan', version: 1, due: null, state: '{}' });
    expect((await store.ruleVersions.list('fan')).map((row) => row.version)).toEqual([1, 2, 3]);
    expect(await store.ruleVersions.find('fan', 2)).toEqual(saved('fan', 2));
    expect(await store.ruleVersions.find('fan', 9)).toBeUndefined();
    expect((await store.ruleVersions.inUse()).map((row) => row.version)).toEqual([1, 3]);
    store.ruleVersions.delete(ruleVersionKey('odd@name', 1));
    expect(await store.ruleVersions.list('odd@name')).toEqual([]);
  });
});
