// What dry runs and explanations of a double answer.
import type { DryRunView, ExplanationView } from '../../src/api/index.ts';
import { runView } from './fake-views.ts';

export const dryRunView: DryRunView = {
  at: 1000,
  outcome: 'finished',
  effects: [
    {
      id: 'e1',
      kind: 'publish',
      topic: 'lamp/set',
      payload: 'ON',
      at: 1000,
      rule: 'fan',
      run: 'r',
      path: 'actions[0]',
    },
    {
      id: 'e2',
      kind: 'publish',
      topic: 'lamp/set',
      payload: 'OFF',
      at: 121_000,
      rule: 'fan',
      run: 'r',
      path: 'actions[2]',
    },
  ],
  runs: [runView('dry-run')],
  met: [
    {
      ...{ id: 'r0', rule: 'fan', version: 1, at: 500, endedAt: 1000, status: 'superseded' },
      ...{ reason: 'restart', key: 'hall', verb: 'message' },
    },
  ],
  misses: [],
  holds: [],
  until: 121_000,
  isCut: false,
  problems: [],
  incomplete: [],
};

export function explanationView(rule: string): ExplanationView {
  const clause = {
    source: 'payload = 1',
    start: 0,
    end: 11,
    wanted: true,
    operator: '=',
    left: '1',
    right: 1,
  } as const;
  return {
    ...{ rule, at: 60_000, from: 0, to: 120_000 },
    entries: [
      {
        ...{ code: 'condition', at: 60_500, status: 'conditions-failed', version: 2, path: 'triggers[0]' },
        ...{ topic: 'a', payload: '1', where: 'triggers[0].when', clauses: [{ ...clause, hint: 'type' }] },
        others: [{ where: 'conditions[0]', clauses: [{ ...clause, source: 'mode = 1' }] }],
      },
      { code: 'not-due', at: 60_000, path: 'triggers[1]', due: 90_000 },
      { code: 'unheard', path: 'triggers[1].message', topic: 'Home/a', nearest: 'home/a' },
      { code: 'not-yet', to: 10_000 },
      { code: 'house-down', from: 20_000, to: 30_000 },
      { code: 'client-away', client: 'lamp', topic: 'a', from: 40_000 },
    ],
    runs: [],
    incomplete: [],
  };
}
