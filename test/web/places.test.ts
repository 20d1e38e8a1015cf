// From a step of the form to its place in the text and back.
import { describe, expect, test } from 'vitest';
import { pathFrom, placesAt, spanOfPlace } from '../../web/src/document/places.ts';

const text = `name: x
# why
triggers:
  - message: a/b # first
    when: payload > 1

  - at: "07:00"
conditions: payload > 2
actions:
  - if: a = 1
    then:
      - log: two
      - { publish: t, payload: { on: true } }
`;

const at = (words: string): number => text.indexOf(words);

test.each([
  ['triggers[0]', 'message: a/b # first\n    when: payload > 1'],
  ['triggers[1]', 'at: "07:00"'],
  ['conditions', 'payload > 2'],
  ['actions[0].then[1]', '{ publish: t, payload: { on: true } }'],
])('%s stands at its lines', (path, words) => {
  const { from = 0, to = 0 } = spanOfPlace(text, path) ?? {};
  expect(text.slice(from, to)).toBe(words);
});

test.each(['actions[7]', 'nowhere', 'actions[0].if.x'])('%s stands nowhere', (path) => {
  expect(spanOfPlace(text, path)).toBeUndefined();
});

describe('a place', () => {
  test.each([
    ['- message', ['triggers[0].message', 'triggers[0]', 'triggers']],
    ['when:', ['triggers[0].when', 'triggers[0]', 'triggers']],
    ['# first', ['triggers[0].message', 'triggers[0]', 'triggers']],
    ['  - at', ['triggers[1].at', 'triggers[1]', 'triggers']],
    ['payload > 2', ['conditions']],
    ['two', ['actions[0].then[0].log', 'actions[0].then[0]', 'actions[0].then', 'actions[0]', 'actions']],
    [
      'on: true',
      [
        'actions[0].then[1].payload.on',
        'actions[0].then[1].payload',
        'actions[0].then[1]',
        'actions[0].then',
        'actions[0]',
        'actions',
      ],
    ],
  ])('at %j is in %j', (words, places) => expect(placesAt(text, at(words))).toEqual(places));

  test('of a text that is no YAML is in nothing', () => {
    expect(placesAt('a: [', 2)).toEqual([]);
    expect(spanOfPlace('a: [', 'a')).toBeUndefined();
    expect(placesAt('', 0)).toEqual([]);
  });
});

test('a path is read as it is written', () => {
  expect(pathFrom('actions[0].choose[1].then')).toEqual(['actions', 0, 'choose', 1, 'then']);
});
