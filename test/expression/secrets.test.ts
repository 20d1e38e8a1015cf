// Secrets can be compared and, where an action allows it, used; nothing that is shown ever holds one.
import { describe, expect, test } from 'vitest';
import { compileExpression, emptyHome, type Scope } from '../../src/expression/index.ts';

const secret = 'open-sesame';
const names = ['payload'];
const home = { ...emptyHome, secret: (name: string) => (name === 'gate' ? secret : undefined) };
const scope: Scope = { values: [{ token: 'x', n: 1 }], read: () => undefined, at: 0, home, seed: 0 };

const codesOf = (source: string, secrets?: 'compared' | 'used' | 'refused'): string[] =>
  compileExpression(source, { names, ...(secrets !== undefined && { secrets }) }).problems.map(
    ({ code }) => code,
  );

describe('where nothing else is allowed', () => {
  test.each([
    '$secret("gate") = payload.token',
    'payload.token != $secret("gate")',
    'payload.n > 5 or $secret("ga" & "te") = "x"',
    '$secret("gate") in ["a", "b"]',
    '[payload].(token = $secret("gate"))',
  ])('%s compares it', (source) => {
    const { expression } = compileExpression(source, { names });
    expect(expression?.isSecret).toBe(false);
    expect(typeof expression?.evaluate(scope)).toBe('boolean');
    expect(JSON.stringify(expression?.explain(scope))).not.toContain(secret);
  });

  test.each([
    '$secret("gate")',
    '$secret("gate") & ""',
    '$secret("gate") < "p"',
    '($secret("gate")) = "x"',
    '[$secret("gate")] = ["x"]',
    '$uppercase($secret("gate"))',
    '"gate" ~> $secret()',
    '"gate" ~> $secret',
    '$map(["gate"], $secret)',
    '($s := $secret; $s("gate"))',
    '($s := $secret("gate"); $s = "x")',
    '$secret(?)',
    'payload.$secret("gate")',
    '{"a": $secret("gate")}',
    '$error($secret("gate"))',
    '(payload.n = 1 ? $secret("gate") : "x") = "y"',
  ])('%s is refused', (source) => {
    expect(codesOf(source)).toContain('secret-exposed');
  });

  test('a variable of the same name is no way round', () => {
    for (const source of [
      '($secret := $secret; $secret("gate"))',
      '($f := function($x) { $secret("gate") }; $secret := 1; $f(1))',
      '(function($secret) { $secret("gate") })(1)',
    ]) {
      const { expression } = compileExpression(source, { names });
      expect(JSON.stringify(expression?.explain(scope) ?? {})).not.toContain(secret);
    }
  });

  test('an example of a filter: what was compared is told without it', () => {
    const { expression } = compileExpression('$secret("gate") = payload.token', { names });
    const { parts, decided, value } = expression?.explain(scope) ?? {};
    expect(value).toBe(false);
    expect(parts).toContainEqual(expect.objectContaining({ source: '$secret("gate")', value: '(secret)' }));
    expect(decided).toMatchObject([{ left: '(secret)', right: 'x' }]);
  });
});

describe('where it may be used', () => {
  test('the value is there, and marked; no part of it is shown', () => {
    const { expression } = compileExpression('($k := $secret("gate"); {"a": ["Bearer " & $k]})', {
      names,
      secrets: 'used',
    });
    expect(expression?.isSecret).toBe(true);
    expect(expression?.evaluate(scope)).toEqual({ a: [`Bearer ${secret}`] });
    expect(JSON.stringify(expression?.explain(scope).parts)).not.toContain(secret);
  });

  test.each(['$secret("gate") + 1', '$number($secret("gate"))', '$error($secret("gate"))'])(
    'an error of %s does not tell it',
    (source) => {
      const { expression } = compileExpression(source, { names, secrets: 'used' });
      const { error } = expression?.explain(scope) ?? {};
      expect(error?.code).toMatch(/^[TD]\d+/);
      expect(JSON.stringify([error?.message, error?.details, error?.token])).not.toContain(secret);
      expect(() => expression?.evaluate(scope)).toThrow(expect.objectContaining({ message: error?.message }));
    },
  );

  test('other expressions are as they were', () => {
    const { expression } = compileExpression('payload.n + 1', { names, secrets: 'used' });
    expect([expression?.isSecret, expression?.evaluate(scope)]).toEqual([false, 2]);
  });
});

test('where they are refused not even a comparison is possible', () => {
  expect(codesOf('$secret("gate") = "x"', 'refused')).toEqual(['secret-exposed']);
});
