// The topic tree stays small and calm; a topic becomes a rule in one step.
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { TopicNode, TopicView } from '../../web/src/api/types.ts';
import { base64Of, bytesOf, hexLines } from '../../web/src/base/bytes.ts';
import { changedPaths, parsePayload } from '../../web/src/base/json.ts';
import { jsonataOf, leavesOf, seriesPathOf } from '../../web/src/base/leaves.ts';
import { pointsOf } from '../../web/src/history/readings.ts';
import { aligned } from '../../web/src/parts/chart/chart-data.ts';
import { SearchBox } from '../../web/src/parts/search-box.tsx';
import { ruleFromTopic } from '../../web/src/rule/rule-from-topic.ts';
import { differencesOf } from '../../web/src/topics/differences.ts';
import { SavedPayloads } from '../../web/src/topics/saved-payloads.tsx';
import { TopicTree } from '../../web/src/topics/topic-tree.ts';
import { makeTestHouse, show } from './support.tsx';

function view(topic: string, payload: string, messages = 1): TopicView {
  const facts = {
    bytes: payload.length,
    at: 1,
    changedAt: 1,
    qos: 0,
    retain: false,
    retained: false,
  } as const;
  return { topic, payload, messages, origin: 'client', by: 'x', ...facts };
}

function node(topic: string, below: number, value?: TopicView): TopicNode {
  const name = topic.slice(topic.lastIndexOf('/') + 1);
  return { name, topic, below, messages: value?.messages ?? 0, ...(value ? { value } : {}) };
}

function makeTree() {
  const flushes: (() => void)[] = [];
  const clock = { now: 0 };
  const after = (_ms: number, call: () => void) => {
    flushes.push(call);
    return () => undefined;
  };
  const tree = new TopicTree({ after, now: () => clock.now });
  const flush = (): void => {
    for (const call of flushes.splice(0)) call();
  };
  return { tree, clock, flushes, flush };
}

describe('topic tree', () => {
  test('lays out open levels below their branch, in natural order', () => {
    const { tree } = makeTree();
    tree.setLevel('', [node('home', 3), node('a', 0)]);
    tree.setLevel('home', [node('home/room10', 0), node('home/room2', 1)]);
    tree.setOpen(['home']);
    expect(tree.rows.map(({ topic, depth }) => [topic, depth])).toEqual([
      ['a', 0],
      ['home', 0],
      ['home/room2', 1],
      ['home/room10', 1],
    ]);
    tree.setOpen([]);
    expect(tree.rows).toHaveLength(2);
  });

  test('five hundred values become one flush that wakes only who watches', () => {
    const { tree, flushes, flush } = makeTree();
    tree.setLevel(
      's',
      Array.from({ length: 500 }, (_, index) => node(`s/${index}`, 0)),
    );
    const seen = vi.fn();
    const unseen = vi.fn();
    const rows = vi.fn();
    tree.watch('s/7', seen);
    tree.watch('s/499', unseen)();
    tree.watchRows(rows);
    for (let index = 0; index < 500; index += 1) tree.take([view(`s/${index}`, String(index))]);
    expect(flushes).toHaveLength(1);
    flush();
    expect(seen).toHaveBeenCalledTimes(1);
    expect(unseen).not.toHaveBeenCalled();
    expect(rows).not.toHaveBeenCalled();
    expect(tree.find('s/499')?.value?.payload).toBe('499');
  });

  test('the busiest come first when that is wanted, by what two readings say', () => {
    const { tree, clock } = makeTree();
    const read = (a: number, b: number): void =>
      tree.setLevel('', [
        { ...node('a', 1), messages: a },
        { ...node('b', 1), messages: b },
      ]);
    read(100, 0);
    expect(tree.rateOf('a')).toBeUndefined();
    clock.now = 2_000;
    read(102, 40);
    expect([tree.rateOf('a'), tree.rateOf('b')]).toEqual([1, 20]);
    tree.setOrder('rate');
    expect(tree.rows.map(({ topic }) => topic)).toEqual(['b', 'a']);
    tree.setOrder('name');
    expect(tree.rows.map(({ topic }) => topic)).toEqual(['a', 'b']);
  });

  test('paused it stands still and counts what it missed', () => {
    const { tree, flush } = makeTree();
    tree.setLevel('', [node('a', 0, view('a', '1'))]);
    tree.setPaused(true);
    tree.take([view('a', '2'), view('a', '3')]);
    tree.setLevel('', [node('a', 0, view('a', '3')), node('b', 0)]);
    flush();
    expect([tree.missed, tree.rows.length, tree.find('a')?.value?.payload]).toEqual([2, 1, '1']);
    tree.setPaused(false);
    tree.take([view('a', '4')]);
    flush();
    expect([tree.missed, tree.find('a')?.value?.payload]).toEqual([0, '4']);
  });

  test('a topic that is new in an open level gets a row; one of a closed level is ignored', () => {
    const { tree, flush } = makeTree();
    tree.setLevel('', [node('home', 1)]);
    tree.take([view('lamp', 'ON'), view('home/x/y', '1')]);
    flush();
    expect(tree.rows.map(({ topic }) => topic)).toEqual(['home', 'lamp']);
  });
});

test.each([
  ['{"a":1,"b":2}', '{"a":1,"b":3}', ['/b']],
  ['{"a":{"x":1}}', '{"a":{"x":1,"y":2}}', ['/a/y']],
  ['[1,2]', '[1,5]', ['/1']],
  ['on', 'off', ['']],
  ['{"a":1}', '{"a":1}', []],
])('between %s and %s changed %j', (before, after, paths) => {
  expect([...changedPaths(parsePayload(before), parsePayload(after))]).toEqual(paths);
});

test.each([
  ['0417', '0417'],
  ['1417', 1417],
  ['on', 'on'],
  ['true', true],
  ['{"a":', '{"a":'],
])('the payload %s is read as %j', (text, value) => {
  expect(parsePayload(text)).toEqual(value);
});

test('a payload with thousands of levels is shown as its text: no walk through it can overflow', () => {
  const nested = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
  expect(parsePayload(nested(20_000))).toBe(nested(20_000));
  expect(parsePayload(nested(100))).toEqual(JSON.parse(nested(100)));
});

test.each([
  ['home/a', '{"celsius":31.5}', '  - payload.celsius > 31.5'],
  ['home/a', '{"occupancy":true}', '  - payload.occupancy = true'],
  ['home/a', 'ON', "  - payload = 'ON'"],
  ['客厅/温度', '21', '  - message: 客厅/温度'],
  ['# odd: topic', '21', '  - message: "# odd: topic"'],
])('a rule from %s %s holds the line %s', (topic, payload, line) => {
  expect(ruleFromTopic({ topic, payload }).split('\n')).toContain(line);
});

test('searching waits until an input method has composed a word', async () => {
  const onSearch = vi.fn();
  await show(<SearchBox words="" label="Search" clearLabel="Clear" onSearch={onSearch} />);
  const box = await screen.findByRole('searchbox');
  fireEvent.compositionStart(box);
  fireEvent.change(box, { target: { value: 'ke' } });
  fireEvent.change(box, { target: { value: 'keting' } });
  expect(onSearch).not.toHaveBeenCalled();
  fireEvent.change(box, { target: { value: '客厅' } });
  fireEvent.compositionEnd(box);
  expect(onSearch.mock.calls).toEqual([['客厅']]);
});

describe('values inside a payload', () => {
  const payload = { a: { b: [1, { 'c d': 2 }] }, ok: true };

  test('are named for expressions and for the history', () => {
    expect(leavesOf(payload).map(({ parts }) => [jsonataOf(parts), seriesPathOf(parts)])).toEqual([
      ['payload.a.b[0]', 'a.b.0'],
      ['payload.a.b[1].`c d`', 'a.b.1.c d'],
      ['payload.ok', 'ok'],
    ]);
    expect(leavesOf(7).map(({ parts }) => [jsonataOf(parts), seriesPathOf(parts)])).toEqual([
      ['payload', ''],
    ]);
  });

  test('a rule can be about any of them', () => {
    const view = { topic: 'x', payload: JSON.stringify(payload) };
    expect(ruleFromTopic(view, 'payload.ok')).toContain('- payload.ok = true');
    expect(ruleFromTopic(view, 'payload.gone')).not.toContain('conditions');
  });

  test('differences name what came, changed and went', () => {
    expect(differencesOf({ a: 1, b: 2, c: 3 }, { a: 1, b: 5, d: 4 })).toEqual([
      { path: 'payload.b', was: 2, is: 5 },
      { path: 'payload.c', was: 3, is: undefined },
      { path: 'payload.d', was: undefined, is: 4 },
    ]);
  });

  test('bytes are printed as hex and base64', () => {
    expect(hexLines(bytesOf('hé', false))).toBe('0000  68 c3 a9                 h··');
    expect(base64Of(bytesOf('AP8=', true))).toBe('AP8=');
    expect(hexLines(new Uint8Array(20), 10).split('\n')).toHaveLength(2);
  });
});

describe('charts', () => {
  test('series share one time axis; what one has not said there is a gap', () => {
    const { times, columns } = aligned([
      { key: 'a', label: 'a', points: [{ at: 2, value: 5, min: 4, max: 6 }] },
      { key: 'b', label: 'b', points: [{ at: 1, value: 7 }] },
    ]);
    expect(times).toEqual([1, 2]);
    expect(columns).toEqual([
      { value: [null, 5], min: [null, 4], max: [null, 6] },
      { value: [7, null], min: [null, null], max: [null, null] },
    ]);
  });

  test('a state is drawn as 0 and 1, a stretch by its mean', () => {
    const points = [
      { at: 1, count: 1, changes: 0, last: true },
      { at: 2, count: 2, changes: 1, last: 4, mean: 3, min: 2, max: 4 },
    ];
    expect(pointsOf({ widthMs: 0, points })).toEqual([
      { at: 1, value: 1 },
      { at: 2, value: 3, min: 2, max: 4 },
    ]);
  });
});

test('a message is saved in this browser and taken again', async () => {
  const { house } = makeTestHouse();
  let taken: unknown;
  const saved = { topic: 'lamp/set', payload: 'ON' };
  const { unmount } = await show(<SavedPayloads now={saved} onTake={() => undefined} />, { house });
  fireEvent.click(await screen.findByRole('button', { name: 'Save this message' }));
  unmount();
  await show(<SavedPayloads now={{ topic: '', payload: '' }} onTake={(one) => (taken = one)} />, { house });
  fireEvent.change(await screen.findByLabelText('Saved messages'), { target: { value: 'lamp/set ON' } });
  expect(taken).toEqual(saved);
});
