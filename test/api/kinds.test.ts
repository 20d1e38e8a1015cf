// The kinds as data: every verb of the tables, with options that say what they are about.
import { expect, test } from 'vitest';
import { listKinds } from '../../src/rules/index.ts';

const { triggers, actions } = listKinds();
const optionsOf = (verb: string, kinds = [...triggers, ...actions]) =>
  kinds.find((kind) => kind.verb === verb)?.options ?? [];
const option = (verb: string, name: string) => optionsOf(verb).find((each) => each.name === name);

test('each kind begins with its verb, which is required, and has its example and words', () => {
  for (const { verb, options, doc, example } of [...triggers, ...actions]) {
    expect(options[0], verb).toMatchObject({ name: verb, required: true });
    expect(
      [doc.en, doc.zh, example].every((text) => text !== ''),
      verb,
    ).toBe(true);
  }
});

test.each([
  ['message', 'message', { field: 'filter', many: true }],
  ['message', 'origin', { field: 'choice', choices: ['any', 'client', 'rule', 'bridge', 'flow', 'api'] }],
  ['message', 'stored', { field: 'flag', required: false }],
  ['message', 'when', { field: 'condition', required: false }],
  ['change', 'for', { field: 'duration', many: false }],
  ['at', 'at', { field: 'clock', many: true }],
  ['startup', 'startup', { field: 'flag', required: true }],
  ['becomes', 'hysteresis', { field: 'number', required: false }],
  ['device', 'device', { field: 'device', many: true }],
  ['rule', 'outcome', { field: 'choice', many: true }],
  ['publish', 'publish', { field: 'topic' }],
  ['publish', 'payload', { field: 'value', required: true }],
  ['publish', 'qos', { field: 'choice', choices: [0, 1, 2] }],
  ['set', 'properties', { field: 'properties', required: true }],
  ['if', 'then', { field: 'actions' }],
  ['choose', 'choose', { field: 'branches' }],
  ['repeat', 'repeat', { field: 'loop' }],
  ['let', 'let', { field: 'names' }],
  ['log', 'log', { field: 'text' }],
  ['http', 'retries', { field: 'number', min: 0, max: 10 }],
  ['delay', 'overdue', { field: 'overdue' }],
] as const)('%s.%s', (verb, name, facts) => {
  expect(option(verb, name)).toMatchObject(facts);
});

test('what triggers have in common is there for each, and so for actions', () => {
  const names = (verb: string): readonly string[] => optionsOf(verb).map(({ name }) => name);
  for (const { verb } of triggers)
    expect(names(verb)).toEqual(expect.arrayContaining(['id', 'note', 'enabled', 'when']));
  for (const { verb } of actions)
    expect(names(verb)).toEqual(expect.arrayContaining(['id', 'note', 'enabled', 'onError']));
});
