// The list of rules: live, filtered, and honest when a switch is refused.
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { RuleSummary } from '../../web/src/api/types.ts';
import { RulesPage } from '../../web/src/rules/rules-page.tsx';
import { makeTestHouse, show } from './support.tsx';

function rule(id: string, name: string): RuleSummary {
  const facts = {
    description: '',
    labels: [],
    enabled: true,
    mode: 'single',
    version: 1,
    savedAt: 1,
  } as const;
  return { id, name, counters: {}, waiting: 0, breaker: 'closed', ...facts } as RuleSummary;
}

const fan = rule('fan', 'Fan when it gets warm');
const lamp = rule('lamp', '走廊夜灯');

test('an outcome that comes live is shown without reading the list again', async () => {
  const { house, calls, socket } = makeTestHouse(({ path }) => ({
    body: { items: path === '/rules' ? [fan, lamp] : [] },
  }));
  const reads = (): number => calls.filter(({ path }) => path === '/rules').length;
  await show(<RulesPage />, { house });
  await screen.findByText('走廊夜灯');
  expect(screen.getAllByText('has not run yet')).toHaveLength(2);
  house.live.start();
  act(() => socket.open());
  await waitFor(() => expect(socket.sent).toContainEqual(expect.objectContaining({ channel: 'rules' })));
  await waitFor(() => expect(reads()).toBeGreaterThan(1));
  await act(async () => undefined); // what was asked for is asked for
  const read = reads();
  const subscribed = socket.sent.findLast((sent) => Object(sent).channel === 'rules');
  const last = {
    id: 'r1',
    rule: 'fan',
    version: 1,
    at: 1_800_000_000_000,
    status: 'failed',
    verb: 'message',
  };
  act(() =>
    socket.say({
      op: 'items',
      id: Object(subscribed).id,
      items: [{ change: 'outcome', rule: { ...fan, last, waiting: 2 } }],
    }),
  );
  expect(await screen.findByText('failed')).toBeTruthy();
  expect(screen.getByText('just now')).toBeTruthy();
  expect(screen.getByText('2 waiting')).toBeTruthy();
  expect(reads()).toBe(read);
});

test('a switch acts at once and goes back with a word when the server refuses', async () => {
  const user = { name: 'anna', role: 'editor', may: ['read', 'operate', 'edit'] };
  const { house } = makeTestHouse(({ method }) =>
    method === 'GET'
      ? { body: { items: [fan], needsSetup: false, user } }
      : { status: 503, body: { status: 503, code: 'store-full', detail: 'the disk is full', title: 'x' } },
  );
  await show(<RulesPage />, { house });
  const toggle = await screen.findByRole('switch');
  await waitFor(() => expect(toggle).toHaveProperty('disabled', false));
  await userEvent.click(toggle);
  expect(await screen.findByText('The server failed: the disk is full')).toBeTruthy();
  expect(screen.getByRole('switch').getAttribute('aria-checked')).toBe('true');
});

test('a rule without a description says what it does', async () => {
  const outline = { triggers: 1, actions: 2, trigger: { message: 'a/b' }, action: { log: 'x' } };
  const { house } = makeTestHouse(({ path }) => ({
    body: { items: path === '/rules' ? [{ ...fan, outline }] : [] },
  }));
  await show(<RulesPage />, { house, language: 'zh-CN' });
  expect(await screen.findByText('a/b 收到消息 → 把 “x” 写入日志 （另有 1 项）')).toBeTruthy();
});

test('the filter looks at names, ids and labels', async () => {
  const { house } = makeTestHouse(() => ({ body: { items: [fan, { ...lamp, labels: ['夜间'] }] } }));
  await show(<RulesPage />, { house });
  await userEvent.type(await screen.findByRole('searchbox'), '夜间');
  expect(screen.queryByText(fan.name)).toBeNull();
  expect(screen.getByText(lamp.name)).toBeTruthy();
});

test('an empty house is offered a rule that works', async () => {
  const { house } = makeTestHouse(() => ({ body: { items: [] } }));
  await show(<RulesPage />, { house });
  expect(await screen.findByText('No rules yet')).toBeTruthy();
  expect(screen.getByText(/home\/\{room\}\/temperature/)).toBeTruthy();
});
