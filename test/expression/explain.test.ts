// Explanations: which parts are shown, that each is the true text of the part, and what is left out.
import { describe, expect, test } from 'vitest';
import { compileExpression, emptyHome, type Scope } from '../../src/expression/index.ts';

const names = ['payload', 'params', 'topic'];

const states = new Map<string, unknown>([['home/kitchen/threshold', 30]]);

const scope: Scope = {
  values: [
    { celsius: 31, rows: [{ b: 1 }, { b: 5 }], name: 'x', on: true, nil: null },
    { room: 'kitchen' },
    'a/b',
  ],
  read: () => undefined,
  at: Date.parse('2026-01-05T12:30:45Z'),
  home: { ...emptyHome, state: (topic) => states.get(topic) },
  seed: 1,
};

function explained(source: string): string[] {
  const { expression, problems } = compileExpression(source, { names });
  if (expression === undefined) throw new Error(JSON.stringify(problems));
  const { parts } = expression.explain(scope);
  return parts.map((part) => {
    expect(source.slice(part.start, part.end)).toBe(part.source);
    return `${part.source} → ${'value' in part ? JSON.stringify(part.value) : 'missing'}`;
  });
}

/** Source, then its parts in the order of their values. */
const cases: readonly (readonly [source: string, ...parts: string[]])[] = [
  ['payload', 'payload → {"celsius":31,"rows":[{"b":1},{"b":5}],"name":"x","on":true,"nil":null}'],
  ['payload.celsius', 'payload.celsius → 31'],
  [' payload . celsius ', 'payload . celsius → 31'],
  ['payload.celsius > 25', 'payload.celsius → 31', 'payload.celsius > 25 → true'],
  ['25 < payload.celsius', 'payload.celsius → 31', '25 < payload.celsius → true'],
  ['-5 < payload.celsius', 'payload.celsius → 31', '-5 < payload.celsius → true'],
  ['- payload.celsius', 'payload.celsius → 31', '- payload.celsius → -31'],
  ['payload.celsius - -5', 'payload.celsius → 31', 'payload.celsius - -5 → 36'],
  [
    "payload.celsius > $state('home/' & params.room & '/threshold', 28)",
    'payload.celsius → 31',
    'params.room → "kitchen"',
    '\'home/\' & params.room → "home/kitchen"',
    "'home/' & params.room & '/threshold' → \"home/kitchen/threshold\"",
    "$state('home/' & params.room & '/threshold', 28) → 30",
    "payload.celsius > $state('home/' & params.room & '/threshold', 28) → true",
  ],
  [
    'payload.x = 1 or topic = "a/b"',
    'payload.x → missing',
    'payload.x = 1 → false',
    'topic → "a/b"',
    'topic = "a/b" → true',
    'payload.x = 1 or topic = "a/b" → true',
  ],
  ['payload.on or topic = "never"', 'payload.on → true', 'payload.on or topic = "never" → true'],
  ['(payload.celsius) * 2', 'payload.celsius → 31', '(payload.celsius) → 31', '(payload.celsius) * 2 → 62'],
  ['payload.rows[b > 2].b', 'payload.rows[b > 2].b → 5'],
  ['payload.rows[0]', 'payload.rows[0] → {"b":1}'],
  ['payload.rows[0][]', 'payload.rows[0][] → [{"b":1}]'],
  ['payload.rows.b[]', 'payload.rows.b[] → [1,5]'],
  ['$count(payload.rows) /* two */', 'payload.rows → [{"b":1},{"b":5}]', '$count(payload.rows) → 2'],
  ['$string(1)[0]', '$string(1)[0] → "1"'],
  ['$state("none").power', '$state("none") → missing', '$state("none").power → missing'],
  ['payload.nil ?? 5', 'payload.nil → null', 'payload.nil ?? 5 → null'],
  [
    'payload.x ?: params.room',
    'payload.x → missing',
    'params.room → "kitchen"',
    'payload.x ?: params.room → "kitchen"',
  ],
  ['payload.on ? topic : 0', 'payload.on → true', 'topic → "a/b"', 'payload.on ? topic : 0 → "a/b"'],
  ['payload.x ? topic', 'payload.x → missing', 'payload.x ? topic → missing'],
  ['[topic, "]"]', 'topic → "a/b"', '[topic, "]"] → ["a/b","]"]'],
  ['{"a": topic}', 'topic → "a/b"', '{"a": topic} → {"a":"a/b"}'],
  [
    '($x := payload.celsius; $x + 1)',
    'payload.celsius → 31',
    '$x := payload.celsius → 31',
    '$x → 31',
    '$x + 1 → 32',
    '($x := payload.celsius; $x + 1) → 32',
  ],
  [
    '$map(payload.rows, function($r) { $r.b })',
    'payload.rows → [{"b":1},{"b":5}]',
    '$map(payload.rows, function($r) { $r.b }) → [1,5]',
  ],
  ['(function($a) { $a })(topic)', 'topic → "a/b"', '(function($a) { $a })(topic) → "a/b"'],
  ['topic ~> $uppercase()', 'topic → "a/b"', 'topic ~> $uppercase() → "A/B"'],
  ['payload.`name`', 'payload.`name` → "x"'],
  ['payload."name" = "x"', 'payload."name" → "x"', 'payload."name" = "x" → true'],
  ['payload.rows^(>b).b', 'payload.rows^(>b).b → [5,1]'],
  ['payload.rows{$string(b): b}', 'payload.rows{$string(b): b} → {"1":1,"5":5}'],
  ['topic in ["a/b", "c"]', 'topic → "a/b"', 'topic in ["a/b", "c"] → true'],
  ['$time() >= "12:00"', '$time() → "12:30:45"', '$time() >= "12:00" → true'],
];

describe('parts', () => {
  test.each(cases)('%s', (source, ...parts) => {
    expect(explained(source)).toStrictEqual(parts);
  });
});

test('what was evaluated before an error is shown, with the error', () => {
  const { expression } = compileExpression('payload.celsius + payload.name', { names });
  const explanation = expression?.explain(scope);
  expect(explanation?.error).toMatchObject({ code: 'T2002', position: 17, token: '+' });
  expect(explanation?.parts.map(({ value }) => value)).toStrictEqual([31, 'x']);
  expect(explanation).not.toHaveProperty('value');
});

test('explaining costs the evaluation nothing: a budget that is enough stays enough', () => {
  const source = '[payload.rows.b, payload.celsius]';
  const tight = { steps: 40, bytes: 400, depth: 1 };
  const { expression } = compileExpression(source, { names, budget: tight });
  expect(expression?.evaluate(scope)).toStrictEqual([1, 5, 31]);
  expect(expression?.explain(scope).value).toStrictEqual([1, 5, 31]);
});

test('results are plain: no class, no extra field, nothing of the evaluator', () => {
  const source = '{"a": payload.rows.b, "b": [payload.rows.b[]], "c": payload.rows.[b]}';
  const { expression } = compileExpression(source, { names });
  const value = expression?.evaluate(scope);
  expect(value).toStrictEqual({ a: [1, 5], b: [1, 5], c: [[1], [5]] });
  expect(structuredClone(value)).toStrictEqual(value);
});
