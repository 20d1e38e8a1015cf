// The state of a rule in lists: a shadow is not told from one that acts by its name alone.
import { expect, test } from 'vitest';
import { ruleState } from '../../src/cli/commands/rule/list.ts';

test.each([
  [{ enabled: true }, 'on'],
  [{ enabled: true, shadow: true }, 'shadow'],
  [{ enabled: false, shadow: true }, 'off'],
])('%j', (rule, state) => {
  expect(ruleState(rule)).toBe(state);
});
