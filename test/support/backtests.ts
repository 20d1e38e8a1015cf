// Backtests over what a simulated home recorded: its rules, its days, and what it did in them.
import { stringify } from 'yaml';
import { Backtest, type BacktestOptions } from '../../src/rules/backtest/backtest.ts';
import { firingOf } from '../../src/rules/backtest/firings.ts';
import type { BacktestFiring, BacktestResult } from '../../src/rules/backtest/result.ts';
import { type CompiledRule, checkText, type Input } from '../../src/rules/index.ts';
import type { RuleWorld } from './rule-world.ts';

export const time = Date.parse('2026-03-10T00:00:00Z');
export const dayMs = 86_400_000;
const settings = { zone: 'UTC' };

export const hot = (limit: number): object => ({
  id: 'hot',
  triggers: [{ becomes: `$state('home/living-room/temperature').celsius > ${limit}`, hysteresis: 0.2 }],
  actions: [{ publish: 'home/living-room/valve/set', payload: { position: 0 } }],
});

/** Holds, waits, windows, schedules, variables, other rules, chance of each in a house with others. */
export const rules: readonly object[] = [
  hot(21),
  {
    id: 'night-light',
    mode: 'restart',
    triggers: [{ message: 'home/{room}/motion', when: 'payload.occupancy' }],
    conditions: ["$state('home/hallway/lux') < 40"],
    actions: [
      { publish: 'home/{{ params.room }}/light/set', payload: { state: 'ON' } },
      { delay: '2m' },
      { publish: 'home/{{ params.room }}/light/set', payload: { state: 'OFF' } },
    ],
  },
  {
    id: 'door-open',
    mode: 'parallel',
    triggers: [{ change: 'home/hallway/door', path: 'contact', to: false, for: '5s' }],
    actions: [
      {
        repeat: { until: "$state('home/hallway/door').contact" },
        do: [
          { emit: 'door', data: '{{ repeat.index }}' },
          { wait: "$state('home/hallway/door').contact", timeout: '3m' },
        ],
      },
    ],
  },
  {
    id: 'washer-done',
    triggers: [{ becomes: "$over('home/bathroom/washer', '5m', 'power').max < 5" }],
    actions: [
      { log: "{{ $over('home/bathroom/washer', '1h', 'power').max }}" },
      { var: { washed: "{{ $var('washed', 0) + 1 }}" } },
    ],
  },
  {
    id: 'count-doors',
    mode: 'queued',
    triggers: [{ event: 'door' }, { change: 'homerule/var/washed' }],
    actions: [{ run: 'told', input: '{{ payload }}', wait: true }, { log: '{{ run.outcome }}' }],
  },
  { id: 'told', mode: 'parallel', actions: [{ delay: '30s' }, { stop: 'done', result: 1 }] },
  {
    id: 'quarter',
    triggers: [{ every: '15m' }, { at: '07:30' }, { silence: 'presence/phone', for: '2h' }],
    actions: [{ log: "{{ [verb, $since('presence/phone'), $last('light002/up').value] }}" }],
  },
];

export function compiled(document: object, version: number): CompiledRule {
  const { rule, problems } = checkText(stringify(document), { version, home: settings });
  if (rule === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return rule;
}

export const bare: BacktestOptions['ground'] = {
  ...{ at: time, firstSeq: 1, settings, given: {}, inForce: [], answers: [], recollections: [] },
  breaker: { runs: 100, inMs: 10_000 },
};

type Given = Pick<BacktestOptions, 'rule'> & Partial<BacktestOptions>;

/** With `isWhole` messages that nobody wants are given, too. */
export function backtest(inputs: readonly Input[], given: Given, isWhole = false): BacktestResult {
  const all = new Backtest({
    from: time,
    to: (inputs.at(-1)?.at ?? time) + dayMs,
    windowMs: 300_000,
    ground: bare,
    others: [],
    ...given,
  });
  for (const input of inputs)
    if (isWhole || input.kind !== 'message' || all.wants(input.topic)) all.give(input);
  return all.result({ messages: inputs.length, incomplete: [], seconds: 0 });
}

const noRuns = ['conditions-failed', 'refused'];

export function livedFirings(world: RuleWorld, rule: string): readonly BacktestFiring[] {
  return world.traces
    .filter((trace) => trace.rule === rule && !noRuns.includes(trace.status))
    .map(firingOf)
    .sort((a, b) => a.at - b.at);
}
