// Flows: what a person reads of Node-RED, what only administrators may do, and what goes to the server.
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { DeviceView, FlowSeedView, FlowsView } from '../../web/src/api/types.ts';
import { FlowsBody } from '../../web/src/flows/flows-page.tsx';
import { choicesFor } from '../../web/src/flows/setting-choices.ts';
import { type Answer, makeTestHouse, show } from './support.tsx';

const seed: FlowSeedView = {
  name: 'door',
  title: { en: 'Door left open', zh: '门没关' },
  description: { en: 'It tells.', zh: '会提醒。' },
  settings: [
    { name: 'DOOR', kind: 'device', label: { en: 'Door', zh: '门' }, value: 'front' },
    { name: 'PROPERTY', kind: 'property', label: { en: 'Its property', zh: '属性' }, value: 'open' },
  ],
  added: false,
};
const version = {
  version: 2,
  at: 1,
  by: 'anna',
  type: 'full',
  diff: [{ id: 'n', type: 'inject', name: 'tick', change: 'changed', text: '@@ -1 +1 @@\n-old\n+new\n' }],
};

function houseOf(state: FlowsView['state'], may: readonly string[] = ['read', 'admin']) {
  const flows: FlowsView = {
    state,
    since: 1,
    version: '5.0.7',
    restarts: 0,
    lastError: { at: 1, message: 'signal SIGKILL' },
  };
  const answers: Readonly<Record<string, unknown>> = {
    '/session': { needsSetup: false, user: { name: 'a', role: 'admin', may } },
    '/flows': flows,
    '/flows/seeds': { items: [seed] },
    '/flows/seeds/door': { name: 'door', flow: 'homerule-door', added: 3, kept: 0, replaced: 0 },
    '/flows/versions': { items: [version, { version: 1, at: 0, by: '', type: 'found' }] },
    '/devices?limit=1000': { items: [] },
  };
  return makeTestHouse((call): Answer => ({ body: answers[call.path] ?? flows }));
}

describe('Node-RED', () => {
  test.each([
    ['off', 'Flows are off'],
    ['safe', 'Node-RED runs in safe mode: all flows rest'],
    ['crashed', 'Node-RED ended again and again, and was left alone'],
  ] as const)('that is %s says so in words', async (state, words) => {
    const { house } = houseOf(state);
    await show(<FlowsBody search={{}} />, { house });
    await screen.findByText(words);
  });

  test('that was left alone is started without flows', async () => {
    const { house, calls } = houseOf('crashed');
    await show(<FlowsBody search={{}} />, { house });
    await userEvent.click(await screen.findByRole('button', { name: 'Start without flows' }));
    await waitFor(() => expect(calls.some(({ path }) => path === '/flows/start')).toBe(true));
    expect(calls.find(({ path }) => path === '/flows/start')?.body).toBe('{"safe":true}');
  });

  test('obeys administrators only', async () => {
    const { house } = houseOf('running', ['read']);
    await show(<FlowsBody search={{}} />, { house });
    await screen.findByText('Door left open');
    expect(screen.queryByRole('button')).toBeNull();
  });
});

test('a seed is deployed with what was changed in its settings, and nothing else', async () => {
  const { house, calls } = houseOf('stopped');
  await show(<FlowsBody search={{}} />, { house, language: 'zh-CN' });
  await userEvent.click(await screen.findByRole('button', { name: '添加' }));
  const door = await screen.findByLabelText('门');
  await userEvent.clear(door);
  await userEvent.type(door, 'garage');
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '添加' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'POST')).toBe(true));
  const sent = calls.find(({ method }) => method === 'POST');
  expect([sent?.path, sent?.body]).toEqual([
    '/flows/seeds/door',
    '{"settings":{"DOOR":"garage"},"replace":false}',
  ]);
});

test('a version shows what changed and comes back after a question', async () => {
  const { house, calls } = houseOf('running');
  await show(<FlowsBody search={{ part: 'versions' }} />, { house });
  await screen.findByText('tick');
  expect(screen.getByText('+new').dataset['kind']).toBe('added');
  await userEvent.click(screen.getByRole('button', { name: 'Restore' }));
  const question = await screen.findByRole('dialog');
  await userEvent.click(within(question).getByRole('button', { name: 'Restore' }));
  await waitFor(() => expect(calls.map(({ path }) => path)).toContain('/flows/versions/1/restore'));
});

test('properties are those of the device that was chosen before', () => {
  const devices = [
    { id: 'garage', name: 'Garage', labels: ['door'], properties: [{ id: 'contact', name: 'Contact' }] },
  ] as unknown as readonly DeviceView[];
  const asked = { settings: seed.settings, values: { DOOR: 'garage' }, devices };
  expect(choicesFor({ ...asked, index: 0 })).toEqual([{ value: 'garage', label: 'Garage' }]);
  expect(choicesFor({ ...asked, index: 1 })).toEqual([{ value: 'contact', label: 'Contact' }]);
});
