// What is known of topics for those who check rules: the latest messages, and what contracts learned before.
import { expect, test } from 'vitest';
import { TopicContract } from '../../src/devices/contract/topic-contract.ts';
import { encodePayload, HeardTopics, Payload, TopicStates } from '../../src/devices/index.ts';

const hour = 3_600_000;

/** Says each value in turn, for so many hours. */
function heard(values: readonly unknown[], hours: number): HeardTopics {
  const limits = { topics: 10, payloadBytes: 1000, topicsPerClient: 10 };
  const states = new TopicStates({ put: () => undefined, delete: () => undefined }, limits);
  const contract = new TopicContract('mode', 0);
  for (let turn = 0; turn < hours * 4; turn++) {
    const value = values[turn % values.length];
    const at = (turn * hour) / 4;
    contract.hear({ at, value, messages: 1 });
    const message = { topic: 'a/mode', at, qos: 0, retain: false, origin: 'client', by: 'x' } as const;
    states.update(message, new Payload(encodePayload(value)));
  }
  return new HeardTopics(states.tree, { find: () => contract.facts() });
}

test('few texts that came for a day are all there are', () => {
  const topics = heard(['eco', 'boost', 'off'], 26);
  expect(topics.values('a/mode', undefined)).toEqual({ values: ['eco', 'boost', 'off'], isComplete: true });
});

test.each([
  ['after an hour', ['eco', 'boost'], 1],
  ['of numbers', [1, 2, 3], 26],
])('%s there may be others', (_name, values, hours) => {
  expect(heard(values, hours).values('a/mode', undefined)?.isComplete).toBe(false);
});

test('fields that only an earlier message had are known', () => {
  const topics = heard([{ power: 1 }, { battery: 5 }, { state: { on: true } }], 2);
  expect([...(topics.fields('a/mode') ?? [])].sort((a, b) => (a < b ? -1 : 1))).toEqual([
    'battery',
    'power',
    'state',
  ]);
});
