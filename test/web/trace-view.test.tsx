// A trace shows the values that decided, not only that something was decided.
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { RuleSummary, Trace, TraceExpression } from '../../web/src/api/types.ts';
import { operandsOf } from '../../web/src/run/operands.ts';
import { TraceView } from '../../web/src/run/trace-view.tsx';
import { makeTestHouse, show } from './support.tsx';

const source = "payload.celsius > $state('home/' & params.room & '/threshold', 28)";

function part(text: string, value?: unknown) {
  const start = source.indexOf(text);
  return { source: text, start, end: start + text.length, ...(value === undefined ? {} : { value }) };
}

const condition: TraceExpression = {
  path: 'conditions[0]',
  source,
  result: 'pass',
  value: true,
  parts: [
    part('payload', { celsius: 31 }),
    part('payload.celsius', 31),
    part('params.room', 'kitchen'),
    part("'home/' & params.room", 'home/kitchen'),
    part("'home/' & params.room & '/threshold'", 'home/kitchen/threshold'),
    part("$state('home/' & params.room & '/threshold', 28)", 28),
    part(source, true),
  ],
};

const trace: Trace = {
  id: 'run1',
  rule: 'fan',
  version: 3,
  at: 1_800_000_000_000,
  endedAt: 1_800_000_000_002,
  status: 'finished',
  trigger: {
    index: 0,
    verb: 'message',
    at: 1_800_000_000_000,
    topic: 'home/kitchen/temperature',
    params: { room: 'kitchen' },
    payload: { celsius: 31 },
    origin: 'client',
    by: 'esp32',
    seq: 1,
  },
  conditions: [condition],
  steps: [
    {
      path: 'actions[0]',
      verb: 'publish',
      at: 1_800_000_000_001,
      durationMs: 0.2,
      effects: [{ id: 'e1', kind: 'publish', topic: 'home/kitchen/fan/set', payload: 'ON', qos: 1 }],
    },
  ],
};

describe('operands', () => {
  test('are the sides of the comparison first, then what explains them', () => {
    expect(operandsOf(condition).map(({ source: text, value, depth }) => [depth, text, value])).toEqual([
      [0, 'payload.celsius', 31],
      [0, "$state('home/' & params.room & '/threshold', 28)", 28],
      [1, "'home/' & params.room & '/threshold'", 'home/kitchen/threshold'],
      [2, 'params.room', 'kitchen'],
    ]);
  });

  test('tell a missing value from null', () => {
    const parts = [
      { source: 'a', start: 0, end: 1 },
      { source: 'b', start: 4, end: 5, value: null },
    ];
    expect(operandsOf({ source: 'a = b', parts }).map(({ isMissing }) => isMissing)).toEqual([true, false]);
  });
});

function ruleAt(version: number): RuleSummary {
  return { id: 'fan', name: 'Fan', version } as RuleSummary;
}

const fan = `triggers: [{ message: home/+room/temperature }]
conditions: ["${source}"]
actions: [{ publish: home/{{ params.room }}/fan/set, payload: "ON" }]`;

/** Has the version that ran. */
function houseWith(yaml: string) {
  return makeTestHouse(({ path }) =>
    path.startsWith('/rules/fan/versions/') ? { body: { source: yaml } } : { body: { items: [] } },
  ).house;
}

describe('trace', () => {
  test('prints the way, and of the chosen stop values, verdict, effect', async () => {
    await show(<TraceView trace={trace} rule={ruleAt(3)} />, { house: houseWith(fan) });
    const detail = await screen.findByRole('region', { name: 'Step' });
    expect(within(detail).getByText('home/kitchen/fan/set')).toBeTruthy();
    expect(within(detail).getByText('QoS 1')).toBeTruthy();
    expect(screen.getByText('All actions were done.')).toBeTruthy();
    (await screen.findByRole('button', { name: /params.room/ })).click();
    const values = await screen.findByLabelText('Values inside the expressions');
    expect(within(values).getByText('payload.celsius').closest('.operand')?.textContent).toBe(
      'payload.celsius31',
    );
    expect(
      within(values)
        .getByText(/^\$state/)
        .closest('.operand')?.textContent,
    ).toMatch(/28\)28$/);
    expect(screen.getByText('holds')).toBeTruthy();
  });

  test('the arrow keys move through the steps and the turns of a loop', async () => {
    const turns = [1, 2, 3].flatMap((turn) => [
      { path: 'actions[0]', verb: 'repeat', at: trace.at, durationMs: 0, result: `turn ${turn}` },
      {
        path: 'actions[0].do[0]',
        verb: 'log',
        at: trace.at,
        durationMs: 0,
        effects: [{ id: `e${turn}`, kind: 'log', text: `hello ${turn}` }] as const,
      },
    ]);
    const loop = `triggers: [{ message: a }]
actions: [{ repeat: { times: 3 }, do: [{ log: hello }] }]`;
    const looped: Trace = { ...trace, conditions: [], steps: turns };
    await show(<TraceView trace={looped} rule={ruleAt(3)} />, { house: houseWith(loop) });
    expect(await screen.findByText('hello 3')).toBeTruthy();
    const inner = screen.getByRole('button', { current: 'step' });
    fireEvent.keyDown(inner, { key: 'ArrowLeft' });
    expect(screen.getByText('hello 2')).toBeTruthy();
    expect(screen.getByText('2/3')).toBeTruthy();
    screen.getByRole('button', { name: 'Next turn' }).click();
    expect(await screen.findByText('hello 3')).toBeTruthy();
    fireEvent.keyDown(inner, { key: 'ArrowUp' });
    expect(screen.getByRole('button', { current: 'step' }).textContent).toContain('Repeat 3 times');
    fireEvent.keyDown(document.activeElement ?? inner, { key: 'Home' });
    expect(screen.getByRole('button', { current: 'step' }).textContent).toContain('arrives on a');
  });

  test('says whether what was sent was confirmed', async () => {
    const [sent] = trace.steps;
    const steps = sent ? [{ ...sent, durationMs: 340, result: 'confirmed after 2 times' }] : [];
    await show(<TraceView trace={{ ...trace, steps }} rule={ruleAt(3)} />, { house: houseWith(fan) });
    const detail = await screen.findByRole('region', { name: 'Step' });
    const answer = within(detail).getAllByText('confirmed after it was sent 2 times').at(-1);
    expect(answer?.closest('.step-answer')?.textContent).toContain('340 ms');
  });

  test('says in words why a run was refused, in both languages', async () => {
    const refused: Trace = { ...trace, status: 'refused', reason: 'single', steps: [] };
    const { unmount } = await show(<TraceView trace={refused} rule={ruleAt(4)} />);
    expect((await screen.findByRole('banner')).textContent).toContain('its mode is single');
    const changed = screen.getByText('changed since').closest('a')?.getAttribute('href');
    expect(changed).toContain('tab=versions&version=v4&against=v3');
    unmount();
    await show(<TraceView trace={refused} rule={ruleAt(4)} />, { language: 'zh-CN' });
    expect((await screen.findByRole('banner')).textContent).toContain('没有获准运行');
  });

  test('says in words what was wrong, with what the error knows', async () => {
    const error = { code: 'missing-value', message: 'm', params: { source: 'params.room' } };
    const failed: Trace = { ...trace, status: 'failed', reason: error.code, error, steps: [] };
    await show(<TraceView trace={failed} rule={ruleAt(3)} />, { language: 'zh-CN' });
    expect((await screen.findByRole('banner')).textContent).toContain('因错误而结束。“params.room”没有值。');
  });

  test('an error shows its code once, at its place', async () => {
    const error = { code: 'T2010', message: 'needs two numbers', path: 'conditions[0]', position: 4 };
    const failed: Trace = {
      ...trace,
      status: 'failed',
      error,
      conditions: [{ ...condition, result: 'error', error }],
      steps: [],
    };
    await show(<TraceView trace={failed} rule={ruleAt(3)} />);
    expect(await screen.findAllByText('T2010')).toHaveLength(1);
    expect(screen.getByText('at character 5')).toBeTruthy();
  });

  test('a waiting run counts down and can go on or be cancelled', async () => {
    const user = { name: 'a', role: 'admin', may: ['read', 'operate'] };
    const { house, calls } = makeTestHouse(({ path }) =>
      path === '/session' ? { body: { needsSetup: false, user } } : { status: 204 },
    );
    const waiting: Trace = { ...trace, status: 'waiting', due: 1_800_000_065_000 };
    await show(<TraceView trace={waiting} rule={ruleAt(3)} />, { house });
    expect(await screen.findByText('goes on in 1:05')).toBeTruthy();
    screen.getByRole('button', { name: 'Go on now' }).click();
    screen.getByRole('button', { name: 'Cancel the run' }).click();
    await screen.findByText('The run was cancelled');
    const told = calls.filter(({ method }) => method === 'POST');
    expect(told.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /timers/run1/fire',
      'POST /runs/run1/cancel',
    ]);
  });

  test('a condition that did not hold says what was in the way, and by how much', async () => {
    const decided = [
      {
        source: 'payload.celsius > 26',
        start: 0,
        end: 20,
        wanted: true,
        operator: '>',
        left: 25.8,
        right: 26,
        distance: 0.2,
      },
      { source: 'payload.dry', start: 0, end: 11, wanted: true, missing: ['payload.dry'] },
    ] as const;
    const failed: Trace = {
      ...trace,
      status: 'conditions-failed',
      conditions: [{ ...condition, result: 'fail', decided }],
      steps: [],
    };
    await show(<TraceView trace={failed} rule={ruleAt(3)} />);
    const detail = await screen.findByRole('region', { name: 'Step' });
    expect(within(detail).getByText('is 25.8 · 0.2 short')).toBeTruthy();
    expect(within(detail).getByText('payload.dry is missing')).toBeTruthy();
  });
});
