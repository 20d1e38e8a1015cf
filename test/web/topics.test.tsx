// The topic tree stays small and calm; a topic becomes a rule in one step.
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { TopicNode, TopicView } from '../../web/src/api/types.ts';
import { changedPaths, parsePayload } from '../../web/src/base/json.ts';
import { SearchBox } from '../../web/src/parts/search-box.tsx';
import { ruleFromTopic } from '../../web/src/rule/rule-from-topic.ts';
import { TopicTree } from '../../web/src/topics/topic-tree.ts';
import { show } from './support.tsx';

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
  const tree = new TopicTree((_ms, call) => {
    flushes.push(call);
    return () => undefined;
  });
  const flush = (): void => {
    for (const call of flushes.splice(0)) call();
  };
  return { tree, flushes, flush };
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
