// The way into the whole house: the first administrator, login, tokens, roles, the unix socket, other machines.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import { invoke } from '../cli/invoke.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { LiveClient } from '../support/live-client.ts';

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: { dataDir?: string; env?: Record<string, string> } = {}): Promise<TestHouse> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'homerule-entry-'));
  if (options.dataDir === undefined) undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const started = await startHouse({ dataDir, ...(options.env && { env: options.env }) });
  undo.push(() => started.stop());
  return started;
}

interface Asked {
  readonly status: number;
  readonly cookie: string | undefined;
  readonly body: Record<string, unknown>;
}

async function ask(
  at: { readonly url: string },
  line: string,
  more: { json?: unknown; headers?: Record<string, string> } = {},
): Promise<Asked> {
  const [method = 'GET', path = ''] = line.split(' ');
  const response = await fetch(`${at.url}/api/v1${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...more.headers },
    ...(more.json !== undefined && { body: JSON.stringify(more.json) }),
  });
  const text = await response.text();
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  return { status: response.status, cookie, body: text === '' ? {} : JSON.parse(text) };
}

async function cli(at: TestHouse, ...argv: string[]): Promise<string> {
  const { code, out, err } = await invoke([...argv, '--data', at.dataDir]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

const codeOf = (at: TestHouse): string => new URL(at.setupUrl ?? 'http://x/#none').hash.slice(1);
const anna = { username: 'anna', password: 'lang genug 7' };
const withCookie = (cookie: string | undefined) => ({ headers: { Cookie: cookie ?? '' } });

/** A house whose administrator is anna, and her cookie. */
async function settled(options: Parameters<typeof house>[0] = {}) {
  const at = await house(options);
  const { cookie, status } = await ask(at, 'POST /setup', { json: { ...anna, code: codeOf(at) } });
  expect(status).toBe(201);
  return { at, cookie };
}

describe('setup', () => {
  test('makes the first administrator once, with the code only, and a first device', async () => {
    const at = await house();
    expect((await ask(at, 'GET /session')).body).toMatchObject({ needsSetup: true, user: { role: 'owner' } });
    const wrong = await ask(at, 'POST /setup', { json: { ...anna, code: 'x'.repeat(43) } });
    expect(wrong).toMatchObject({ status: 403, body: { code: 'setup-code-wrong' } });
    const json = { ...anna, code: codeOf(at), device: 'lamp' };
    const made = await ask(at, 'POST /setup', { json });
    expect(made).toMatchObject({
      status: 201,
      body: { needsSetup: false, user: { name: 'anna', role: 'admin' } },
    });
    const { password } = made.body['device'] as { password: string };
    const lamp = { username: 'lamp', password, reconnectPeriod: 0 };
    await (await connectAsync(`mqtt://127.0.0.1:${at.mqttPort}`, lamp)).endAsync();
    expect(await ask(at, 'POST /setup', { json })).toMatchObject({
      status: 409,
      body: { code: 'setup-done' },
    });
    expect((await ask(at, 'GET /session', withCookie(made.cookie))).body).toMatchObject({
      user: { name: 'anna', role: 'admin', may: ['read', 'operate', 'edit', 'admin'] },
    });
  });

  test('ends what loopback was allowed, anonymous MQTT clients and those that are connected too', async () => {
    const at = await house();
    const url = `mqtt://127.0.0.1:${at.mqttPort}`;
    const early = await connectAsync(url, { reconnectPeriod: 0 });
    const gone = once(early as never, 'close');
    await ask(at, 'POST /setup', { json: { ...anna, code: codeOf(at) } });
    await gone;
    await expect(connectAsync(url, { reconnectPeriod: 0 })).rejects.toThrow(/not authorized/i);
    expect(await ask(at, 'GET /rules')).toMatchObject({ status: 401, body: { code: 'login-needed' } });
    expect((await fetch(`${at.url}/metrics`)).status).toBe(401);
    expect((await ask(at, 'GET /health')).status).toBe(200);
    expect((await ask(at, 'GET /session')).body).toEqual({ needsSetup: false });
    expect(await cli(at, 'rule', 'list')).toContain('NAME');
  });
});

describe('a login', () => {
  test('lasts over a restart, ends with logout, another password and a disabled user', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'homerule-entry-'));
    undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
    const first = await startHouse({ dataDir });
    await cli(first, 'user', 'add', 'anna', '--role', 'admin', '--password', anna.password);
    const one = await ask(first, 'POST /login', { json: anna });
    const two = await ask(first, 'POST /login', { json: anna });
    const three = await ask(first, 'POST /login', { json: anna });
    await first.stop();
    for (const file of readdirSync(dataDir).filter((name) => name.includes('.db')))
      for (const secret of [anna.password, one.cookie?.split('=')[1] ?? '?'])
        expect(readFileSync(join(dataDir, file)).includes(Buffer.from(secret))).toBe(false);
    const at = await house({ dataDir });
    const status = async (cookie: string | undefined): Promise<number> =>
      (await ask(at, 'GET /rules', withCookie(cookie))).status;
    expect(await status(one.cookie)).toBe(200);
    expect((await ask(at, 'POST /logout', withCookie(one.cookie))).status).toBe(204);
    expect([await status(one.cookie), await status(two.cookie)]).toEqual([401, 200]);
    await cli(at, 'user', 'passwd', 'anna', '--password', 'anders');
    expect(await status(two.cookie)).toBe(401);
    const again = await ask(at, 'POST /login', { json: { ...anna, password: 'anders' } });
    expect(await status(again.cookie)).toBe(200);
    await cli(at, 'user', 'disable', 'anna');
    expect([await status(again.cookie), await status(three.cookie)]).toEqual([401, 401]);
  });

  test('answers the same to a wrong password, an unknown name and a device; then pauses', async () => {
    const { at } = await settled();
    await cli(at, 'user', 'add', 'lamp', '--password', 'right');
    const answers = [
      await ask(at, 'POST /login', { json: { username: 'anna', password: 'wrong' } }),
      await ask(at, 'POST /login', { json: { username: 'nobody', password: 'wrong' } }),
      await ask(at, 'POST /login', { json: { username: 'lamp', password: 'right' } }),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, cookie: undefined, body: { code: 'login-refused' } });
    for (let i = 0; i < 4; i++)
      await ask(at, 'POST /login', { json: { username: 'anna', password: `wrong${i}` } });
    expect(await ask(at, 'POST /login', { json: anna })).toMatchObject({
      status: 429,
      body: { code: 'login-paused' },
    });
    const audit = await cli(at, 'audit', 'list', '--action', 'login', '--outcome', 'refused', '--json');
    expect(JSON.parse(audit)).toMatchObject([
      { who: 'lamp', count: 1 },
      { who: 'nobody', count: 1 },
      { who: 'anna', count: 6, address: '127.0.0.1' },
    ]);
  });
});

test('sessions are listed with their browsers, and ended one by one or all others at once', async () => {
  const { at, cookie } = await settled();
  const login = async (browser: string): Promise<string | undefined> =>
    (await ask(at, 'POST /login', { json: anna, headers: { 'User-Agent': browser } })).cookie;
  const phone = await login('Phone/1');
  await login('Tablet/2');
  const list = async (): Promise<{ id: string; browser: string; isCurrent: boolean; user: string }[]> =>
    (await ask(at, 'GET /sessions', withCookie(cookie))).body['items'] as never;
  const status = async (one: string | undefined): Promise<number> =>
    (await ask(at, 'GET /rules', withCookie(one))).status;

  const before = await list();
  expect(before.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
  expect(before.every(({ user }) => user === 'anna')).toBe(true);
  const found = before.find(({ browser }) => browser === 'Phone/1');
  expect(found).toMatchObject({ address: '127.0.0.1', isCurrent: false });
  expect(cookie).not.toContain(found?.id);
  expect((await ask(at, `DELETE /sessions/${found?.id}`, withCookie(cookie))).status).toBe(204);
  expect([await status(phone), await status(cookie)]).toEqual([401, 200]);
  expect(await ask(at, `DELETE /sessions/${found?.id}`, withCookie(cookie))).toMatchObject({
    status: 404,
    body: { code: 'session-missing' },
  });
  expect((await ask(at, 'POST /sessions/end-others', withCookie(cookie))).body).toEqual({ ended: 1 });
  expect((await list()).map(({ isCurrent }) => isCurrent)).toEqual([true]);
  expect(JSON.parse(await cli(at, 'audit', 'list', '--action', 'sessions', '--json'))).toMatchObject([
    { action: 'sessions.endOthers', detail: 'ended=1' },
    { action: 'sessions.endOne', outcome: 'failed', detail: 'session-missing' },
    { action: 'sessions.endOne', who: 'anna', target: found?.id, detail: 'user=anna' },
  ]);
  expect(await cli(at, 'session', 'list')).toContain('anna');
  expect(await cli(at, 'session', 'end-all')).toContain('ended 1 session');
  expect(await status(cookie)).toBe(401);
});

test('everybody who may publish somewhere is told at once, with the line that decides', async () => {
  const { at, cookie } = await settled();
  for (const name of ['lamp', 'fan']) await cli(at, 'user', 'add', name, '--password', 'pw');
  await cli(at, 'user', 'disable', 'fan');
  const rule = JSON.parse(await cli(at, 'acl', 'add', 'lamp', 'write', 'home/#', '--json')) as { id: string };
  const json = { access: 'write', topic: 'home/door' };
  expect((await ask(at, 'POST /acl/who', { json, ...withCookie(cookie) })).body['items']).toEqual([
    {
      user: 'anna',
      role: 'admin',
      allowed: true,
      because: 'administrators may use every topic',
      why: 'admin',
    },
    {
      user: 'lamp',
      role: 'device',
      allowed: true,
      because: `rule ${rule.id}: write home/#`,
      why: 'rule',
      line: 'write home/#',
    },
    { allowed: false, because: 'anonymous clients may not connect', why: 'anonymous' },
    { user: 'fan', role: 'device', allowed: false, because: 'the user is disabled', why: 'off' },
  ]);
  expect(await cli(at, 'acl', 'who', 'write', 'home/door')).toContain('(no name)');
});

test('a token may what its scopes say, over HTTP and live, until it is deleted', async () => {
  const { at, cookie } = await settled();
  const json = { name: 'grafana', scopes: ['read'] };
  const { body } = await ask(at, 'POST /tokens', { json, ...withCookie(cookie) });
  const headers = { Authorization: `Bearer ${body['token']}` };
  expect((await ask(at, 'GET /rules', { headers })).status).toBe(200);
  expect((await fetch(`${at.url}/metrics`, { headers })).status).toBe(200);
  expect(await ask(at, 'POST /publish', { headers, json: { topic: 'a', payload: 1 } })).toMatchObject({
    status: 403,
    body: { code: 'not-allowed' },
  });
  expect((await ask(at, 'GET /users', { headers })).status).toBe(403);
  const live = new LiveClient(`${at.url.replace('http', 'ws')}/api/v1/live`, { headers });
  expect((await live.next()).op).toBe('hello');
  live.socket.close();
  expect(await new LiveClient(`${at.url.replace('http', 'ws')}/api/v1/live`).refused()).toBe(401);
  const { out } = await invoke(['rule', 'list', '--url', at.url, '--token', String(body['token'])]);
  expect(out).toContain('NAME');
  expect(JSON.parse(await cli(at, 'token', 'list', '--json'))).toMatchObject([
    { name: 'grafana', by: 'anna' },
  ]);
  await cli(at, 'token', 'delete', String(body['id']));
  expect(await ask(at, 'GET /rules', { headers })).toMatchObject({
    status: 401,
    body: { code: 'token-refused' },
  });
});

test('editors change rules but nobody’s access, viewers look on; the last administrator stays', async () => {
  const { at, cookie } = await settled();
  await cli(at, 'user', 'add', 'eva', '--role', 'editor', '--password', 'pw-eva-1');
  await cli(at, 'user', 'add', 'vic', '--role', 'viewer', '--password', 'pw-vic-1');
  const eva = await ask(at, 'POST /login', { json: { username: 'eva', password: 'pw-eva-1' } });
  const vic = await ask(at, 'POST /login', { json: { username: 'vic', password: 'pw-vic-1' } });
  const rule = { json: { id: 'r', triggers: [{ message: 'a' }], actions: [{ log: 'x' }] } };
  expect((await ask(at, 'POST /rules', { ...rule, ...withCookie(vic.cookie) })).status).toBe(403);
  expect((await ask(at, 'POST /rules', { ...rule, ...withCookie(eva.cookie) })).status).toBe(201);
  expect((await ask(at, 'GET /rules/r', withCookie(vic.cookie))).status).toBe(200);
  expect((await ask(at, 'GET /users', withCookie(eva.cookie))).status).toBe(403);
  expect(await ask(at, 'DELETE /users/anna', withCookie(cookie))).toMatchObject({
    status: 409,
    body: { code: 'last-admin' },
  });
  expect(JSON.parse(await cli(at, 'audit', 'list', '--who', 'eva', '--json'))).toMatchObject([
    { action: 'users.list', outcome: 'refused' },
    { action: 'rules.save', target: 'r', detail: 'version=1', address: '127.0.0.1' },
    { action: 'login' },
  ]);
});

/** An address of this machine that is not loopback: from there we look like another machine. */
const elsewhere = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

test.skipIf(elsewhere === undefined)('other machines may only set up, then only who logs in', async () => {
  const at = await house({ env: { HOMERULE_HTTP__HOST: '0.0.0.0' } });
  const far = { url: `http://${elsewhere}:${new URL(at.url).port}` };
  expect(await ask(far, 'GET /rules')).toMatchObject({ status: 403, body: { code: 'not-loopback' } });
  expect((await ask(far, 'GET /session')).body).toEqual({ needsSetup: true });
  const forwarded = { headers: { 'X-Forwarded-For': '127.0.0.1' } };
  expect((await ask(at, 'GET /rules', forwarded)).status).toBe(403);
  const made = await ask(far, 'POST /setup', { json: { ...anna, code: codeOf(at) } });
  expect(made.status).toBe(201);
  expect((await ask(far, 'GET /rules')).status).toBe(401);
  expect((await ask(far, 'GET /rules', withCookie(made.cookie))).status).toBe(200);
});
