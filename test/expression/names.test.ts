// Names, functions, limits and lints: everything that is found before an expression runs.
import { describe, expect, test } from 'vitest';
import { compileExpression, functionTable } from '../../src/expression/index.ts';

const names = ['payload', 'topic', 'params', 'trigger', 'time'];

const brief = (source: string): string[] =>
  compileExpression(source, { names }).problems.map(
    ({ severity, code, position, token, suggestion }) =>
      `${severity} ${code} ${position} ${token ?? '-'} ${suggestion ?? '-'}`,
  );

const wrong: readonly (readonly [source: string, ...problems: string[]])[] = [
  ['temperature > 25', 'error unknown-name 0 temperature payload.temperature'],
  ['paylod.x > 25', 'error unknown-name 0 paylod payload'],
  ['1 + (topik & "x")', 'error unknown-name 5 topik topic'],
  ['zzzzzzzzzzz', 'error unknown-name 0 zzzzzzzzzzz payload.zzzzzzzzzzz'],
  ['$paylod', 'error unknown-name 0 paylod $payload'],
  ['$stat("a")', 'error unknown-function 0 stat $state'],
  [
    '  $lenght(topic) + $suum(1)',
    'error unknown-function 2 lenght $length',
    'error unknown-function 19 suum $sum',
  ],
  ['count(payload)', 'error unknown-function 0 count $count'],
  ['($payload := 1; 2)', 'error hidden-name 1 payload -'],
  ['$match(topic, /(x*)*y/)', 'error slow-regex 14 /(x*)*y/ -'],
  ['topic ~> /x**/', 'error bad-regex 0 - -'],
  ['payload.a@$topic.b', 'error hidden-name 8 topic -'],
  ['payload.a#$topic.b', 'error hidden-name 8 topic -'],
  ['payload.a@b', 'error S0214 10 @ -'],
  ['payload.a[1]@$x', 'error S0215 12 - -'],
  ['payload = %.a', 'error S0217 8 binary -'],
  ['payload >', 'error S0207 9 - -'],
  ['', 'error S0207 0 - -'],
  ['(payload', 'error S0203 8 - -'],
  ['payload = ) 1', 'error S0211 10 ) -'],
  ['"abc', 'error S0101 0 - -'],
  ["$time() = '22:00'", "warning never-equal 10 - $substring($time(), 0, 5) = '22:00'"],
  ["'7:00' = $time()", 'warning never-equal 0 - -'],
  ['$weekday() = "Mon"', 'warning never-equal 13 - -'],
  ['$weekday() = 0', 'warning never-equal 13 - -'],
  ["$date() = '1.1.2026'", 'warning never-equal 10 - -'],
];

const right: readonly string[] = [
  'payload.temperature > 25',
  '$payload.temperature > 25 and $topic = "x"',
  'payload.rows[battery < $params.limit]',
  'payload.rows.(name & battery)',
  'payload.rows[battery < $$.params.limit]',
  '$.payload.x',
  '$time() >= "22:00" or $time() < "06:00"',
  "$time() = '22:00:00'",
  'payload = "ON"',
  '($limit := 3; payload.x < $limit)',
  '$map(payload.rows, function($r, $i) { $r.x + $i })',
  '$filter(payload, $exists)',
  'payload.topics[$contains($, /^home/i)]',
  'payload.rows@$r#$i.{"name": $r.name, "at": $i, "topic": topic}',
  'payload.rows.lamps[%.battery < $params.limit]',
  '(payload ~> |rows|{"low": battery < 10}|).rows',
  '$map(payload.rows, $lookup(?, "name"))',
];

describe('problems', () => {
  test.each(wrong)('%s', (source, ...problems) => {
    expect(brief(source)).toStrictEqual(problems);
  });

  test.each(right)('none in %s', (source) => {
    expect(brief(source)).toStrictEqual([]);
  });

  test('every problem has a sentence and no expression comes with an error', () => {
    for (const [source, first] of wrong) {
      const { expression, problems } = compileExpression(source, { names });
      expect(problems.every(({ message }) => message.length > 5)).toBe(true);
      expect(expression === undefined).toBe(first?.startsWith('error'));
    }
  });
});

const limits: readonly (readonly [what: string, source: string, code: string])[] = [
  ['too many characters', `"${'x'.repeat(8_200)}"`, 'too-long'],
  ['too many brackets', `${'('.repeat(101)}1${')'.repeat(101)}`, 'too-deep'],
  ['brackets only', '('.repeat(8_000), 'too-deep'],
  ['minus after minus', `${'-'.repeat(8_000)}payload`, 'too-deep'],
  ['conditions in conditions', `${'1 ? 2 : '.repeat(900)}3`, 'too-deep'],
  ['operators without end', `1${'+1'.repeat(3_000)}`, 'too-deep'],
];

test.each(limits)('limit: %s', (_what, source, code) => {
  expect(compileExpression(source, { names }).problems.map((problem) => problem.code)).toStrictEqual([code]);
});

test('a long list of alternatives is not deep', () => {
  const source = Array.from({ length: 300 }, (_, n) => `topic = "t${n}"`).join(' or ');
  expect(compileExpression(source, { names }).problems).toStrictEqual([]);
});

test('the function table is complete and says each name once', () => {
  const known = functionTable.map(({ name }) => name);
  expect(new Set(known).size).toBe(known.length);
  for (const { en, zh } of functionTable) {
    expect(en).toMatch(/^[A-Z].*\.$/);
    expect(zh).toMatch(/[。]$/);
  }
});
