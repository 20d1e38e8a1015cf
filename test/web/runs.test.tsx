// Runs: which are shown, the way through the rule, and what is pending.
import { screen, waitFor } from '@testing-library/react';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { outcomeOf } from '../../src/api/runs.ts';
import type {
  RunStatus,
  RunSummary,
  TimerView,
  Trace,
  TraceExpression,
  TraceStep,
} from '../../web/src/api/types.ts';
import { fallOf, placeIn, spansOf } from '../../web/src/run/fall.ts';
import { focusOf, stopsIn, type WayOptions, type WayStop, wayOf } from '../../web/src/run/way.ts';
import { countsOf, groupOf, matchesRun, wantedOf } from '../../web/src/runs/run-filter.ts';
import { useFoundRuns } from '../../web/src/runs/use-all-runs.ts';
import { TimersPanel } from '../../web/src/timers/timers-panel.tsx';
import { withTimerNews } from '../../web/src/timers/use-timers.ts';
import { makeTestHouse, show } from './support.tsx';

const now = 1_800_000_000_000;

function run(more: Partial<RunSummary>): RunSummary {
  return { id: 'r', rule: 'a', version: 1, at: now, status: 'finished', verb: 'message', ...more };
}

describe('the filter', () => {
  const refused = run({ status: 'refused', reason: 'single' });
  test.each([
    [{}, true],
    [{ rule: 'a' }, true],
    [{ rule: 'b' }, false],
    [{ outcome: 'not' }, true],
    [{ outcome: 'done' }, false],
    [{ reason: 'single' }, true],
    [{ reason: 'refused' }, false],
    [{ span: 'hour' }, true],
    [{ span: 'nonsense' }, true],
  ])('%o', (filter, isShown) => {
    expect(matchesRun(refused, filter, now)).toBe(isShown);
  });

  test('asks the server for what it narrows by, and for nothing that it does not know', () => {
    expect(wantedOf({})).toBeUndefined();
    expect(wantedOf({ outcome: 'nonsense', span: 'nonsense' })).toBeUndefined();
    expect(wantedOf({ rule: 'a', outcome: 'failed', reason: 'single', span: 'hour' })).toEqual({
      ...{ rule: 'a', outcome: 'failed', reason: 'single', from: '-1h' },
    });
  });

  test.each(Object.entries(outcomeOf))('%s is %s, as the server has it', (status, outcome) => {
    expect(groupOf(status as RunStatus)).toBe(outcome);
  });

  test('counts each outcome, whichever is chosen', () => {
    const runs = [
      run({}),
      refused,
      run({ status: 'failed', at: now - 7_200_000 }),
      run({ status: 'waiting' }),
    ];
    expect(countsOf(runs, { outcome: 'not', span: 'hour' }, now)).toEqual({
      all: 3,
      done: 1,
      not: 1,
      failed: 0,
      open: 1,
    });
  });
});

function step(path: string, more: Partial<TraceStep> = {}): TraceStep {
  return { path, verb: 'log', at: now, durationMs: 0, ...more };
}

/** `actions[0] done`, inner ones after their outer one. */
function told(stops: readonly WayStop[]): readonly string[] {
  return stops.flatMap(({ key, state, branches }) => [
    `${key} ${state}`,
    ...branches.flatMap(({ name, isTaken, stops: inner }) => [`${name} ${isTaken}`, ...told(inner)]),
  ]);
}

const blank: Trace = {
  id: 'r',
  rule: 'a',
  version: 1,
  at: now,
  status: 'finished',
  trigger: { index: 0, verb: 'message', at: now, seq: 1 },
  conditions: [],
  steps: [],
};

function looked(path: string, more: Partial<TraceExpression> = {}): TraceExpression {
  return { path, source: path, parts: [], result: 'pass', ...more };
}

/** The actions of a way, as `told`. */
function actionsOf(document: unknown, trace: Partial<Trace>, options?: WayOptions): readonly string[] {
  const found = wayOf(document, { ...blank, ...trace }, options).find(({ name }) => name === 'actions');
  return told(found?.stops ?? []);
}

function statesOf(document: unknown, trace: Partial<Trace>): readonly string[] {
  const stops = [...stopsIn(wayOf(document, { ...blank, ...trace }))];
  return stops.map(({ key, state }) => `${key} ${state}`);
}

describe('the way through a rule', () => {
  const document: unknown = parse(`
actions:
  - log: a
  - if: x
    then: [{ log: b }]
    else: [{ delay: 1m }]
  - choose: [{ when: y, then: [{ log: c }] }]
    else: { log: d }
  - parallel: [[{ log: e }], [{ log: f }]]
`);
  const steps = [
    step('actions[0]', { error: { code: 'x', message: 'x' } }),
    step('actions[1]'),
    step('actions[2].choose[0].then[0]'),
    step('actions[3].parallel[1][0]'),
  ];

  test('marks what was done, failed, waits and was not taken', () => {
    const waitsAt = new Set(['actions[1].else[0]']);
    expect(actionsOf(document, { status: 'waiting', steps }, { waitsAt })).toEqual([
      'actions[0] failed',
      'actions[1] done',
      'then false',
      'actions[1].then[0] untaken',
      'else true',
      'actions[1].else[0] waiting',
      'actions[2] waiting',
      '1 true',
      'actions[2].choose[0].then[0] done',
      'else false',
      'actions[2].else untaken',
      'actions[3] waiting',
      '1 false',
      'actions[3].parallel[0][0] untaken',
      '2 true',
      'actions[3].parallel[1][0] done',
    ]);
  });

  test('what waited for its branches is done when the run is over', () => {
    expect(actionsOf(document, { steps })).toContain('actions[3] done');
  });

  test('tells which trigger woke it, and where the conditions ended', () => {
    const rule: unknown = parse(`
triggers: [{ message: a }, { message: b }]
conditions: [x, { any: [y, z] }, w]
actions: [{ log: a }]
finally: { log: b }
`);
    const trigger = { ...blank.trigger, index: 1 };
    const conditions = [
      looked('conditions[0]'),
      looked('conditions[1].any[0]', { result: 'fail' }),
      looked('conditions[1].any[1]', { result: 'fail' }),
    ];
    const trace = { trigger, conditions, status: 'conditions-failed' } as const;
    expect(statesOf(rule, trace)).toEqual([
      'triggers[0] untaken',
      'triggers[1] done',
      'conditions[0] done',
      'conditions[1] stopped',
      'conditions[2] untaken',
      'actions[0] untaken',
      'finally untaken',
    ]);
    expect(focusOf(wayOf(rule, { ...blank, ...trace }))?.key).toBe('conditions[1]');
    expect(statesOf(rule, { trigger: { ...blank.trigger, index: -1 } })[0]).toBe('trigger done');
  });

  test('a group of which something failed and something held may still hold', () => {
    const conditions = [looked('conditions.any[0]', { result: 'fail' }), looked('conditions.any[1]')];
    expect(statesOf(parse('conditions: { any: [x, y] }'), { conditions })).toContain('conditions done');
  });

  test('handlers and what is done without a confirmation are branches', () => {
    const rule: unknown = parse(`
actions:
  - publish: a
    payload: 1
    confirm: { state: b, within: 1s, else: [{ log: silent }] }
    onError: [{ log: wrong }]
onError: { log: all }
`);
    const happened = [step('actions[0]', { result: 'unconfirmed' }), step('actions[0].confirm.else[0]')];
    expect(statesOf(rule, { steps: happened })).toEqual([
      'trigger done',
      'actions[0] done',
      'actions[0].confirm.else[0] done',
      'actions[0].onError[0] untaken',
      'onError untaken',
    ]);
  });

  test('a version that is not kept leaves what the trace tells', () => {
    const trace = { conditions: [looked('conditions[0].all[0]')], steps: [step('actions[0]')] };
    expect(statesOf(undefined, trace)).toEqual(['trigger done', 'conditions[0] done', 'actions[0] 0 done']);
    expect(wayOf(undefined, blank).map(({ name }) => name)).toEqual(['triggers']);
    expect(wayOf({ actions: 'nonsense' }, blank)).toHaveLength(2);
  });
});

describe('the turns of a loop', () => {
  const loops: unknown = parse(`
actions:
  - repeat: { times: 2 }
    do:
      - log: a
      - repeat: { each: x }
        do: [{ log: b }]
`);
  const inner = 'actions[0].do[1]';
  const steps = [
    step('actions[0]'),
    ...[1, 2].flatMap((turn) => [
      step('actions[0]', { result: `turn ${turn}` }),
      step('actions[0].do[0]'),
      step(inner),
      ...Array.from({ length: turn }, (_, index) => [
        step(inner, { result: `turn ${index + 1}` }),
        step(`${inner}.do[0]`, { durationMs: 10 * turn + index + 1 }),
      ]).flat(),
      step(inner, { result: `${turn} turns` }),
    ]),
    step('actions[0]', { result: '2 turns' }),
  ];
  const shown = (turns: readonly (readonly [string, number])[]) => {
    const stops = [...stopsIn(wayOf(loops, { ...blank, steps }, { turns: new Map(turns) }))];
    const last = stops.at(-1)?.steps.map(({ durationMs }) => durationMs);
    return [...stops.flatMap(({ turn }) => (turn ? [`${turn.number}/${turn.count}`] : [])), last];
  };

  test.each([
    [[], ['2/2', '2/2', [22]]],
    [[[inner, 1]], ['2/2', '1/2', [21]]],
    [[['actions[0]', 1]], ['1/2', '1/1', [11]]],
    [[['actions[0]', 9]], ['2/2', '2/2', [22]]],
  ] as const)('chosen %j: %j', (turns, expected) => {
    expect(shown(turns)).toEqual(expected);
  });

  test('a wait is seen in the last turn only', () => {
    const waitsAt = new Set([`${inner}.do[0]`]);
    const at = (turn: number) =>
      actionsOf(loops, { status: 'waiting', steps }, { waitsAt, turns: new Map([[inner, turn]]) }).at(-1);
    expect(at(2)).toBe(`${inner}.do[0] waiting`);
    expect(at(1)).toBe(`${inner}.do[0] done`);
  });

  test('one that had no turn has nothing inside', () => {
    const none = [step('actions[0]'), step('actions[0]', { result: '0 turns' })];
    expect(actionsOf(loops, { steps: none })).toEqual([
      'actions[0] done',
      'do false',
      'actions[0].do[0] untaken',
      `${inner} untaken`,
      'do false',
      `${inner}.do[0] untaken`,
    ]);
  });
});

describe('where the time went', () => {
  const none = new Map<string, number>();
  const fall = (...steps: readonly TraceStep[]) => fallOf({ ...blank, steps }, none);

  test('is drawn when there is something to see', () => {
    expect(fall(step('a'), step('b'))).toBeUndefined();
    expect(fall(step('a', { durationMs: 60_000 }), step('b'))?.rows.map(({ path }) => path)).toEqual(['a']);
  });

  test('places follow the time', () => {
    const spans = spansOf([0, 100, 400]);
    expect([0, 50, 100, 250, 400].map((at) => placeIn(spans, at))).toEqual([0, 0.125, 0.25, 0.625, 1]);
    expect(spans.some(({ isBroken }) => isBroken)).toBe(false);
  });

  test('a long wait is cut, and says so; nothing else changes its share of the rest', () => {
    const spans = spansOf([0, 100, 3_600_100, 3_600_400]);
    expect(spans.map(({ isBroken }) => isBroken)).toEqual([false, true, false]);
    const [first, , last] = spans.map(({ width }) => width);
    expect((last ?? 0) / (first ?? 1)).toBeCloseTo(3);
    expect(placeIn(spans, 3_600_400)).toBeCloseTo(1);
  });

  test('beside what took no time a wait is whole', () => {
    expect(spansOf([0, 1, 3_600_000]).some(({ isBroken }) => isBroken)).toBe(false);
    expect(spansOf([5])).toEqual([]);
    expect(placeIn([], 5)).toBe(0);
  });

  test('the places never go back, whatever the moments are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000_000), { minLength: 2, maxLength: 40 }), (moments) => {
        const spans = spansOf(moments);
        const places = moments.toSorted((a, b) => a - b).map((at) => placeIn(spans, at));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(places.every((place) => place >= 0 && place <= 1.000_001)).toBe(true);
      }),
    );
  });

  test('a wait that is not over reaches to when it will be', () => {
    const steps = [step('a', { durationMs: 50 })];
    const waits = new Map([['b', now + 250]]);
    const open = fallOf({ ...blank, status: 'waiting', steps }, waits)?.rows.find(({ isOpen }) => isOpen);
    expect(open).toMatchObject({ path: 'b', at: now + 50, end: now + 250 });
    expect(fallOf({ ...blank, steps }, waits)?.rows).toHaveLength(1);
  });
});

const timer: TimerView = {
  id: 'run1',
  kind: 'run',
  rule: 'a',
  due: now + 65_000,
  leftMs: 65_000,
  path: 'actions[0]',
  verb: 'delay',
  run: 'run1',
};

describe('what is pending', () => {
  test('comes and goes with the news, soonest first', () => {
    const sooner = { ...timer, id: 'run2', due: now };
    const both = withTimerNews([timer], [{ change: 'armed', timer: sooner }]);
    expect(both.map(({ id }) => id)).toEqual(['run2', 'run1']);
    expect(withTimerNews(both, [{ change: 'gone', timer: sooner }])).toEqual([timer]);
  });

  test('counts down, and happens now or never', async () => {
    const user = { name: 'a', role: 'admin', may: ['read', 'operate'] };
    const { house, calls } = makeTestHouse(({ path }) => {
      if (path === '/session') return { body: { needsSetup: false, user } };
      if (path === '/timers') return { body: { items: [timer] } };
      return path === '/rules' ? { body: { items: [] } } : { status: 204 };
    });
    await show(<TimersPanel />, { house });
    expect(await screen.findByText('goes on in 1:05')).toBeTruthy();
    (await screen.findByRole('button', { name: 'Now' })).click();
    screen.getByRole('button', { name: 'Never' }).click();
    await waitFor(() =>
      expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(
        expect.arrayContaining(['POST /timers/run1/fire', 'DELETE /timers/run1']),
      ),
    );
  });

  test('who only looks sees no control', async () => {
    const { house } = makeTestHouse(({ path }) => ({ body: { items: path === '/timers' ? [timer] : [] } }));
    await show(<TimersPanel />, { house });
    await screen.findByText('goes on in 1:05');
    expect(screen.queryByRole('button')).toBeNull();
  });
});

function Found({ runs }: { readonly runs: readonly RunSummary[] }) {
  const shown = useFoundRuns(runs, { outcome: 'failed' }).filter(({ status }) => status === 'failed');
  return <output>{shown.map(({ id }) => id).join()}</output>;
}

const older = run({ id: 'older', status: 'failed', at: now - 1 });
const many = Array.from({ length: 1000 }, (_, index) => run({ id: `r${index}` }));

test('a failure older than a thousand other runs is found', async () => {
  const { house, calls } = makeTestHouse(() => ({ body: { items: [older] } }));
  await show(<Found runs={many} />, { house });
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('older'));
  expect(calls.map(({ path }) => path)).toEqual(['/runs?limit=1000&outcome=failed']);
});

test('where all runs are known nothing is asked', async () => {
  const { house, calls } = makeTestHouse(() => ({ body: { items: [] } }));
  await show(<Found runs={[older]} />, { house });
  expect(screen.getByRole('status').textContent).toBe('older');
  expect(calls).toEqual([]);
});
