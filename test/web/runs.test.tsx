// Runs: which are shown, the way through the rule, and what is pending.
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { RunSummary, TimerView, Trace, TraceStep } from '../../web/src/api/types.ts';
import { isWorthDrawing } from '../../web/src/run/waterfall.tsx';
import { type WayStop, wayOf } from '../../web/src/run/way.ts';
import { countsOf, matchesRun } from '../../web/src/runs/run-filter.ts';
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

  test('marks what was done, failed, waits and was not taken', () => {
    const error = { code: 'x', message: 'x' };
    const steps = [
      step('actions[0]', { error }),
      step('actions[1]'),
      step('actions[2].choose[0].then[0]'),
      step('actions[3].parallel[1][0]'),
    ];
    const way = wayOf(document, { steps } as unknown as Trace, 'actions[1].else[0]');
    expect(told(way)).toEqual([
      'actions[0] failed',
      'actions[1] done',
      'then false',
      'actions[1].then[0] untaken',
      'else true',
      'actions[1].else[0] waiting',
      'actions[2] untaken',
      '1 true',
      'actions[2].choose[0].then[0] done',
      'else false',
      'actions[2].else untaken',
      'actions[3] untaken',
      '1 false',
      'actions[3].parallel[0][0] untaken',
      '2 true',
      'actions[3].parallel[1][0] done',
    ]);
  });

  test('counts loops, and stands what is no document', () => {
    const steps = [step('actions[0].do[0]'), step('actions[0].do[0]')];
    const looped = wayOf({ actions: [{ repeat: { times: 2 }, do: [{ log: 'a' }] }] }, { steps } as never);
    expect(looped[0]?.branches[0]?.stops[0]?.times).toBe(2);
    expect(wayOf('nonsense', { steps } as never)).toEqual([]);
  });
});

test('times are drawn when there are some', () => {
  expect(isWorthDrawing([step('a'), step('b')])).toBe(false);
  expect(isWorthDrawing([step('a', { durationMs: 60_000 })])).toBe(false);
  expect(isWorthDrawing([step('a', { durationMs: 60_000 }), step('b')])).toBe(true);
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
