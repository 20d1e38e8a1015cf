// Edits of the form leave everything else of a text as it is: comments, order, blank lines, quotes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { sameJson } from '../../web/src/base/json.ts';
import { applyEdit } from '../../web/src/document/apply-edit.ts';
import { type Edit, editValue, isPossible } from '../../web/src/document/edit.ts';

const rule = `# The hall
name: 'Hall light'   # any language
mode: restart

triggers:
  # the sensor by the door
  - message: home/hall/motion
    when: payload.occupancy   # true or false

  - at: "22:00"
# only when dark
conditions:
  - lux < 10
actions:
  - publish: home/hall/light/set
    payload: { state: "ON", brightness: 60 }  # warm
  # after a while
  - delay: 2m
  - if: lux < 3
    then:
      - log: |
          dark
          # not a comment
      - log: dim # two
    # else: nothing
  - publish: home/hall/light/set
    payload: { state: "OFF" }
`;

const cases: readonly (readonly [what: string, edit: Edit, from: string, to: string])[] = [
  ['a quoted scalar', { do: 'set', path: ['name'], value: 'Flur' }, "'Hall light'   #", "'Flur'   #"],
  [
    'a scalar before a comment',
    { do: 'set', path: ['triggers', 0, 'when'], value: 'a = 1' },
    'payload.occupancy   #',
    'a = 1   #',
  ],
  [
    'a number in braces',
    { do: 'set', path: ['actions', 0, 'payload', 'brightness'], value: 80 },
    '60 }',
    '80 }',
  ],
  [
    'text that braces would split',
    { do: 'set', path: ['actions', 0, 'payload', 'state'], value: 'a, b' },
    '"ON"',
    '"a, b"',
  ],
  [
    'a new key at its usual place',
    { do: 'set', path: ['max'], value: 3 },
    'mode: restart\n',
    'mode: restart\nmax: 3\n',
  ],
  [
    'a new key of an entry',
    { do: 'set', path: ['actions', 2, 'note'], value: 'x' },
    '  - if: lux < 3\n',
    '  - if: lux < 3\n    note: x\n',
  ],
  ['a key that goes', { do: 'remove', path: ['mode'] }, 'mode: restart\n', ''],
  [
    'the first key of an entry',
    { do: 'remove', path: ['triggers', 0, 'message'] },
    'message: home/hall/motion\n    when',
    'when',
  ],
  [
    'an item that goes with its comment',
    { do: 'remove', path: ['actions', 1] },
    '  # after a while\n  - delay: 2m\n',
    '',
  ],
  [
    'the only item of a list',
    { do: 'remove', path: ['conditions', 0] },
    'conditions:\n  - lux < 10\n',
    'conditions: []\n',
  ],
  [
    'an item that comes',
    { do: 'insert', list: ['actions'], index: 3, value: { log: 'x' } },
    '    # else: nothing\n',
    '    # else: nothing\n  - log: x\n',
  ],
  [
    'an item at the end',
    { do: 'insert', list: ['triggers'], index: 2, value: { startup: true } },
    '"22:00"\n',
    '"22:00"\n  - startup: true\n',
  ],
  [
    'an item deep inside',
    { do: 'insert', list: ['actions', 2, 'then'], index: 1, value: { log: 'y' } },
    '      - log: dim',
    '      - log: y\n      - log: dim',
  ],
  [
    'a list that was not there',
    { do: 'insert', list: ['actions', 2, 'else'], index: 0, value: { log: 'z' } },
    '  - if: lux < 3\n',
    '  - if: lux < 3\n    else:\n      - log: z\n',
  ],
  ['a whole entry', { do: 'set', path: ['triggers', 1], value: { every: '5m' } }, 'at: "22:00"', 'every: 5m'],
];

test.each(cases)('%s', (_, edit, from, to) => {
  expect(rule).toContain(from);
  expect(applyEdit(rule, edit)).toBe(rule.replace(from, to));
});

test('an item moves with its comments, in and out of blocks', () => {
  const inside =
    applyEdit(rule, { do: 'move', from: ['actions', 1], list: ['actions', 2, 'then'], index: 0 }) ?? '';
  expect(inside).toContain('    then:\n      # after a while\n      - delay: 2m\n      - log: |\n');
  const outside = applyEdit(inside, {
    do: 'move',
    from: ['actions', 1, 'then', 0],
    list: ['actions'],
    index: 1,
  });
  expect(outside).toBe(rule);
});

test('a list may be begun by a move, and nothing goes into itself', () => {
  const begun = applyEdit(rule, { do: 'move', from: ['actions', 1], list: ['finally'], index: 0 }) ?? '';
  expect(begun).toContain('finally:\n  # after a while\n  - delay: 2m\n');
  expect(
    applyEdit(rule, { do: 'move', from: ['actions', 2], list: ['actions', 2, 'then'], index: 0 }),
  ).toBeUndefined();
});

test.each(['name: [', 'name: *nowhere', 'a: 1\na: 2'])(
  'a text that is no YAML is not touched: %j',
  (text) => {
    expect(applyEdit(text, { do: 'set', path: ['name'], value: 'x' })).toBeUndefined();
  },
);

test.each(['', '# only a comment\n', 'name: x', 'triggers: []\nactions:\n', '{name: x, actions: []}'])(
  'a rule begins from %j',
  (text) => {
    const edit: Edit = { do: 'insert', list: ['actions'], index: 0, value: { log: 'x' } };
    const made = applyEdit(text, edit) ?? '';
    expect(parse(made)).toMatchObject({ actions: [{ log: 'x' }] });
    if (text.startsWith('#')) expect(made).toContain('# only a comment');
  },
);

describe('any edit of any rule', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom(
      'a: b',
      '# x',
      '- y',
      '{{ x }}',
      'on',
      '07:30',
      "it's",
      '客厅',
      ' lead',
      'a\nb\n',
      '1e3',
      '~',
    ),
  );
  const { entry, list } = fc.letrec((tie) => ({
    list: fc.array(tie('entry'), { maxLength: 3 }),
    entry: fc.oneof(
      { depthSize: 'small' },
      fc.record({ log: scalar }),
      fc.record({
        publish: fc.constant('a/b'),
        payload: fc.oneof(scalar, fc.dictionary(fc.constantFrom('x', 'y z'), scalar)),
      }),
      fc.record({ repeat: scalar, do: tie('list'), else: tie('list') }),
    ),
  }));
  const document = fc.record({ name: scalar, conditions: fc.array(scalar, { maxLength: 3 }), actions: list });

  function listsIn(
    value: unknown,
    at: readonly (string | number)[] = [],
  ): { at: (string | number)[]; size: number }[] {
    if (typeof value !== 'object' || value === null) return [];
    const own = Array.isArray(value) ? [{ at: [...at], size: value.length }] : [];
    return [
      ...own,
      ...Object.entries(value).flatMap(([key, child]) =>
        listsIn(child, [...at, Array.isArray(value) ? Number(key) : key]),
      ),
    ];
  }

  const choice = fc.tuple(
    fc.constantFrom('set', 'remove', 'insert', 'move'),
    fc.nat(),
    fc.nat(),
    fc.nat(),
    fc.nat(),
    entry,
    scalar,
  );
  type Choice = typeof choice extends fc.Arbitrary<infer Value> ? Value : never;

  function editOf(tree: unknown, [what, a, b, c, d, item, plain]: Choice): Edit {
    const lists = listsIn(tree);
    const [one, other] = [lists[a % lists.length], lists[c % lists.length]];
    if (!one || !other) return { do: 'set', path: ['name'], value: plain };
    const value = one.at[0] === 'conditions' ? plain : item;
    if (what === 'insert' || one.size === 0)
      return { do: 'insert', list: one.at, index: b % (one.size + 1), value };
    const path = [...one.at, b % one.size];
    if (what === 'set') return { do: 'set', path, value };
    return what === 'remove'
      ? { do: 'remove', path }
      : { do: 'move', from: path, list: other.at, index: d % (other.size + 1) };
  }

  test('means what it says, and loses no comment but those of what goes', () => {
    fc.assert(
      fc.property(document, fc.array(choice, { minLength: 1, maxLength: 4 }), (tree, choices) => {
        let value: unknown = tree;
        let text = stringify(tree, { lineWidth: 0 }).replace(
          /^(name|conditions|actions):/gm,
          '# about $1\n$1:',
        );
        for (const each of choices) {
          const edit = editOf(value, each);
          if (!isPossible(edit)) continue;
          text = applyEdit(text, edit) ?? '';
          value = editValue(value, edit);
          expect(sameJson(parse(text), value), `${JSON.stringify(edit)}\n${text}`).toBe(true);
          for (const key of ['name', 'conditions', 'actions']) expect(text).toContain(`# about ${key}\n`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
