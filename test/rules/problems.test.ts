// Every entry of test/cases/problems: the text of a rule and exactly the problems that it has.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkText, type Problem, splitSource } from '../../src/rules/index.ts';

const caseSchema = z.strictObject({
  name: z.string(),
  text: z.string(),
  id: z.string().optional(),
  problems: z.array(z.string()),
});
const text = readFileSync(new URL('../cases/problems/rules.yaml', import.meta.url), 'utf8');
const cases = z.array(caseSchema).parse(parse(text));
const options = { version: 1, home: { zone: 'UTC' } };

function line({ path, code, line: row, column, suggestion }: Problem): string {
  const place = `${code} ${row}:${column}${suggestion === undefined ? '' : ` → ${suggestion}`}`;
  return path === '' ? place : `${path} ${place}`;
}

describe('problems', () => {
  for (const each of cases) {
    test(each.name, () => {
      const { rule, problems } = checkText(each.text, options);
      expect(problems.map(line)).toEqual(each.problems);
      const hasErrors = problems.some((problem) => problem.severity === 'error');
      expect(rule === undefined).toBe(hasErrors);
      if (each.id !== undefined) expect(rule?.id).toBe(each.id);
    });
  }
});

test('no text and no value makes the check throw', () => {
  const words = fc.constantFrom(
    'id',
    'triggers',
    'message',
    'actions',
    'publish',
    'payload',
    'if',
    'then',
    'conditions',
    'variables',
    'let',
    'x',
  );
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.string(),
      fc.double(),
      fc.constant(null),
      fc.boolean(),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(words, tie('value'), { maxKeys: 5 }),
  })).map;
  const check = (source: string): void => {
    const { rule, problems } = checkText(source, options);
    expect(rule !== undefined || problems.length > 0).toBe(true);
    for (const { message, code } of problems) expect(message.length * code.length).toBeGreaterThan(0);
  };
  fc.assert(fc.property(fc.string({ maxLength: 200 }), check), { numRuns: 300 });
  fc.assert(
    fc.property(tree, (value) => check(JSON.stringify(value))),
    { numRuns: 500 },
  );
});

test('a bomb of aliases is refused', () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `l${i}: &l${i} [${Array(10)
        .fill(i === 0 ? 'x' : `*l${i - 1}`)
        .join(', ')}]`,
  );
  expect(checkText(levels.join('\n'), options).problems[0]?.code).toBe('bad-yaml');
});

test.each([
  ['an alias inside its own anchor', 'id: a\nactions: &a [*a, *a]', 'too-deep'],
  ['an alias inside its own payload', 'id: a\nactions: [{ publish: x, payload: &p { b: *p } }]', 'too-deep'],
  ['hundreds of levels', `id: a\nactions: ${'['.repeat(300)}${']'.repeat(300)}`, 'too-deep'],
  ['thousands of levels', '['.repeat(20_000), 'bad-yaml'],
])('%s is refused', (_name, source, code) => {
  expect(checkText(source, options).problems[0]?.code).toBe(code);
});

function many(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

test.each([
  ['unknown keys', many(2000, (i) => `k${i}: 1`), 201, 'too-many-problems'],
  [
    'variables',
    `id: a\nactions: [{ log: x }]\nvariables:\n${many(8000, (i) => `  v${i}: "{{ 1 }}"`)}`,
    1,
    'too-long',
  ],
  ['braces', `id: a\nactions:\n${many(20, () => ` - log: "{{ ( ${'}}'.repeat(4000)}"`)}`, 21, 'no-trigger'],
])('thousands of %s cost little and leave a short answer', (_name, source, count, code) => {
  const { rule, problems } = checkText(source, options);
  expect(rule).toBeUndefined();
  expect(problems.length).toBe(count);
  expect(problems.map((problem) => problem.code)).toContain(code);
});

test('a file of several rules is cut with the comments of each', () => {
  const parts = splitSource('# one\nid: a\n---\n# two\nid: b # here\n');
  expect(parts.map((part) => part.trim())).toEqual(['# one\nid: a', '# two\nid: b # here']);
  expect(splitSource('id: a\n')).toEqual(['id: a\n']);
});
