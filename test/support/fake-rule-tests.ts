// A double of the use cases about tests and trials of rules.
import type { Actor, Api, RuleView } from '../../src/api/index.ts';

type Record = (what: string, actor: Actor | undefined, ...args: readonly unknown[]) => void;

export function fakeShadows(record: Record, ruleOf: (id: string) => RuleView): Api['shadows'] {
  return {
    list: (rule, options) => {
      record('shadows.list', undefined, rule, options);
      const entry = {
        id: 's1',
        version: 1,
        run: 'r1',
        at: 1000,
        what: 'publish',
        target: 'fan/set',
      } as const;
      const items = [{ ...entry, value: 'ON', verdict: 'missed' as const }];
      return { rule, isShadow: true, windowMs: 60_000, counts: { missed: 1 }, items };
    },
    promote: async (actor, id, request, ifVersion) => {
      record('shadows.promote', actor, id, request, ifVersion);
      return ruleOf(id);
    },
  };
}

export function fakeRuleTests(record: Record): Api['ruleTests'] {
  return {
    test: async (id, request) => {
      record('ruleTests.test', undefined, id, request);
      return { rule: id, passed: 1, failed: 0, tests: [] };
    },
    fromRun: async (run) => {
      record('ruleTests.fromRun', undefined, run);
      const name = 'motion on 2026-03-02 at 12:00:00';
      const yaml = `- name: ${name}\n  steps:\n    - publish: motion\n`;
      const added = { version: 1, source: `id: fan\ntests:\n  ${yaml.trimEnd().replaceAll('\n', '\n  ')}\n` };
      return { run, rule: 'fan', version: 1, name, yaml, passes: true, report: [], incomplete: [], added };
    },
  };
}
