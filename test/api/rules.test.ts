// Use cases about rules, on a house without a broker or a disk whose commits come when the test says so.
import { expect, test, vi } from 'vitest';
import { Analyses } from '../../src/api/analyses.ts';
import { Hooks } from '../../src/api/hooks.ts';
import { owner, type RunTestView } from '../../src/api/index.ts';
import { RuleTests } from '../../src/api/rule-tests.ts';
import { Rules } from '../../src/api/rules.ts';
import { Runs } from '../../src/api/runs.ts';
import { Watchers } from '../../src/api/watchers.ts';
import { SystemClock } from '../../src/base/index.ts';
import type { RuleRow, RuleVersionRow, Trace } from '../../src/rules/index.ts';
import { ManualCommits } from '../support/commits.ts';
import { MapRows, RuleWorld } from '../support/rule-world.ts';

const actor = owner('ann');

/** Of a run of `r`. */
function recordedTest(run: string): RunTestView {
  const yaml = '- name: was\n  steps: [{ publish: p }]\n';
  return { run, rule: 'r', version: 1, name: 'was', yaml, passes: true, report: [], incomplete: [] };
}

class TestRules {
  readonly world = new RuleWorld({ time: Date.parse('2026-03-02T12:00:00Z') });
  readonly commits = new ManualCommits();
  readonly rows = new MapRows<RuleRow>((row) => row.id);
  readonly versions = new MapRows<RuleVersionRow>((row) => `${row.rule}@${row.version}`);
  readonly told: unknown[] = [];
  readonly runs: Runs;
  readonly rules: Rules;
  readonly tests: RuleTests;

  constructor() {
    const { live, clock, traces, states, home } = this.world;
    const watchers = new Watchers();
    watchers.add('rules', undefined, (item) => this.told.push(item));
    const find = async (id: string): Promise<Trace | undefined> => traces.find((trace) => trace.id === id);
    const devices = { roster: { find: () => undefined } };
    this.runs = new Runs({
      live,
      clock,
      home: { zone: 'UTC' },
      devices,
      traces: { recent: async () => traces, find },
    });
    const versionsOf = async (rule: string): Promise<RuleVersionRow[]> =>
      [...this.versions.rows.values()].filter((row) => row.rule === rule);
    let count = 0;
    const tests = new RuleTests({
      home: { zone: 'UTC' },
      clock: new SystemClock(),
      sourceOf: (id) => this.rules.sourceOf(id),
      findText: (id) => this.rules.findText(id),
      recorded: { of: async (run) => recordedTest(run) },
    });
    this.tests = tests;
    this.rules = new Rules({
      live,
      clock,
      watchers,
      runs: this.runs,
      tests,
      shadows: { deleteRule: () => undefined },
      translate: () => [],
      analyses: new Analyses({ library: this.world.library, states, home, clock }),
      hooks: new Hooks({ live, secrets: this.world.home.secrets, commits: this.commits, clock }),
      library: this.world.library,
      ids: { next: () => `api${++count}` },
      home: { zone: 'UTC' },
      store: {
        commits: this.commits,
        rules: this.rows,
        versions: this.versions,
        versionsOf,
        journalFrom: () => Number.POSITIVE_INFINITY, // there is none
      },
    });
  }

  /** Lets promises run up to where they wait for a commit, then commits. */
  async landed<Value>(promise: Promise<Value>): Promise<Value> {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    this.commits.commit();
    return promise;
  }

  save(words: string, ifVersion?: number): Promise<{ readonly version: number; readonly source: string }> {
    const text = `id: r\ntriggers: [{ message: p }]\nactions: [{ delay: 1h }, { log: ${words} }]\n`;
    return this.rules.save(actor, ifVersion === undefined ? { text } : { text, ifVersion });
  }
}

test('two saves at once: each is answered with what it saved', async () => {
  const house = new TestRules();
  const first = house.save('one');
  const second = house.save('two');
  const [one, two] = await house.landed(Promise.all([first, second]));
  expect([one.version, two.version]).toEqual([1, 2]);
  expect(one.source).toContain('one');
  expect(two.source).toContain('two');
});

test('two saves at once that both saw the same version: one is refused', async () => {
  const house = new TestRules();
  const results = await house.landed(Promise.allSettled([house.save('one', 0), house.save('two', 0)]));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(results[1]).toMatchObject({ reason: { code: 'version-conflict' } });
  expect(house.versions.rows.size).toBe(1);
});

test('a run as a test comes with the text in force that holds it, while there is one', async () => {
  const house = new TestRules();
  await house.landed(house.save('one'));
  await house.landed(house.save('two'));
  const { added } = await house.tests.fromRun('run1');
  expect(added?.version).toBe(2);
  expect(added?.source).toMatch(/log: two.*\ntests:\n {2}- name: was\n {4}steps/);
  await house.landed(house.rules.delete(actor, 'r'));
  expect(await house.tests.fromRun('run1')).toEqual(recordedTest('run1'));
});

test('a rule deleted while its save waits for the disk: both are answered, and it is gone', async () => {
  const house = new TestRules();
  await house.landed(house.save('one'));
  const saved = house.save('two');
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  const deleted = house.rules.delete(actor, 'r');
  expect(await house.landed(saved)).toMatchObject({ version: 2 });
  await house.landed(deleted);
  expect(house.rules.has('r')).toBe(false);
  expect(house.rows.rows.size).toBe(0);
  expect(house.told.at(-1)).toEqual({ change: 'deleted', id: 'r' });
});

test('a rule that comes back after a deletion goes on counting versions', async () => {
  const house = new TestRules();
  await house.landed(house.save('one'));
  await house.landed(house.rules.delete(actor, 'r'));
  expect(await house.landed(house.save('two'))).toMatchObject({ version: 2 });
});

test('of many versions a hundred are kept, and those that a waiting run still needs', async () => {
  const house = new TestRules();
  await house.landed(house.save('one'));
  house.world.publish({ topic: 'p', payload: 1 });
  for (let count = 2; count <= 103; count++) await house.landed(house.save(`n${count}`));
  const kept = [...house.versions.rows.values()].map(({ version }) => version);
  expect([Math.min(...kept), kept.length]).toEqual([1, 101]);
  expect(kept).not.toContain(3);
});

test('a version that no longer compiles is not gone back to', async () => {
  const house = new TestRules();
  await house.landed(house.save('one'));
  const row = house.versions.rows.get('r@1');
  if (row) house.versions.put({ ...row, source: 'id: r\nactions: [{ gone: 1 }]' });
  await house.landed(house.save('two'));
  await expect(house.rules.rollback(actor, 'r', { version: 1 })).rejects.toMatchObject({
    code: 'rule-invalid',
  });
  await expect(house.rules.rollback(actor, 'r', { version: 9 })).rejects.toMatchObject({
    code: 'version-missing',
  });
  expect((await house.rules.get('r')).version).toBe(2);
});

test('a summary says how the rule begins, without the steps inside its first one', async () => {
  const house = new TestRules();
  const text =
    'id: fan\ntriggers: { message: [a, b] }\nactions: [{ if: true, then: [{ log: x }] }, { log: y }]\n';
  await house.landed(house.rules.save(actor, { text }));
  expect(house.rules.summary('fan').outline).toEqual({
    triggers: 1,
    actions: 2,
    trigger: { message: ['a', 'b'] },
    action: Object.fromEntries([
      ['if', true],
      ['then', []],
    ]),
  });
});

test('a rule that is switched off runs by hand', async () => {
  const house = new TestRules();
  await house.landed(house.save('one'));
  await house.landed(house.rules.setEnabled(actor, 'r', false));
  expect(await house.rules.run(actor, 'r', {})).toMatchObject({ status: 'waiting', trigger: { by: 'ann' } });
  const deep: unknown = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`);
  await expect(house.rules.run(actor, 'r', { payload: deep })).rejects.toMatchObject({ code: 'bad-payload' });
});

test('the first page of runs is no longer than twice the limit, however many wait', async () => {
  const house = new TestRules();
  const text = 'id: r\nmode: parallel\nmax: 50\ntriggers: [{ message: p }]\nactions: [{ delay: 1h }]\n';
  await house.landed(house.rules.save(actor, { text }));
  for (let count = 0; count < 20; count++) house.world.publish({ topic: 'p', payload: count });
  expect((await house.runs.list({ limit: 5 })).items.length).toBe(5);
});

test('a damaged document, or one that is missing, keeps its own rule from running and no other', async () => {
  const before = new TestRules();
  await before.landed(before.save('one'));
  const [version] = before.versions.rows.values();
  if (version === undefined) throw new Error('nothing was saved');
  const house = new TestRules();
  const rows = ['bad', 'lost', 'r'].map((id) => ({ id, version: 1, enabled: true }));
  const failed = house.rules.load(rows, [{ ...version, rule: 'bad', document: '{' }, version]);
  expect(failed).toEqual(['bad', 'lost']);
  house.world.publish({ topic: 'p', payload: 1 });
  expect(house.world.rows.runs.rows.size).toBe(1);
  expect(house.rules.list().map(({ id }) => id)).toEqual(['bad', 'r']);
});

const tested = (words: string): string => `id: r
triggers: [{ message: p }]
actions: [{ log: ${words} }]
tests:
  - name: says good
    steps: [{ publish: p }]
    expect: { logged: ["r: good"] }
`;

test('a rule whose tests fail is not saved, unless that is forced', async () => {
  const house = new TestRules();
  await expect(house.rules.save(actor, { text: tested('bad') })).rejects.toMatchObject({
    code: 'tests-failed',
    message: '1 of 1 tests failed; force saves the rule all the same',
    details: { problems: [{ path: 'tests[0].expect', code: 'test-failed', line: 7, column: 13 }] },
  });
  expect(house.versions.rows.size).toBe(0);
  const forced = house.rules.save(actor, { text: tested('bad'), force: true });
  expect(await house.landed(forced)).toMatchObject({ version: 1 });
  const saved = house.rules.save(actor, { text: tested('good') });
  await vi.waitUntil(() => house.versions.rows.has('r@2'));
  expect(await house.landed(saved)).toMatchObject({ version: 2 });
});

test('going back to an old version asks no tests; tests are played on demand, of a draft, too', async () => {
  const house = new TestRules();
  await house.landed(house.rules.save(actor, { text: tested('bad'), force: true }));
  await house.landed(house.rules.save(actor, { text: tested('worse'), force: true }));
  expect(await house.landed(house.rules.rollback(actor, 'r', { version: 1 }))).toMatchObject({ version: 3 });
  expect(await house.tests.test('r', {})).toMatchObject({ rule: 'r', passed: 0, failed: 1 });
  expect(await house.tests.test('r', { source: tested('good') })).toMatchObject({ passed: 1, failed: 0 });
  await expect(house.tests.test('q', {})).rejects.toMatchObject({ code: 'rule-missing' });
  await expect(house.tests.test('q', { source: tested('good') })).rejects.toMatchObject({
    code: 'id-mismatch',
  });
  await expect(house.tests.test('r', { source: 'id: r' })).rejects.toMatchObject({ code: 'rule-invalid' });
  expect(house.world.logged).toEqual([]);
});

test('tests of many rules wait for each other, and beyond a bound are refused', async () => {
  const house = new TestRules();
  const all = Array.from({ length: 25 }, () => house.tests.test('r', { source: tested('good') }));
  const results = await Promise.allSettled(all);
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(20);
  expect(results.at(-1)).toMatchObject({ reason: { code: 'tests-busy' } });
});

test.each([
  [{}, 1],
  [{ outcome: 'open' }, 1],
  [{ outcome: 'done' }, 0],
  [{ rule: 'other' }, 0],
  [{ reason: 'waiting' }, 1],
  [{ reason: 'single' }, 0],
  [{ from: '-1m' }, 1],
  [{ to: '-1m' }, 0],
  [{ device: 'button' }, 0],
] as const)('of the runs that wait %j names %i', async (query, count) => {
  const house = new TestRules();
  await house.landed(house.save('one'));
  await house.rules.run(actor, 'r', {});
  expect((await house.runs.list(query)).items).toHaveLength(count);
});

test('runs are asked of the store by the statuses of an outcome and the topics of a device', async () => {
  const { live, clock } = new RuleWorld({ time: Date.parse('2026-03-02T12:00:00Z') });
  const asked: unknown[] = [];
  const recent = async (query: unknown): Promise<Trace[]> => {
    asked.push(query);
    return [];
  };
  const devices = { roster: { find: () => undefined } };
  const runs = new Runs({
    live,
    clock,
    home: { zone: 'UTC' },
    devices,
    traces: { recent, find: async () => undefined },
  });
  await runs.list({ outcome: 'failed', device: 'lamp', from: '-1h', limit: 5, cursor: 'x' });
  expect(asked).toEqual([
    {
      statuses: ['failed', 'timed-out'],
      device: { id: 'lamp', topics: [] },
      from: clock.now() - 3_600_000,
      before: 'x',
      limit: 6,
    },
  ]);
  await expect(runs.list({ from: 'never' })).rejects.toMatchObject({ code: 'bad-time' });
});
