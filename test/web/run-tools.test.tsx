// What is made of a run: a file for others, a test of its rule.
import { screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { RunTestView, Trace } from '../../web/src/api/types.ts';
import { hidden, redactedRun } from '../../web/src/run/redacted.ts';
import { RunTestDialog } from '../../web/src/run/run-test-dialog.tsx';
import { makeTestHouse, show } from './support.tsx';

const trace: Trace = {
  id: 'r',
  rule: 'fan',
  version: 1,
  at: 0,
  status: 'failed',
  trigger: { index: 0, verb: 'message', at: 0, seq: 1, topic: 'a/b', by: 'phone-of-ann', origin: 'client' },
  conditions: [],
  steps: [],
};

function payloadOf(payload: unknown): unknown {
  const { run } = JSON.parse(redactedRun({ ...trace, trigger: { ...trace.trigger, payload } }));
  return run.trigger.payload;
}

describe('a run for others', () => {
  test.each([
    [
      { password: 'x', celsius: 3 },
      { password: hidden, celsius: 3 },
    ],
    [
      { wifiPassword: 'x', api_key: 'y', keyboard: 'z' },
      { wifiPassword: hidden, api_key: hidden, keyboard: 'z' },
    ],
    [{ deep: [{ latitude: 1.5, lux: 2 }] }, { deep: [{ latitude: hidden, lux: 2 }] }],
    ['{"token":"x","on":true}', '{"token":"(hidden)","on":true}'],
    ['{broken', '{broken'],
    ['http://ann:pw@house/x', 'http://(hidden)@house/x'],
    [
      { pin: null, code: 4711, decode: 1 },
      { pin: null, code: hidden, decode: 1 },
    ],
    [{ user: { name: 'ann' } }, { user: hidden }],
  ])('%j: %j', (given, expected) => {
    expect(payloadOf(given)).toEqual(expected);
  });

  test('keeps what was decided and why it failed, and not who sent it', () => {
    const error = { code: 'T2010', message: 'needs two numbers' };
    const parts = [
      { source: 'payload.pin', start: 0, end: 11, value: '4711' },
      { source: 'payload.lux', start: 12, end: 20, value: 5 },
    ];
    const conditions = [{ path: 'conditions[0]', source: 'x', parts, result: 'error' as const, error }];
    const { format, run } = JSON.parse(redactedRun({ ...trace, conditions }));
    expect(format).toBe('homerule-run');
    expect(run.trigger).toMatchObject({ topic: 'a/b', by: hidden, origin: 'client' });
    expect(run.conditions[0]).toMatchObject({ error, parts: [{ value: hidden }, { value: 5 }] });
  });
});

const made: RunTestView = {
  run: 'r',
  rule: 'fan',
  version: 1,
  name: 'was',
  yaml: '- name: was\n',
  passes: true,
  report: [],
  incomplete: [],
  added: { version: 4, source: 'id: fan\ntests:\n  - name: was\n' },
};

function houseWith(view: RunTestView, may: readonly string[]) {
  const user = { name: 'a', role: 'admin', may };
  return makeTestHouse(({ path, method }) => {
    if (path === '/session') return { body: { needsSetup: false, user } };
    if (method === 'PUT') return { body: { id: 'fan', version: 5 } };
    return { body: view };
  });
}

describe('a run as a test', () => {
  test('is added to the version that it was made from', async () => {
    const { house, calls } = houseWith(made, ['read', 'edit']);
    let closed = 0;
    await show(<RunTestDialog run="r" onClose={() => closed++} />, { house });
    (await screen.findByRole('button', { name: 'Add it to the rule' })).click();
    await screen.findByText('The test was added (version 5)');
    const put = calls.find(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ path: '/rules/fan?note=test%20of%20run%20r', body: made.added?.source });
    expect(put?.headers['if-match']).toBe('"4"');
    expect(closed).toBe(1);
  });

  test.each([
    ['what it does is something else', { ...made, passes: false, report: ['step 1'] }, ['read', 'edit']],
    ['one may only look', made, ['read']],
  ])('is only shown when %s', async (_, view, may) => {
    const { house } = houseWith(view, may);
    await show(<RunTestDialog run="r" onClose={() => undefined} />, { house });
    expect(await screen.findByLabelText('The test as it is written')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Add it to the rule' })).toBeNull();
  });
});
