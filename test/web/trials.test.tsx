// Trying a draft: over the past, and in a copy of the house.
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { ApiClient } from '../../web/src/api/client.ts';
import type { BacktestFiringView, BacktestView, DryRunView, RuleView } from '../../web/src/api/types.ts';
import { backtest } from '../../web/src/backtest/backtest-calls.ts';
import { firedBefore, firingsOf } from '../../web/src/backtest/backtest-ticks.ts';
import { isoOf } from '../../web/src/base/iso.ts';
import { dryRequest, emptyInput, inputFrom, replayInput } from '../../web/src/dry-run/dry-input.ts';
import { DryResult } from '../../web/src/dry-run/dry-result.tsx';
import { Trials } from '../../web/src/dry-run/trials.tsx';
import { drawnTicks, type LaneTick, nearestTick, nextTick } from '../../web/src/parts/lane/lane-ticks.ts';
import { ShadowPanel } from '../../web/src/shadow/shadow-panel.tsx';
import { TestsTab } from '../../web/src/tests/tests-tab.tsx';
import { makeTestHouse, show } from './support.tsx';

const at = 1_800_000_000_000;

function firing(offset: number): BacktestFiringView {
  const trigger = { verb: 'message', index: 0, topic: 'a/b', payload: { celsius: 31 } };
  return { at: at + offset, rule: 'fan', trigger, outcome: 'finished', effects: [] };
}

const agreement = { windowMs: 0, matched: 0, contradicted: 0, missed: 0, byHand: [] };
const result: BacktestView = {
  rule: 'fan',
  version: 0,
  from: at,
  to: at + 1_000,
  messages: 10,
  fired: 2,
  firings: [firing(100), firing(300)],
  effects: 2,
  outcomes: { finished: 2 },
  difference: {
    counts: { added: 1, removed: 2, changed: 0 },
    added: [firing(300)],
    removed: [firing(200), firing(400)],
    changed: [],
  },
  agreement,
  incomplete: [],
  seconds: 0,
};

describe('a lane', () => {
  const ticks: readonly LaneTick[] = [100, 101, 500].map((time) => ({ at: time, kind: 'did' }));

  test('draws what falls together once, and nothing outside', () => {
    expect(drawnTicks([...ticks, { at: 2_000, kind: 'did' }], [0, 1_000])).toHaveLength(2);
  });

  test.each([
    [101, 1, 500],
    [101, -1, 100],
    [500, 1, undefined],
  ] as const)('from %i in direction %i comes %s', (from, step, next) => {
    expect(nextTick(ticks, from, step)).toBe(next);
  });

  test('a touch means the tick that is near', () => {
    expect(nearestTick(ticks, 480, 50)).toBe(500);
    expect(nearestTick(ticks, 300, 50)).toBeUndefined();
  });
});

describe('a backtest', () => {
  function answering(pieces: readonly string[]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    return new ApiClient({ fetch: async () => new Response(body) });
  }
  const ask = (api: ApiClient, onProgress: (share: number) => void = () => undefined) =>
    backtest(api, {
      rule: 'fan',
      request: { from: '-24h' },
      signal: new AbortController().signal,
      onProgress,
    });

  test('tells how far it is, wherever its lines are cut', async () => {
    const text = `{"progress":0}\n{"progress":0.5}\n${JSON.stringify({ result: { fired: 3 } })}\n`;
    const told: number[] = [];
    const answer = await ask(answering([text.slice(0, 20), text.slice(20, 50), text.slice(50)]), (share) =>
      told.push(share),
    );
    expect([told, answer.fired]).toEqual([[0, 0.5], 3]);
  });

  test('that fails on its way, or says nothing, is an error', async () => {
    await expect(ask(answering(['{"error":{"code":"x","detail":"no"}}\n']))).rejects.toThrow('no');
    await expect(ask(answering([]))).rejects.toThrow();
  });

  test('is drawn as what stays, comes and goes', () => {
    expect(firingsOf(result).map((tick) => [tick.at - at, tick.kind])).toEqual([
      [100, 'same'],
      [200, 'removed'],
      [300, 'added'],
      [400, 'removed'],
    ]);
    expect(firedBefore(result)).toBe(3);
  });
});

test('the input of a dry run is what woke the run, just before', () => {
  expect(dryRequest('text', inputFrom(firing(5)))).toEqual({
    source: 'text',
    trigger: { message: { topic: 'a/b', payload: { celsius: 31 } } },
    at: isoOf(at + 4),
  });
  expect(dryRequest(undefined, { ...emptyInput, wake: '1', skipConditions: true })).toEqual({
    trigger: { index: 1 },
    skipConditions: true,
  });
});

const dry: DryRunView = {
  at,
  outcome: 'finished',
  effects: [
    {
      id: 'e1',
      kind: 'publish',
      topic: 'fan/set',
      payload: 'ON',
      at: at + 300_000,
      rule: 'fan',
      run: 'r',
      path: 'actions[0]',
    },
  ],
  runs: [],
  met: [],
  misses: [],
  holds: [],
  until: at + 300_000,
  isCut: false,
  problems: [],
  incomplete: [],
};

test('the draft is tried over the past, a run of it is tried again, and only a touch sends anything', async () => {
  const rule = { id: 'fan', version: 3, source: 'triggers: []\n' } as unknown as RuleView;
  const { house, calls } = makeTestHouse(({ path }) => {
    if (path === '/session')
      return {
        body: { needsSetup: false, user: { name: 'a', role: 'admin', may: ['read', 'operate', 'edit'] } },
      };
    if (path.endsWith('/backtest')) return { body: { result } };
    return { body: path.endsWith('/dry-run') ? dry : { items: [] } };
  });
  await show(<Trials rule={rule} text={'triggers: []\n# draft\n'} replay={undefined} />, { house });
  await userEvent.click(screen.getByRole('button', { name: 'Try the draft on the past' }));
  await screen.findByText('Would have run 2× instead of 3× (+1, −2).');
  const lane = screen.getByRole('slider', { name: 'Runs over time' });
  fireEvent.keyDown(lane, { key: 'ArrowRight' });
  await userEvent.click(screen.getAllByRole('button', { name: 'Try this moment' })[0] as HTMLElement);
  await screen.findByText('after 5 min');
  const posts = () => calls.filter(({ method }) => method === 'POST');
  expect(posts().map(({ path }) => path)).toEqual(['/rules/fan/backtest', '/rules/fan/dry-run']);
  expect(JSON.parse(posts()[1]?.body ?? '')).toMatchObject({
    at: isoOf(at + 99),
    source: expect.any(String),
  });
  await userEvent.click(screen.getByRole('button', { name: 'Send it now' }));
  await waitFor(() => expect(posts().at(-1)?.path).toBe('/publish'));
});

test('a run that waits at present is named, with what would become of it', async () => {
  const run = { id: 'r1', rule: 'fan', version: 3, at: at - 60_000, verb: 'message' };
  const met = [
    { ...run, status: 'waiting' },
    { ...run, id: 'r2', status: 'superseded', endedAt: at },
    { ...run, id: 'r3', status: 'finished', endedAt: at + 300_000 },
  ] as const;
  const view: DryRunView = { ...dry, outcome: 'refused', reason: 'single', effects: [], met };
  const { unmount } = await show(<DryResult view={view} />);
  await screen.findByText(/Another run of this rule was active/);
  expect(screen.getAllByRole('link').map((link) => link.textContent?.replace(/[\d:]{8}/, 'T'))).toEqual([
    'A run has been waiting since T.',
    'A run has been waiting since T; this one would take its place.',
    'A run has been waiting since T; it would end after 5 min.',
  ]);
  expect(screen.getAllByRole('link')[0]?.getAttribute('href')).toMatch(/\/runs\/r1$/);
  unmount();
});

test('a moment is written with an offset, to the millisecond', () => {
  expect(Date.parse(isoOf(at + 7))).toBe(at + 7);
  expect(isoOf(at)).toMatch(/[+-]\d\d:\d\d$/);
});

test('a test that fails says what was expected, what came, and why the rule did not run', async () => {
  const failure = {
    path: 'tests[0].expect',
    at,
    time: '2026-03-02 22:30:00',
    what: 'published',
    expected: ['fan/set {"state":"ON"}', 'fan/set OFF'],
    came: null,
    unrun: [{ status: 'refused', reason: 'single', topic: 'a/b', conditions: [] }],
    isUnwoken: false,
  };
  const failed = { name: 'hot', path: 'tests[0]', passed: false, steps: 1, failures: [failure] };
  const passed = { name: 'cold', path: 'tests[1]', passed: true, steps: 1, failures: [] };
  const { house, calls } = makeTestHouse(() => ({
    body: { rule: 'fan', passed: 1, failed: 1, tests: [failed, passed] },
  }));
  const rule = { id: 'fan', version: 3, source: 'name: a\n' } as unknown as RuleView;
  await show(<TestsTab rule={rule} text={'name: b\n'} />, { house });
  await screen.findByText('1 of 2 fail.');
  expect(screen.getByText(/2026-03-02 22:30:00/)).toBeTruthy();
  expect(screen.getByText('tests[0].expect.published')).toBeTruthy();
  expect(screen.getByText(/^fan\/set {"state":"ON"} fan\/set OFF$/)).toBeTruthy();
  expect(screen.getByText('nothing')).toBeTruthy();
  expect(screen.getByText(/a\/b woke it\. It was not let in\. Another run/)).toBeTruthy();
  expect(JSON.parse(calls[0]?.body ?? '')).toEqual({ source: 'name: b\n' });
});

test('a shadow says what it would have done beside what happened, and is made real by its version', async () => {
  const view = {
    rule: 'fan',
    isShadow: true,
    windowMs: 300_000,
    counts: { matched: 2, missed: 1 },
    items: [
      {
        id: '1',
        version: 3,
        run: 'r',
        at,
        what: 'publish',
        target: 'fan/set',
        value: 'ON',
        verdict: 'missed',
      },
    ],
  };
  const { house, calls } = makeTestHouse(({ path }) => {
    if (path === '/session')
      return { body: { needsSetup: false, user: { name: 'a', role: 'admin', may: ['read', 'edit'] } } };
    return { body: path.includes('/shadow') ? view : { id: 'fan', version: 4 } };
  });
  const rule = { id: 'fan', name: 'Fan', version: 3, shadow: true } as unknown as RuleView;
  await show(<ShadowPanel rule={rule} />, { house });
  expect((await screen.findAllByText('nobody did')).length).toBeGreaterThan(0);
  await userEvent.click(await screen.findByRole('button', { name: 'Make it real' }));
  await screen.findByText('“Fan” acts from now on (version 4)');
  const promoted = calls.find(({ path }) => path === '/rules/fan/promote');
  expect(promoted?.headers['if-match']).toBe('"3"');
});

test('what woke a run is played on the draft at once', async () => {
  expect(replayInput('nonsense')).toBeUndefined();
  const rule = { id: 'fan', version: 3, source: 'triggers: []\n' } as unknown as RuleView;
  const { house, calls } = makeTestHouse(({ path }) => ({
    body: path.endsWith('/dry-run') ? dry : { items: [] },
  }));
  await show(<Trials rule={rule} text={'triggers: []\n# draft\n'} replay="17" />, { house });
  await screen.findByText('after 5 min');
  expect(screen.getByRole('option', { name: 'What woke that run (no. 17)' })).toBeTruthy();
  const asked = calls.find(({ path }) => path.endsWith('/dry-run'));
  expect(JSON.parse(asked?.body ?? '')).toMatchObject({ trigger: { input: 17 } });
});
