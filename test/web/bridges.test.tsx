// Bridges and plugins: what a line of a bridge does, what a form keeps, and how a schema becomes fields.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { BridgeView, PluginView } from '../../web/src/api/types.ts';
import { BridgesBody } from '../../web/src/bridges/bridges-page.tsx';
import { partOf, withField } from '../../web/src/bridges/schema.ts';
import { mappingOf, sampleOf } from '../../web/src/bridges/topic-mapping.ts';
import { type Answer, makeTestHouse, show } from './support.tsx';

const none = { dropped: 0, missed: 0, expired: 0, refused: 0, echoes: 0, loops: 0, connects: 0, failures: 0 };
const bridge: BridgeView = {
  name: 'cloud',
  source: 'api',
  settings: {
    enabled: true,
    addresses: ['one:1883'],
    topics: ['# out'],
    username: 'me',
    keepalive: '90s',
    tls: { insecure: true },
  },
  hasPassword: true,
  clientId: 'c',
  state: 'waiting',
  since: 1,
  address: 'one:1883',
  lastError: {
    at: 1,
    code: 'bridge-down',
    message: 'connection refused',
    params: { why: 'refused', address: 'cloud.example' },
  },
  counters: { sent: 5, received: 6, queued: 7, queuedBytes: 8, ...none, dropped: 2 },
};
const plugin = {
  id: 'notify',
  version: '1.0.0',
  name: { en: 'Notifications', zh: '通知' },
  origin: 'shipped',
  enabled: true,
  state: 'failed',
  reason: 'the configuration is not complete',
  health: 'ok',
  words: '',
  permissions: { publish: ['a/#'] },
  schema: {
    type: 'object',
    properties: {
      bark: {
        type: 'array',
        title: 'Bark',
        items: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            key: { type: 'string', format: 'secret' },
            level: { enum: ['low', 'high'], default: 'low' },
            quiet: { type: 'boolean' },
            port: { type: 'integer' },
          },
        },
      },
    },
  },
  config: { bark: [{ name: 'me', key: { $secret: 'plugin.notify.1' } }] },
  figures: { dropped: 0 },
} as unknown as PluginView;

function houseOf() {
  return makeTestHouse(({ path }): Answer => {
    if (path === '/bridges') return { body: { items: [bridge] } };
    if (path === '/plugins') return { body: { items: [plugin] } };
    if (path.startsWith('/topics')) return { body: { items: [{ topic: '$SYS/x' }, { topic: 'home/lamp' }] } };
    return { body: path.startsWith('/plugins') ? plugin : bridge };
  });
}

test('a bridge says how it is, what was lost, and why', async () => {
  const { house } = houseOf();
  await show(<BridgesBody />, { house });
  await screen.findByText('tries again soon');
  screen.getByText(/cloud\.example refuses connections/);
  screen.getByText('lost, queue full');
  expect(screen.queryByText('expired')).toBeNull();
});

test('editing a bridge keeps what the form does not show', async () => {
  const { house, calls } = houseOf();
  await show(<BridgesBody />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  const dialog = await screen.findByRole('dialog');
  const address = within(dialog).getByLabelText(/^Address/);
  await userEvent.clear(address);
  await userEvent.type(address, 'two:1883');
  await within(dialog).findByText('such as', { exact: false });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  const sent = calls.find(({ method }) => method === 'PUT');
  expect(sent?.path).toBe('/bridges/cloud');
  expect(JSON.parse(sent?.body ?? '')).toEqual({ ...bridge.settings, addresses: ['two:1883'] });
});

describe('a line', () => {
  test.each([
    ['#', { direction: 'out', local: '#', remote: '#' }],
    ['+/state in 1 home/ ""', { direction: 'in', local: 'home/+/state', remote: '+/state' }],
    ['"" both 0 a/b c/d', { direction: 'both', local: 'a/b', remote: 'c/d' }],
    ['# sideways', undefined],
    ['', undefined],
  ])('%s is shown as what it does', (line, mapping) => {
    expect(mappingOf(line)).toEqual(mapping);
  });

  test.each([
    ['# out 0 home/ remote/', { from: 'home/lamp/on', to: 'remote/lamp/on' }],
    ['home/+/on', { from: 'home/lamp/on', to: 'home/lamp/on' }],
    ['home/lamp/on/#', { from: 'home/lamp/on', to: 'home/lamp/on' }],
    ['garden/#', undefined],
    ['# in', undefined],
  ])('%s is tried on a topic of this house', (line, sample) => {
    expect(sampleOf(line, ['$SYS/uptime', 'home/lamp/on'])).toEqual(sample);
  });
});

test('a plugin says why it failed, and its configuration is a form of its schema', async () => {
  const { house, calls } = houseOf();
  await show(<BridgesBody part="plugins" />, { house });
  await screen.findByText('the configuration is not complete');
  await userEvent.click(screen.getByRole('button', { name: 'Configure' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.selectOptions(within(dialog).getByLabelText('level'), 'high');
  await userEvent.click(within(dialog).getByRole('switch', { name: 'quiet' }));
  await userEvent.type(within(dialog).getByLabelText('port'), '80');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  const item = { name: 'me', key: { $secret: 'plugin.notify.1' }, level: 'high', quiet: true, port: 80 };
  expect(JSON.parse(calls.find(({ method }) => method === 'PUT')?.body ?? '')).toEqual({ bark: [item] });
});

test('items of a list come and go', async () => {
  const { house } = houseOf();
  await show(<BridgesBody part="plugins" />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Configure' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Add: Bark' }));
  expect(screen.getAllByLabelText(/^name/)).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: 'Remove Bark 1' }));
  expect(screen.getAllByLabelText(/^name/)).toHaveLength(1);
});

test('what a schema says is read, and what it does not say becomes JSON', () => {
  expect(partOf({ type: 'object', additionalProperties: true }, 'en').kind).toBe('json');
  expect(partOf({ type: 'string', format: 'secret' }, 'en').kind).toBe('secret');
  const said = { title: 'Port', description: 'Of the server', zh: { title: '端口' } };
  expect(partOf(said, 'zh-CN')).toMatchObject({ title: '端口', description: 'Of the server' });
  expect(partOf(said, 'en').title).toBe('Port');
  expect(withField({ a: 1, b: 2 }, 'a', '')).toEqual({ b: 2 });
});

interface Part {
  readonly title?: string;
  readonly zh?: { readonly title?: string; readonly description?: string };
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
}

function* unsaid(part: Part, path: string): Generator<string> {
  for (const [name, field] of Object.entries(part.properties ?? {})) {
    const isSaid = field.title !== undefined && field.zh?.title !== undefined;
    const isTold = (field.description === undefined) === (field.zh?.description === undefined);
    if (!isSaid || !isTold) yield `${path}.${name}`;
    yield* unsaid(field, `${path}.${name}`);
  }
  if (part.items !== undefined) yield* unsaid(part.items, `${path}[]`);
}

test.each(['notify', 'bemfa'])('every field of the plugin %s is said in both languages', (id) => {
  const file = join(import.meta.dirname, `../../plugins/${id}/plugin.json`);
  const { config } = JSON.parse(readFileSync(file, 'utf8')) as { readonly config: Part };
  expect([...unsaid(config, id)]).toEqual([]);
});
