// Effects on their way out: never before their commit, never past an earlier one, never lost, repeats first.
import { expect, test } from 'vitest';
import type { EffectRow, PublishEffect } from '../../src/rules/index.ts';
import { Releases } from '../../src/rules/live/releases.ts';
import { ManualCommits } from '../support/commits.ts';
import { MapRows } from '../support/rule-world.ts';

function effect(id: string): PublishEffect {
  return {
    kind: 'publish',
    id,
    rule: 'r',
    run: 'run',
    at: 0,
    topic: id,
    payload: new Uint8Array(0),
    qos: 1,
    retain: false,
  };
}

function row(id: string): EffectRow {
  const { kind: _kind, ...rest } = effect(id);
  return { ...rest, options: null };
}

function house() {
  const commits = new ManualCommits();
  const rows = new MapRows<EffectRow>((each) => each.id);
  const sent: string[] = [];
  const releases = new Releases({
    commits,
    rows,
    send: ({ id }, isRepeated) => void sent.push(isRepeated ? `${id} again` : id),
  });
  return { commits, rows, sent, releases };
}

test('a decision that wrote nothing leaves at once, without a row', () => {
  const { releases, sent, rows } = house();
  releases.add([effect('a'), effect('b')], false);
  releases.flush();
  expect(sent).toEqual(['a', 'b']);
  expect(rows.rows.size).toBe(0);
});

test('a durable one waits for its commit; what comes later does not overtake it', async () => {
  const { releases, sent, rows, commits } = house();
  releases.add([effect('on')], true);
  releases.add([effect('off')], false);
  await Promise.resolve();
  expect(sent).toEqual([]);
  expect([...rows.rows.keys()]).toEqual(['on']);
  expect(releases.waiting).toBe(2);
  commits.commit();
  await Promise.resolve();
  expect(sent).toEqual(['on', 'off']);
  expect(rows.rows.size).toBe(0);
  releases.add([effect('next')], false);
  await Promise.resolve();
  expect(sent).toEqual(['on', 'off', 'next']);
});

test('what may have gone out before a crash goes first and says so; its row stays until it went', async () => {
  const { releases, sent, rows } = house();
  rows.put(row('on'));
  releases.hold([row('on')]);
  releases.add([effect('off')], false);
  await Promise.resolve();
  expect([sent, [...rows.rows.keys()]]).toEqual([[], ['on']]);
  releases.resume();
  expect(sent).toEqual(['on again', 'off']);
  expect(rows.rows.size).toBe(0);
});

test('what is committed after the doors closed keeps its row', async () => {
  const { releases, sent, rows, commits } = house();
  releases.add([effect('will')], true);
  releases.close();
  commits.commit();
  await Promise.resolve();
  expect(sent).toEqual([]);
  expect([...rows.rows.keys()]).toEqual(['will']);
});
