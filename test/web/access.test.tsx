// Access: what is told once, what the tester says, and what a denied attempt leads to.
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { AccessBody } from '../../web/src/access/access-page.tsx';
import { browserName } from '../../web/src/access/browser-words.ts';
import { entryWords } from '../../web/src/access/denial-words.ts';
import { loadTexts, startLanguage } from '../../web/src/i18n/language.ts';
import type { Say } from '../../web/src/i18n/use-words.ts';
import { snippets } from '../../web/src/parts/snippets/snippets.ts';
import { type Answer, makeTestHouse, show } from './support.tsx';

const user = { name: 'anna', role: 'viewer', enabled: true, createdAt: 0, changedAt: 0 };
const denial = {
  id: '1',
  at: 1,
  who: 'door-1',
  action: 'client.publish',
  target: 'home/alarm',
  address: '10.0.0.9',
  outcome: 'refused',
  detail: 'may not publish there',
  count: 3,
};

function houseOf() {
  const answers: Readonly<Record<string, unknown>> = {
    '/session': { needsSetup: false, user: { name: 'a', role: 'admin', may: ['read', 'admin'] } },
    '/system': {
      listeners: [{ kind: 'mqtt', address: 'mqtt://0.0.0.0:1884' }],
      machine: { addresses: ['192.168.1.5'], memoryBytes: 1, loopDelayMs: 0 },
    },
    '/acl': { items: [{ id: 'r', user: '*', access: 'deny', filter: 'home/alarm/#', at: 0 }] },
    '/acl/check': { allowed: false, because: 'no rule allows it', why: 'none' },
    '/clients?limit=1000': {
      items: [{ id: 'door-1', connected: true, subscriptions: [], queued: 0, user: 'door' }],
    },
    '/audit?action=client&outcome=refused&limit=200': { items: [denial] },
    '/tokens': { items: [] },
  };
  return makeTestHouse(({ path, method }): Answer => {
    if (path === '/users' && method === 'POST')
      return { status: 201, body: { ...user, name: 'lamp', role: 'device', password: 'made-once' } };
    if (path === '/users') return { body: { items: [user] } };
    if (path === '/tokens' && method === 'POST')
      return { status: 201, body: { id: 't', name: 'Grafana', scopes: ['read'], token: 'hr_once' } };
    return { body: answers[path] ?? {} };
  });
}

test('a device gets a password that is shown once, with what it needs to connect', async () => {
  const { house, calls } = houseOf();
  await show(<AccessBody search={{}} />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Add' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText(/^Name/), 'lamp');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add' }));
  expect(await screen.findAllByText(/made-once/)).not.toEqual([]);
  expect(calls.find(({ method }) => method === 'POST')?.body).toBe('{"name":"lamp","role":"device"}');
  await userEvent.click(screen.getByText('Tasmota'));
  await screen.findByText(/MqttHost 192\.168\.1\.5; MqttPort 1884; MqttUser lamp; MqttPassword made-once/);
  await screen.findByRole('img', { name: 'QR code with address, name and password of lamp', hidden: true });
});

test('a person can be kept out', async () => {
  const { house, calls } = houseOf();
  await show(<AccessBody search={{}} />, { house, language: 'zh-CN' });
  await userEvent.click(await screen.findByRole('switch', { name: '允许 anna 访问' }));
  await waitFor(() => expect(calls.map(({ path }) => path)).toContain('/users/anna/disable'));
});

test('the tester says what the broker decides, and why', async () => {
  const { house, calls } = houseOf();
  const search = { part: 'rules', user: 'anna', access: 'write', filter: 'home/alarm' };
  await show(<AccessBody search={search} />, { house });
  await screen.findByText('no rule allows it');
  const asked = calls.find(({ path }) => path === '/acl/check');
  expect(asked?.body).toBe('{"user":"anna","access":"write","topic":"home/alarm"}');
});

test('a rule that was deleted can be taken back', async () => {
  const { house, calls } = houseOf();
  await show(<AccessBody search={{ part: 'rules' }} />, { house });
  await userEvent.click(await screen.findByRole('button', { name: /home\/alarm/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(calls.some((call) => call.method === 'POST')).toBe(true));
  expect(calls.find(({ method }) => method === 'POST')?.body).toBe(
    '{"user":"*","access":"deny","filter":"home/alarm/#"}',
  );
});

test('what was denied leads to the rule that would allow it, for the user of that client', async () => {
  const { house } = houseOf();
  await show(<AccessBody search={{ part: 'denied' }} />, { house });
  await screen.findByText('home/alarm');
  await waitFor(() =>
    expect(screen.getByRole('link', { name: 'Allow this…' }).getAttribute('href')).toBe(
      '/access?part=rules&access=write&filter=home%2Falarm&user=door',
    ),
  );
});

test.each([
  ['login refused (not-authorized); user lamp', 'lamp · 用户名或密码不对'],
  ['login refused (paused)', '错误次数太多，请稍后再试'],
  ['login refused (new-code)', 'login refused (new-code)'],
  ['the topic is too long', 'the topic is too long'],
])('why a client did not come in: %s', async (detail, words) => {
  const i18n = await startLanguage('zh-CN');
  await loadTexts(i18n, ['access']);
  const say: Say = (key, values) => i18n.t(key, values ?? {});
  expect(entryWords(say, detail)).toBe(words);
});

test('a token is shown once and may do no more than was chosen', async () => {
  const { house, calls } = houseOf();
  await show(<AccessBody search={{ part: 'tokens' }} />, { house });
  await userEvent.click(await screen.findByRole('button', { name: 'Make a token' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText(/What it is for/), 'Grafana');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make a token' }));
  await screen.findByText('hr_once');
  expect(calls.find(({ method }) => method === 'POST')?.body).toBe('{"name":"Grafana","scopes":["read"]}');
});

describe('snippets', () => {
  const account = { host: 'house.local', port: 1884, user: 'lamp', password: `it's "secret"` };
  test.each(snippets.map(({ name, text }) => [name, text(account)]))('%s says all of it', (_name, text) => {
    for (const part of ['house.local', '1884', 'lamp']) expect(text).toContain(part);
  });

  test('quote what a shell or C would read otherwise', () => {
    const [shell, c] = snippets.map(({ text }) => text(account));
    expect(shell).toContain(String.raw`-P 'it'\''s "secret"'`);
    expect(c).toContain(String.raw`"it's \"secret\""`);
  });
});

const session = { id: 's1', user: 'anna', address: '192.168.1.20', createdAt: 0, seenAt: 0 };
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0';
const phone =
  'Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36';

test('sessions say which browser they are; another one can be ended, and all others at once', async () => {
  const { house, calls } = makeTestHouse(({ path, method }): Answer => {
    if (method === 'DELETE') return { status: 204 };
    if (path === '/sessions/end-others') return { body: { ended: 1 } };
    const here = { ...session, id: 's0', browser: firefox, isCurrent: true };
    return { body: { items: [here, { ...session, browser: phone, isCurrent: false }] } };
  });
  await show(<AccessBody search={{ part: 'sessions' }} />, { house });
  const rows = await screen.findAllByRole('listitem');
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining('Firefox · Linuxthis browser'),
    expect.stringContaining('Chrome · Android'),
  ]);
  expect(within(rows[0] as HTMLElement).queryByRole('button')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'End the session of anna from 192.168.1.20' }));
  await waitFor(() => expect(calls.map(({ path }) => path)).toContain('/sessions/s1'));
  await userEvent.click(screen.getByRole('button', { name: 'End all others' }));
  const dialog = await screen.findByRole('dialog', { name: 'End 1 other session?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'End all others' }));
  await waitFor(() => expect(calls.map(({ path }) => path)).toContain('/sessions/end-others'));
});

test('the tester asks about everybody at once, in words of the language', async () => {
  const { house, calls } = makeTestHouse(({ path }): Answer => {
    const items = [
      {
        user: 'lamp',
        role: 'device',
        allowed: true,
        because: 'rule 01abc: write home/#',
        why: 'rule',
        line: 'write home/#',
      },
      { allowed: false, because: 'anonymous clients may not connect', why: 'anonymous' },
    ];
    if (path === '/acl/check') return { body: { allowed: false, because: 'own topics', why: 'own' } };
    return { body: { items: path === '/acl/who' ? items : [] } };
  });
  const search = { part: 'rules', access: 'write', filter: 'home/door' };
  await show(<AccessBody search={search} />, { house, language: 'zh-CN' });
  await userEvent.click(await screen.findByText('所有人'));
  await screen.findByText('2 个身份中有 1 个可以');
  screen.getByText('规则：write home/#');
  screen.getByText('没有用户名的客户端不能连接');
  expect(calls.find(({ path }) => path === '/acl/who')?.body).toBe('{"access":"write","topic":"home/door"}');
});

test.each([
  [firefox, 'Firefox · Linux'],
  [phone, 'Chrome · Android'],
  [`${phone} MicroMessenger/8.0`, 'WeChat · Android'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1',
    'Safari · iPhone',
  ],
  ['python-requests/2', undefined],
])('%s is %s', (text, name) => {
  expect(browserName(text)).toBe(name);
});
