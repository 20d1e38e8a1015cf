// The audit: what use cases leave behind, who may do what, what is counted, and its bounds.
import { describe, expect, test } from 'vitest';
import { AuditLog } from '../../src/api/access/audit-log.ts';
import { GuardedApi } from '../../src/api/access/guarded-api.ts';
import { LoopGuard } from '../../src/api/access/loop-guard.ts';
import { permissionsOf } from '../../src/api/access/permissions.ts';
import { type Policy, policies } from '../../src/api/access/policy.ts';
import { type Actor, type AuditView, flowsActor, nobody, owner } from '../../src/api/index.ts';
import { HomeruleError, ProcessIds, VirtualClock } from '../../src/base/index.ts';
import { ManualCommits, PromptCommits } from '../support/commits.ts';
import { FakeApi } from '../support/fake-api.ts';
import { MapRows } from '../support/rule-world.ts';

function world(commits: ManualCommits | PromptCommits = new PromptCommits()) {
  const clock = new VirtualClock(Date.parse('2026-03-02T12:00:00Z'));
  const rows = new MapRows<AuditView>((row) => row.id);
  const log = new AuditLog({ rows, commits, clock, ids: new ProcessIds(clock, 1) });
  const api = new FakeApi();
  const options = { log, loops: new LoopGuard() };
  return { clock, rows, log, api, commits, as: (actor: Actor) => new GuardedApi(api, actor, options) };
}

const editor: Actor = { name: 'eva', role: 'editor', may: permissionsOf.editor, address: '192.168.1.9' };
const viewer: Actor = { name: 'vic', role: 'viewer', may: permissionsOf.viewer, address: '192.168.1.8' };
const shown = ({ who, action, target, outcome, detail, count }: AuditView): string =>
  [who, action, target, outcome, detail, count].join(' ');

describe('a change', () => {
  test('is written down with who, what, about what, from where, and what came of it', async () => {
    const { as, log, rows } = world();
    await as(editor).rules.save(editor, { text: '{"id": "fan"}' });
    await as(editor).rules.setEnabled(editor, 'fan', false);
    await expect(as(editor).rules.delete(editor, 'nobody')).rejects.toThrow('there is no rule');
    const { items } = log.list({});
    expect(items.map(shown)).toEqual([
      'eva rules.delete nobody failed rule-missing 1',
      'eva rules.setEnabled fan done enabled=false 1',
      'eva rules.save fan done version=1 1',
    ]);
    expect(items[0]).toMatchObject({ address: '192.168.1.9', at: Date.parse('2026-03-02T12:00:00Z') });
    expect([...rows.rows.values()]).toHaveLength(3);
  });

  test('is on disk before it is answered', async () => {
    const { as, commits } = world(new ManualCommits());
    let isAnswered = false;
    const answer = as(editor)
      .timers.fire(editor, 'run-1')
      .then(() => {
        isAnswered = true;
      });
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(isAnswered).toBe(false);
    if (commits instanceof ManualCommits) commits.commit();
    await answer;
  });

  test('never shows a password or a payload', async () => {
    const { as, log } = world();
    const actor = owner('socket');
    await as(actor).users.add(actor, { name: 'lamp', password: 'geheim' });
    await as(actor).users.setPassword(actor, 'lamp', 'geheim');
    await as(actor).topics.publish(actor, { topic: 'a', payload: 'geheim' });
    expect(JSON.stringify(log.list({}))).not.toContain('geheim');
  });
});

describe('permissions', () => {
  test.each([
    [nobody('10.0.0.1'), []],
    [viewer, ['read']],
    [editor, ['read', 'operate', 'edit']],
    [owner('owner'), ['read', 'operate', 'edit', 'admin']],
    [flowsActor('127.0.0.1'), ['read', 'operate']],
  ] as const)('%o may call what its permissions say and nothing else', async (actor, may) => {
    const { as, api } = world();
    const guarded = as(actor);
    for (const [room, table] of Object.entries(policies)) {
      for (const [useCase, policy] of Object.entries<Policy>(table)) {
        const call = async (): Promise<unknown> =>
          Reflect.apply(Reflect.get(Reflect.get(guarded, room), useCase), undefined, [actor, 'x']);
        api.failure = new HomeruleError('reached', 'missing', 'reached');
        const code = await call().then(
          () => 'reached',
          (error: unknown) => (error instanceof HomeruleError ? error.code : 'reached'),
        );
        const isLetIn = !['login-needed', 'not-allowed'].includes(code);
        const { needs, isForFlows = false } = policy;
        const mayCall = may.some((each) => each === needs) || (isForFlows && actor.origin === 'flow');
        expect([room, useCase, isLetIn]).toEqual([room, useCase, mayCall]);
      }
    }
  });

  test('what is asked in vain is counted, not written each time; of nobody nothing is', async () => {
    const { as, log } = world();
    for (let i = 0; i < 50; i++) {
      expect(() => void as(viewer).rules.delete(viewer, 'fan')).toThrow('"edit"');
      expect(() => as(nobody('10.0.0.1')).rules.list()).toThrow('log in');
    }
    expect(log.list({}).items.map(shown)).toEqual(['vic rules.delete  refused needs edit 50']);
  });
});

describe('what the broker denies', () => {
  const denied = (client: string, topic: string) =>
    ({
      kind: 'denied',
      what: 'publish',
      client,
      topic,
      at: 0,
      address: '10.0.0.7',
      listener: 'tcp',
      protocol: '5.0',
      reason: 'may not publish there',
    }) as const;

  test('is one entry for each client, kind and minute, but of its topics four are told apart', () => {
    const { log, clock, rows } = world();
    for (let i = 0; i < 1000; i++) log.clientTold(denied('lamp', `a/${i}`));
    clock.advance(60_000);
    log.clientTold(denied('lamp', 'b'));
    log.clientTold({ kind: 'refused', reason: 'too many', at: 0, address: '10.0.0.9' });
    expect(log.list({ outcome: 'refused' }).items.map(shown)).toEqual([
      ' client.enter  refused too many 1',
      'lamp client.publish b refused may not publish there 1',
      'lamp client.publish a/4 refused may not publish there 996',
      'lamp client.publish a/3 refused may not publish there 1',
      'lamp client.publish a/2 refused may not publish there 1',
      'lamp client.publish a/1 refused may not publish there 1',
      'lamp client.publish a/0 refused may not publish there 1',
    ]);
    expect(rows.rows.size).toBe(7);
  });

  test('fills neither the audit nor the disk, however many clients there are', async () => {
    const { log, as, clock, rows } = world();
    await as(editor).timers.fire(editor, 'run-1');
    for (let minute = 0; minute < 50; minute++) {
      for (let i = 0; i < 200; i++) log.clientTold(denied(`c${i}`, 'a'));
      clock.advance(60_000);
    }
    // Denied messages, what was too much in each minute, and the deed.
    expect(rows.rows.size).toBe(2000 + 50 + 1);
    expect(log.overflowed).toBe(50 * 140);
    expect(log.list({ action: 'others', limit: 1 }).items[0]).toMatchObject({ count: 140 });
    expect(log.list({ who: 'eva' }).items).toHaveLength(1);
  });
});

test('it keeps 10,000 changes of at most 400 days, and goes on after a start', async () => {
  const { log, rows, clock } = world();
  const entry = { who: 'eva', action: 'rules.save', target: 'fan', address: '', detail: '' } as const;
  for (let i = 0; i < 10_050; i++) await log.write({ ...entry, outcome: 'done' });
  expect(rows.rows.size).toBe(10_000);
  const again = world();
  again.log.load([...rows.rows.values()]);
  expect(again.log.list({ limit: 1000 }).items).toHaveLength(1000);
  clock.advance(401 * 86_400_000);
  await log.write({ ...entry, outcome: 'done' });
  expect(rows.rows.size).toBe(1);
});

test('it comes in pages, newest first, and can be searched', async () => {
  const { log } = world();
  for (const [who, action] of [
    ['eva', 'rules.save'],
    ['eva', 'rules.delete'],
    ['tom', 'users.add'],
    ['eva', 'timers.fire'],
  ] as const)
    await log.write({ who, action, target: 'x', address: '', outcome: 'done', detail: '' });
  const first = log.list({ who: 'eva', limit: 2 });
  expect(first.items.map(({ action }) => action)).toEqual(['timers.fire', 'rules.delete']);
  const rest = log.list({ who: 'eva', limit: 2, ...(first.next && { cursor: first.next }) });
  expect(rest).toMatchObject({ items: [{ action: 'rules.save' }] });
  expect(rest.next).toBeUndefined();
  expect(log.list({ action: 'rules' }).items).toHaveLength(2);
});
