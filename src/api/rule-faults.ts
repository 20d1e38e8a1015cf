// Why a rule is not saved or deleted.
import type { CheckView } from './contract.ts';
import { fail } from './errors.ts';

export function checkVersion(id: string, actual: number, expected: number | undefined): void {
  if (expected === undefined || expected === actual) return;
  throw fail('version-conflict', `rule "${id}" is at version ${actual}, you saw ${expected}`, {
    details: { actual, expected },
  });
}

export function invalid(problems: CheckView['problems']): Error {
  const count = problems.filter((problem) => problem.severity === 'error').length;
  return fail(
    'rule-invalid',
    `the rule has ${count} ${count === 1 ? 'problem' : 'problems'}: ${problems[0]?.message ?? ''}`,
    { details: { problems } },
  );
}
