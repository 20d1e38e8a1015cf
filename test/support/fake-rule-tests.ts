// A double of the use cases about tests and trials of rules.
import type { Actor, Api } from '../../src/api/index.ts';

type Record = (what: string, actor: Actor | undefined, ...args: readonly unknown[]) => void;

export function fakeRuleTests(record: Record): Api['ruleTests'] {
  return {
    test: async (id, request) => {
      record('ruleTests.test', undefined, id, request);
      return { rule: id, passed: 1, failed: 0, tests: [] };
    },
  };
}
