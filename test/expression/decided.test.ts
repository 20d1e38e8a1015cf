// Why a condition does not hold: which comparisons decided, how far they are from passing, what was missing.
import { expect, test } from 'vitest';
import { compileExpression, type DecidingClause, emptyHome, type Scope } from '../../src/expression/index.ts';

const scope: Scope = {
  values: [{ celsius: 26.5, mode: 'eco', on: false, lit: true, rows: [{ b: 1 }], nil: null, zero: 0 }, 'a/b'],
  read: () => undefined,
  at: Date.parse('2026-01-05T12:30:45Z'),
  home: emptyHome,
  seed: 1,
};

function decidedBy(source: string): readonly DecidingClause[] | undefined {
  const { expression, problems } = compileExpression(source, { names: ['payload', 'topic'] });
  if (expression === undefined) throw new Error(JSON.stringify(problems));
  const { decided } = expression.explain(scope);
  for (const clause of decided ?? []) expect(source.slice(clause.start, clause.end)).toBe(clause.source);
  return decided;
}

/** In a few words: text, distance, what was missing, and `not` where it should not have held. */
function brief({ source, distance, missing, wanted }: DecidingClause): string {
  return [
    ...(wanted ? [] : ['not']),
    source,
    ...(distance === undefined ? [] : [`by ${distance}`]),
    ...(missing === undefined ? [] : [`without ${missing.join(', ')}`]),
  ].join(' ');
}

const cases: readonly (readonly [source: string, ...clauses: string[]])[] = [
  ['payload.celsius > 28', 'payload.celsius > 28 by 1.5'],
  ['payload.celsius < 26.5', 'payload.celsius < 26.5 by 0'],
  ['28 <= payload.celsius', '28 <= payload.celsius by 1.5'],
  ['payload.celsius = 27', 'payload.celsius = 27 by 0.5'],
  ['payload.zero != 0', 'payload.zero != 0'],
  ['payload.mode = "away"', 'payload.mode = "away"'],
  ['payload.mode in ["away", "off"]', 'payload.mode in ["away", "off"]'],
  ['payload.on', 'payload.on'],
  ['payload.x', 'payload.x without payload.x'],
  ['payload.x > 5', 'payload.x > 5 without payload.x'],
  ['payload.nil > 5', 'payload.nil > 5 without payload.nil'],
  ['payload.nil = 5', 'payload.nil = 5'],
  ['payload.x.y = payload.z', 'payload.x.y = payload.z without payload.x.y, payload.z'],
  ['$exists(payload.x)', '$exists(payload.x) without payload.x'],
  ['$state("t") > 1', '$state("t") > 1 without $state("t")'],
  ['payload.lit and payload.celsius > 28', 'payload.celsius > 28 by 1.5'],
  ['payload.celsius > 28 and payload.lit', 'payload.celsius > 28 by 1.5'],
  ['payload.lit and payload.celsius > 20 and payload.zero > 1', 'payload.zero > 1 by 1'],
  ['payload.on or payload.celsius > 28', 'payload.on', 'payload.celsius > 28 by 1.5'],
  [
    'payload.lit and (payload.on or payload.celsius > 28) and payload.x',
    'payload.on',
    'payload.celsius > 28 by 1.5',
  ],
  ['payload.lit and false', 'false'],
  ['payload.on and false', 'payload.on'],
  ['$not(payload.celsius > 20)', 'not payload.celsius > 20 by 6.5'],
  ['$not(payload.mode = "eco")', 'not payload.mode = "eco"'],
  ['$not(payload.celsius != 20)', 'not payload.celsius != 20 by 6.5'],
  ['$not(payload.x)', 'payload.x without payload.x'],
  ['$not(payload.on or payload.lit or payload.x)', 'not payload.lit'],
  ['$not(payload.lit and payload.celsius > 20)', 'not payload.lit', 'not payload.celsius > 20 by 6.5'],
  ['$not($not(payload.celsius > 28))', 'payload.celsius > 28 by 1.5'],
  ['payload.lit ? payload.celsius > 28 : payload.x', 'payload.celsius > 28 by 1.5'],
  ['payload.on ? payload.celsius > 28', 'payload.on'],
  ['($limit := 28; payload.celsius > $limit)', 'payload.celsius > $limit by 1.5'],
  ['payload.celsius + 1 > 28', 'payload.celsius + 1 > 28 by 0.5'],
  ['payload.rows[b > 5]', 'payload.rows[b > 5] without payload.rows[b > 5]'],
  ['payload.rows[b > 5].b = 1', 'payload.rows[b > 5].b = 1 without payload.rows[b > 5].b'],
  ['null', 'null'],
];

test.each(cases)('%s', (source, ...clauses) => {
  expect(decidedBy(source)?.map(brief)).toEqual(clauses);
});

test('both sides of a comparison are told with their values', () => {
  expect(decidedBy('payload.mode = $state("t", "away")')).toStrictEqual([
    {
      source: 'payload.mode = $state("t", "away")',
      start: 0,
      end: 34,
      value: false,
      wanted: true,
      operator: '=',
      left: 'eco',
      right: 'away',
    },
  ]);
});

test.each(['payload.lit', 'payload.celsius > 20', 'payload.mode', '1 + payload.mode'])(
  '%s: nothing',
  (source) => {
    expect(decidedBy(source)).toBeUndefined();
  },
);

test('of many alternatives some are told', () => {
  const source = Array.from({ length: 300 }, (_, n) => `topic = "t${n}"`).join(' or ');
  expect(decidedBy(source)).toHaveLength(20);
});
