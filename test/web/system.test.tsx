// System: losses in words, the live log held still, the audit page by page, secrets that only go in.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { type Policy, policies } from '../../src/api/access/policy.ts';
import { deeds } from '../../src/flows/runner/report.ts';
import type { LogLine, MachineView } from '../../web/src/api/types.ts';
import { texts as english } from '../../web/src/i18n/en/deeds.ts';
import { loadTexts, startLanguage } from '../../web/src/i18n/language.ts';
import type { Say } from '../../web/src/i18n/use-words.ts';
import { deedWords } from '../../web/src/system/deed-words.ts';
import { withLines } from '../../web/src/system/log-view.tsx';
import { lossesOf } from '../../web/src/system/losses.ts';
import { SystemBody } from '../../web/src/system/system-page.tsx';
import { type Answer, makeTestHouse, show } from './support.tsx';

const line = (id: string, more: Partial<LogLine> = {}): LogLine => ({
  id,
  at: 1,
  source: 'client',
  by: `client-${id}`,
  kind: 'connected',
  text: '',
  ...more,
});
const entry = {
  id: '2',
  at: 1,
  who: 'anna',
  action: 'rules.save',
  target: 'fan',
  address: '',
  outcome: 'failed',
  detail: '',
  count: 1,
};

const quiet: MachineView = { addresses: ['192.168.1.5'], memoryBytes: 100e6, loopDelayMs: 3 };

function houseOf(
  counters: Readonly<Record<string, number>>,
  may = ['read', 'admin'],
  machine: MachineView = quiet,
) {
  const system = {
    version: '1',
    now: 1_800_000_000_000,
    startedAt: 0,
    zone: 'UTC',
    node: 'v24',
    dataDir: '/d',
    machine,
  };
  return makeTestHouse(({ path }): Answer => {
    if (path === '/session') return { body: { needsSetup: false, user: { name: 'a', role: 'admin', may } } };
    if (path === '/system') return { body: { ...system, listeners: [], counters } };
    if (path === '/secrets') return { body: { items: [{ name: 'mail', changedAt: 1 }] } };
    if (path.includes('cursor=2')) return { body: { items: [{ ...entry, id: '1', target: 'lamp' }] } };
    return { body: { items: [entry], next: '2' } };
  });
}

describe('health', () => {
  test('what was lost stands in words, the worst first', async () => {
    const counters = { sendDropped: 3, engineFaults: 1, publishesReceived: 9 };
    expect(lossesOf(counters).map(({ name }) => name)).toEqual(['engineFaults', 'sendDropped']);
    const { house } = houseOf(counters);
    await show(<SystemBody search={{}} />, { house });
    await screen.findByText(/they read too slowly/);
  });

  test('that nothing was lost is said, and how to get a certificate', async () => {
    const { house } = houseOf({});
    await show(<SystemBody search={{}} />, { house, language: 'zh-CN' });
    await screen.findByText('启动以来没有任何丢失');
    screen.getByText('npx homerule certificate');
  });

  test('who only looks on sees neither audit nor secrets', async () => {
    const { house } = houseOf({}, ['read']);
    await show(<SystemBody search={{}} />, { house });
    await screen.findByRole('link', { name: 'Log' });
    expect(screen.queryByRole('link', { name: 'Secrets' })).toBeNull();
  });
});

describe('the machine', () => {
  const dayMs = 86_400_000;
  const now = 1_800_000_000_000;
  test.each([
    ['is good for long', 200 * dayMs, /good for 200 more days, until/],
    ['ends soon', 29.5 * dayMs, /good for 29 more days/],
    ['ends tomorrow', 1.5 * dayMs, /good for 1 more day, until/],
    ['is over', -1, /The certificate ended on/],
  ])('a certificate that %s says so in days', async (_what, leftMs, words) => {
    const certificate = { names: ['attic.local'], endsAt: now + leftMs, isOwn: true };
    const { house } = houseOf({}, ['read'], { ...quiet, certificate });
    house.ticker.adjust(now);
    await show(<SystemBody search={{}} />, { house });
    await screen.findByText(words);
    expect(screen.getByRole('link', { name: 'Download the CA certificate' }).getAttribute('href')).toBe(
      '/ca.pem',
    );
  });

  test('a certificate of others is renewed by others', async () => {
    const certificate = { names: ['house.example'], endsAt: now + dayMs, isOwn: false };
    const { house } = houseOf({}, ['read'], { ...quiet, certificate });
    await show(<SystemBody search={{}} />, { house });
    await screen.findByText('For house.example');
    expect(screen.queryByText('npx homerule certificate')).toBeNull();
  });

  test('a disk that is nearly full, a busy machine and a clock that differs are said', async () => {
    const disk = { freeBytes: 1e9, totalBytes: 64e9 };
    const made = houseOf({}, ['read'], { ...quiet, disk, loopDelayMs: 400 });
    made.now = now - 600_000;
    await show(<SystemBody search={{}} />, { house: made.house });
    await screen.findByText('nearly full');
    screen.getByText('the machine is too busy');
    await screen.findByText(/The clock of the house is 10 min ahead of this browser/);
  });
});

describe('the log', () => {
  test('holds still and goes on with what came meanwhile', async () => {
    const { house, socket } = houseOf({});
    house.live.start();
    socket.open();
    await show(<SystemBody search={{ part: 'log' }} />, { house });
    await screen.findByText('Nothing yet');
    const id = socket.sent
      .map((one) => one as { id: string; channel: string })
      .find(({ channel }) => channel === 'log')?.id;
    const say = (item: LogLine): void => act(() => socket.say({ op: 'items', id, items: [item] }));
    say(line('1'));
    await screen.findByText('client-1');
    await userEvent.click(screen.getByRole('button', { name: 'Hold' }));
    say(line('2', { source: 'rule', by: 'fan', kind: 'log', text: 'too hot' }));
    expect(screen.queryByText('too hot')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Go on (+1)' }));
    await screen.findByText('too hot');
    expect(screen.getByRole('link', { name: 'fan' }).getAttribute('href')).toBe('/rules/fan');
  });

  test('keeps the newest five hundred lines', () => {
    const many = Array.from({ length: 700 }, (_, index) => line(String(index)));
    const { shown } = withLines({ shown: [], held: undefined }, many);
    expect([shown.length, shown[0]?.id]).toEqual([500, '699']);
  });
});

describe('the audit in words', () => {
  const sources = join(import.meta.dirname, '../../src');
  const useCases: readonly (readonly [string, Policy])[] = Object.entries(policies).flatMap(([room, table]) =>
    Object.entries<Policy>(table).map(([name, policy]) => [`${room}.${name}`, policy] as const),
  );
  /** What is written down where no use case is called: of entering, of clients, of the start. */
  const written = ['api/access', 'app.ts'].flatMap((place) => {
    const files = place.endsWith('.ts')
      ? [place]
      : readdirSync(join(sources, place)).map((name) => join(place, name));
    const text = files.map((name) => readFileSync(join(sources, name), 'utf8')).join('\n');
    return [...text.matchAll(/(?:\baction: |#note\(|'login' \| )'([\w.]+)'/g)].map((match) => match[1] ?? '');
  });
  const ofClients = ['connect', 'will', 'publish', 'subscribe'].map((what) => `client.${what}`);
  const ofFlows = deeds.map((event) => (event.startsWith('flows.') ? event : `flows.${event}`));

  test.each([
    ['use cases', useCases.filter(([, { trail, needs }]) => trail || needs !== 'read').map(([name]) => name)],
    ['what the house writes down itself', written],
    ['what is denied to clients', ofClients],
    ['what people do in Node-RED', ofFlows],
    ['the rest', ['system', 'watch']],
  ])('%s have words for each', (_what, actions) => {
    expect(actions.length).toBeGreaterThan(1);
    expect(actions.filter((action) => !Object.hasOwn(english, `deed.${action}`))).toEqual([]);
  });

  test('and no words are for what nobody writes down', () => {
    const actions = [
      ...useCases.map(([name]) => name),
      ...written,
      ...ofClients,
      ...ofFlows,
      'system',
      'watch',
    ];
    const said = Object.keys(english).map((key) => key.slice('deed.'.length));
    expect(said.filter((action) => action !== 'look' && !actions.includes(action))).toEqual([]);
  });

  test.each([
    ['rules.save', {}, '保存规则'],
    ['rules.list', { outcome: 'refused', detail: 'needs read' }, '查看 rules.list'],
    ['tv.switchOn', {}, undefined],
    ['toString', {}, undefined],
  ] as const)('%s %j is said as %s', async (action, more, words) => {
    const i18n = await startLanguage('zh-CN');
    await loadTexts(i18n, ['deeds']);
    const say: Say = (key, values) => i18n.t(key, values ?? {});
    expect(deedWords(say, { ...entry, outcome: 'done', ...more, action })).toBe(words);
  });
});

test('the audit goes on to what is older', async () => {
  const { house } = houseOf({});
  await show(<SystemBody search={{ part: 'audit' }} />, { house });
  await screen.findByText('fan');
  screen.getByText('Save rule');
  await userEvent.click(screen.getByRole('button', { name: 'Older' }));
  await screen.findByText('lamp');
});

test('a secret goes in and its field is empty again', async () => {
  const { house, calls } = houseOf({});
  await show(<SystemBody search={{ part: 'secrets' }} />, { house });
  await userEvent.type(await screen.findByLabelText(/^Name/), 'ntfy');
  await userEvent.type(screen.getByLabelText(/^Value/), 'geheim');
  await userEvent.click(screen.getByRole('button', { name: 'Keep' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'PUT')).toBe(true));
  const sent = calls.find(({ method }) => method === 'PUT');
  expect([sent?.path, sent?.body]).toEqual(['/secrets/ntfy', '{"value":"geheim"}']);
  await waitFor(() => expect((screen.getByLabelText(/^Value/) as HTMLInputElement).value).toBe(''));
});
