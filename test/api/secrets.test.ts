// Use cases about secrets: kept before they answer, listed by name, never given back.
import { expect, test } from 'vitest';
import { owner } from '../../src/api/index.ts';
import { Secrets } from '../../src/api/secrets.ts';
import { Secrets as Kept, type SecretRow } from '../../src/devices/index.ts';
import { ManualCommits } from '../support/commits.ts';
import { MapRows, RuleWorld } from '../support/rule-world.ts';

const actor = owner('ann');

function house() {
  const rows = new MapRows<SecretRow>((row) => row.name);
  const commits = new ManualCommits();
  const { clock } = new RuleWorld({ time: 1000 });
  const kept = new Kept(rows);
  return { rows, commits, kept, secrets: new Secrets({ secrets: kept, commits, clock }) };
}

test('a secret is set after its commit, listed without its value, replaced, and deleted', async () => {
  const { rows, commits, kept, secrets } = house();
  const put = secrets.put(actor, 'gate', 'one');
  expect(commits.waiting).toBe(1);
  commits.commit();
  expect(await put).toEqual({ name: 'gate', changedAt: 1000 });
  const again = secrets.put(actor, 'gate', 'two');
  commits.commit();
  await again;
  expect(secrets.list()).toEqual([{ name: 'gate', changedAt: 1000 }]);
  expect([kept.value('gate'), rows.rows.size]).toEqual(['two', 1]);
  const gone = secrets.delete(actor, 'gate');
  commits.commit();
  await gone;
  expect([kept.value('gate'), rows.rows.size]).toEqual([undefined, 0]);
});

test.each([
  ['', 'x'],
  ['a b', 'x'],
  ['../x', 'x'],
  ['a'.repeat(65), 'x'],
  ['a', ''],
  ['a', 'x'.repeat(8193)],
])('%s with a value like %.5s is refused', async (name, value) => {
  const { secrets, rows } = house();
  await expect(secrets.put(actor, name, value)).rejects.toMatchObject({ code: 'secret-invalid' });
  expect(rows.rows.size).toBe(0);
});

test('what is not there cannot be deleted', async () => {
  await expect(house().secrets.delete(actor, 'gate')).rejects.toMatchObject({ code: 'secret-missing' });
});

test('a rule that compares a secret never tells it: not in its trace, not in its log', () => {
  const world = new RuleWorld({ time: 1000 });
  world.home.secrets.put({ name: 'gate', value: 'open-sesame', changedAt: 1 });
  world.save(
    `{ id: g, triggers: [{ message: p }], conditions: ["$secret('gate') = payload.token"], actions: [{ log: "in" }] }`,
  );
  world.publish({ topic: 'p', payload: { token: 'guess' } });
  expect(world.traces.at(-1)).toMatchObject({ status: 'conditions-failed' });
  expect(JSON.stringify(world.traces)).not.toContain('open-sesame');
  world.publish({ topic: 'p', payload: { token: 'open-sesame' } });
  expect(world.logged).toEqual(['g: in']);
  for (const use of ['log: "{{ $secret(\'gate\') }}"', 'let: { x: "{{ $secret(\'gate\') }}" }'])
    expect(() => world.save(`{ id: h, triggers: [{ message: p }], actions: [{ ${use} }] }`)).toThrow(
      'secret-exposed',
    );
});
