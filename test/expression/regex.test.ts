// Regular expressions: what they mean is what the jsonata package says; that they end in good time is shown by counting.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileExpression } from '../../src/expression/index.ts';
import { agreeWithReference } from './differential.ts';
import { scopeOf } from './generated.ts';

const seed = Number(process.env['HOMERULE_FUZZ_SEED'] ?? 20_261_123);

describe('an expression with a regular expression that can take too long is refused when it is compiled', () => {
  const slow: readonly string[] = [
    '/^(a+)+$/',
    '/(a*)*b/',
    '/(a|a)*b/',
    '/(a|ab|b)*$/',
    '/^(a(|))*b/',
    '/(.*)*x/',
    '/^(\\w+\\s?)*$/',
    '/(x+x+)+y/',
    '/(a{0,3}){0,9}b/',
    '/(.*?,){11}P/',
    '/(?:(?=a*a*$)a|a)*b/',
    '/(A|a)*b/i',
    '/(?:[一-三]|丁)*x/',
    '/(a|\\x61)*$/',
    '/a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa/',
    '/.*.*.*.*.*x/',
    `/${'('.repeat(51)}a${')'.repeat(51)}/`,
    `/${'a'.repeat(1_001)}/`,
    `/${'a*b'.repeat(400)}/`,
    `/(?:${'a?'.repeat(900)})*x/`,
  ];

  test.each(slow)('%s', (regex) => {
    const { expression, problems } = compileExpression(`1 + $count($match(x, ${regex}))`);
    expect(expression).toBeUndefined();
    expect(problems).toStrictEqual([
      expect.objectContaining({
        code: 'slow-regex',
        position: 21,
        severity: 'error',
        token: regex.replace(/i$/, ''),
      }),
    ]);
  });

  const quick: readonly string[] = [
    '/^home\\/([^/]+)\\/light$/',
    '/^zigbee2mqtt\\/(.+)\\/(set|get)$/',
    '/(\\d+(?:\\.\\d+)?) ?(C|F|%)/',
    '/^\\d{1,3}(\\.\\d{1,3}){3}$/',
    '/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\\d\\d?)$/',
    '/^(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d)(:\\d\\d)?(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?$/',
    '/^[^@]+@[^@]+\\.[a-z]{2,6}$/i',
    '/(?:[^，]+，)*/',
    '/([一-龥]+)：([^，]*)/',
    '/"([^"]*)"/',
    '/(\\w)\\1/',
    '/^(?=.*\\d)(?=.*[a-z]).{8,}$/',
    '/[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?/',
  ];

  test.each(quick)('%s is not', (regex) => {
    expect(compileExpression(`$match(x, ${regex})`).problems).toStrictEqual([]);
  });
});

describe('a text is paid for before it is searched', () => {
  function codeOf(source: string, text: string): string {
    try {
      compileExpression(source).expression?.evaluate(scopeOf([{ text }]));
      return 'none';
    } catch (thrown) {
      return String((thrown as { code?: string }).code);
    }
  }

  const digits = '1'.repeat(20_000);
  test.each([
    ['$contains(text, /1+x/)', 'text-too-long'],
    ['/1+x/(text)', 'text-too-long'],
    ['$split(text, /1+x/)', 'text-too-long'],
    ['$contains(text, /^1+x/)', 'none'],
    ['$contains($substring(text, 0, 3000), /1+x/)', 'none'],
    ['$map([1..9], function() { $contains($substring(text, 0, 3000), /1+x/) })', 'D1012'],
    ['$count($split(text, /1/))', 'none'],
    ['$length($replace(text, /1/, text))', 'too-many-bytes'],
  ])('%s: %s', (source, code) => {
    expect(codeOf(source, digits)).toBe(code);
  });
});

/** A regular expression as the test made it, so that its matching can be counted. */
type Regex =
  | { readonly set: string }
  | { readonly sequence: readonly Regex[] }
  | { readonly choice: readonly Regex[] }
  | { readonly item: Regex; readonly mark: '*' | '+' | '?' };

const regexes = fc.letrec<{ regex: Regex }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'regex' },
    { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'ab').map((set) => ({ set })) },
    { weight: 3, arbitrary: fc.array(tie('regex'), { maxLength: 4 }).map((sequence) => ({ sequence })) },
    {
      weight: 2,
      arbitrary: fc.array(tie('regex'), { minLength: 1, maxLength: 3 }).map((choice) => ({ choice })),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        item: tie('regex'),
        mark: fc.constantFrom('*' as const, '+' as const, '?' as const),
      }),
    },
  ),
})).regex;

function written(regex: Regex): string {
  if ('set' in regex) return `[${regex.set}]`;
  if ('sequence' in regex) return `(?:${regex.sequence.map(written).join('')})`;
  if ('choice' in regex) return `(?:${regex.choice.map(written).join('|')})`;
  return `(?:${written(regex.item)})${regex.mark}`;
}

const mostCounted = 300_000;

/** How often a backtracking engine compares a character, looking for the regular expression and then an `x`. */
function comparisons(regex: Regex, text: string): number {
  let count = 0;
  type Next = (at: number) => boolean;
  const run = (one: Regex, at: number, next: Next): boolean => {
    if (count > mostCounted) return true;
    if ('set' in one) {
      count++;
      return at < text.length && one.set.includes(text[at] ?? '') && next(at + 1);
    }
    if ('choice' in one) return one.choice.some((item) => run(item, at, next));
    if ('sequence' in one) return sequence(one.sequence, at, next);
    if (one.mark === '+') return run(one.item, at, (then) => star(one.item, then, next));
    if (one.mark === '*') return star(one.item, at, next);
    return run(one.item, at, (then) => then > at && next(then)) || next(at);
  };
  const star = (item: Regex, at: number, next: Next): boolean =>
    run(item, at, (then) => then > at && star(item, then, next)) || next(at);
  const sequence = ([first, ...rest]: readonly Regex[], at: number, next: Next): boolean =>
    first === undefined ? next(at) : run(first, at, (then) => sequence(rest, then, next));
  const end: Next = (at) => text[at] === 'x';
  for (let start = 0; start <= text.length; start++) if (run(regex, start, end)) break;
  return count;
}

function stepsOf(source: string, text: string): number {
  const { expression } = compileExpression(source, { budget: { steps: 1_000, bytes: 1_000, depth: 10 } });
  if (expression === undefined) return Number.NaN;
  const passes = (steps: number): boolean => {
    const made = compileExpression(source, { budget: { steps, bytes: 1_000, depth: 10 } }).expression;
    return made?.explain(scopeOf([{ text }])).error === undefined;
  };
  let steps = 1;
  while (!passes(steps)) steps *= 2;
  return steps;
}

test(`what is not refused takes no longer than is paid for (seed ${seed})`, () => {
  let accepted = 0;
  const property = fc.property(regexes, fc.stringMatching(/^[ab]{1,3}$/), (regex, word) => {
    const text = `${word.repeat(12).slice(0, 30)}y`;
    const steps = stepsOf(`$contains(text, /${written(regex)}x/)`, text);
    if (Number.isNaN(steps)) return;
    accepted++;
    const size = written(regex).match(/\[/g)?.length ?? 1;
    expect(comparisons(regex, text), written(regex)).toBeLessThan(
      Math.min(mostCounted, steps * 128 * (size + 4)),
    );
  });
  fc.assert(property, { numRuns: 1_500, seed });
  expect(accepted).toBeGreaterThan(500);
});

const source = fc
  .oneof(
    fc.constantFrom(
      'a',
      'b',
      '[ab]',
      '\\d',
      '.',
      '\\w',
      '\\s',
      'A',
      '(a)',
      '(b|c)',
      '(a)(b)?',
      '(?:ab)',
      '\\b',
      '^',
      '$',
      'c*',
      '(?=b)',
      '\\/',
    ),
    regexes.map(written),
  )
  .chain((first) =>
    fc
      .constantFrom('', '?', '+', '*', '{1,2}', '(\\d)', 'b')
      .map((more) => (/[$^b*)]$/.test(first) && /^[?+*{]/.test(more) ? first : first + more)),
  )
  .chain((body) => fc.constantFrom('', 'i', 'm', 'im').map((flags) => `/${body}/${flags}`));
const subject = fc.stringMatching(/^[abcA1 \n/]{0,8}$/).map((text) => JSON.stringify(text));
const limit = fc.constantFrom('', '', '', ', 0', ', 1', ', 2', ', -1', ', 1.5');
const replacement = fc.constantFrom(
  ...['"x"', '"[$0]"', '"$1-$2"', '"$$"', '"$"', '"$12"', '"a$x"', '""', '1'],
  ...[
    'function($m) { $m.match & "!" }',
    'function($m) { $m.start }',
    'function($m) { $m.groups[0] }',
    '$uppercase',
  ],
  ...['function($m) { $replace($m.match, /b/, "c") }', 'function($m) { $replace("b", "", "c") }'],
);

const sources = fc
  .tuple(source, subject, limit, replacement)
  .chain(([regex, text, most, instead]) =>
    fc.constantFrom(
      `$contains(${text}, ${regex})`,
      `$match(${text}, ${regex}${most})`,
      `$split(${text}, ${regex}${most})`,
      `$replace(${text}, ${regex}, ${instead}${most})`,
      `${regex}(${text})`,
      `${regex}(${text}).next()`,
      `${text} ~> ${regex}`,
      `${text} ~> $replace(${regex}, ${instead})`,
      `($m := ${regex}; $f := $m(${text}); [$f.next().start, $f.next().start, $contains(${text}, $m)])`,
      `($m := ${regex}; $match(${text}, $m)[0].match & $split(${text}, $m)[0])`,
      `$replace(${text}, function($s) { ${regex}($s) }, ${instead})`,
      `$match(${text}, function($s) { ${regex}($s) })`,
      `$type(${regex})`,
      `a[$contains(${text}, ${regex})]`,
    ),
  );

test(`regular expressions agree with the jsonata package (seed ${seed})`, async () => {
  await agreeWithReference(sources, { seed, numRuns: 3_000, atLeast: 0.6 });
}, 120_000);
