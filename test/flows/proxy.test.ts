// Who gets how far with Node-RED through a real house: people, programs, pages of others, and requests that try it round the
// back.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { sign } from '../../src/flows/signed-user.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { type AskOptions, ask, jsonOf } from '../support/http-house.ts';
import { LiveClient } from '../support/live-client.ts';
import { People, type Person } from './people.ts';

const folder = mkdtempSync(join(tmpdir(), 'homerule-flows-'));
let house: TestHouse;
let people: People;
let tokens: { readonly admin: string; readonly operate: string; readonly read: string };

/** Answers with its method and what came along; `msg.req` is Node-RED's request. */
function endpoint(id: string, method: string, url: string): object[] {
  const func = 'msg.payload = { said: msg.payload, headers: msg.req.headers }; return msg;';
  return [
    { id: `${id}in`, z: 'tab', type: 'http in', url, method, wires: [[`${id}code`]] },
    { id: `${id}code`, z: 'tab', type: 'function', func, outputs: 1, wires: [[`${id}out`]] },
    {
      ...{ id: `${id}out`, z: 'tab', type: 'http response', statusCode: '', wires: [] },
      headers: { 'Access-Control-Allow-Origin': '*', 'Set-Cookie': 'homerule_session=stolen' },
    },
  ];
}

const flows = [
  { id: 'tab', type: 'tab', label: 'test' },
  ...endpoint('a', 'get', '/closed'),
  ...endpoint('b', 'post', '/closed'),
  ...endpoint('c', 'post', '/open'),
  { id: 'ws', type: 'websocket-listener', path: '/talk', wholemsg: 'false' },
  { id: 'wsin', z: 'tab', type: 'websocket in', server: 'ws', wires: [['wsout']] },
  { id: 'wsout', z: 'tab', type: 'websocket out', server: 'ws', wires: [] },
];

/** A fresh house takes its time while others compute. */
async function answering(path: string): Promise<void> {
  for (;;) {
    const { status } = await people.red('admin', path);
    if (status !== 503) return;
  }
}

beforeAll(async () => {
  writeFileSync(join(folder, 'homerule.yaml'), 'flows: { public: [/open], patience: 10s }\n');
  house = await startHouse({ dataDir: folder });
  people = await People.of(house);
  const [admin, operate, read] = await Promise.all([
    people.token(['read', 'operate', 'edit', 'admin']),
    people.token(['read', 'operate']),
    people.token(['read']),
  ]);
  tokens = { admin, operate, read };
  await answering('/red/settings');
  await people.deploy(flows);
}, 60_000);

afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

const deploy = { method: 'POST', body: JSON.stringify({ flows }), headers: { 'Node-RED-API-Version': 'v2' } };

describe('with a cookie', () => {
  it.each<readonly [Person, number, number]>([
    ['admin', 200, 200],
    ['editor', 200, 403],
    ['viewer', 200, 403],
  ])('%s looks (%i) and deploys (%i)', async (who, looks, deploys) => {
    expect((await people.red(who, '/red/flows')).status).toBe(looks);
    expect((await people.red(who, '/red/flows', deploy)).status).toBe(deploys);
    expect((await people.red(who, '/red/inject/none', { method: 'POST' })).status).toBe(
      deploys === 200 ? 404 : 403,
    );
  });

  it.each<readonly [string, Record<string, string>, number]>([
    ['a page of the house over TLS or localhost', { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a page of another port', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['nobody knows which page', { Origin: '' }, 403],
    ['a foreign origin', { Origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { Origin: 'null' }, 403],
  ])('from %s', async (_, given, status) => {
    const headers: Record<string, string> = {
      ...{ Cookie: people.cookie('admin'), 'Content-Type': 'application/json', Origin: people.origin },
      ...{ 'Node-RED-API-Version': 'v2', ...given },
    };
    if (headers['Origin'] === '') delete headers['Origin'];
    expect((await ask(people, '/red/flows', { ...deploy, headers })).status).toBe(status);
  });

  it('a form deploys nothing, and the two forms of the editor work', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const nodes = 'id=x&label=x&nodes%5B0%5D%5Btype%5D=function';
    const deployed = await people.red('admin', '/red/flow', { method: 'POST', body: nodes, headers: form });
    expect(deployed.status).toBe(415);
    const state = await people.red('admin', '/red/flows/state', {
      ...{ method: 'POST', body: 'state=start', headers: form },
    });
    expect({ status: state.status, ...jsonOf(state) }).toMatchObject({ status: 200, state: 'start' });
    const stopped = await people.red('admin', '/red/flows/state', {
      ...{ method: 'POST', body: 'state=stop', headers: form },
    });
    expect(stopped.status).toBe(200);
    await people.red('admin', '/red/flows/state', { method: 'POST', body: 'state=start', headers: form });
    await people.red('admin', '/red/flows/state', { method: 'POST', body: 'state=rest', headers: form });
    const deeds = async (): Promise<unknown> =>
      jsonOf(await people.api('admin', '/audit?action=flows.setState'))['items'];
    const deed = (outcome: string, detail: string): unknown =>
      expect.objectContaining({ who: 'admin', outcome, detail });
    await expect
      .poll(deeds)
      .toEqual([deed('refused', 'rest'), deed('done', 'start'), deed('done', 'stop'), deed('done', 'start')]);
    const foreign = { ...form, 'Sec-Fetch-Site': 'cross-site' };
    const cross = await people.red('admin', '/red/flows/state', {
      method: 'POST',
      body: 'state=stop',
      headers: foreign,
    });
    expect(cross.status).toBe(403);
  });
});

describe('without a cookie', () => {
  it.each<readonly [string, () => AskOptions, number, number]>([
    ['nobody', () => ({}), 401, 401],
    ['a signed header of somebody else', () => forged('another key'), 401, 401],
    ['a token of an administrator', () => bearer(tokens.admin), 200, 200],
    ['a token that operates', () => bearer(tokens.operate), 200, 403],
    ['a wrong token', () => bearer('hr_wrong'), 401, 401],
    ['the unix socket', () => ({ socketPath: join(folder, 'run/homerule.sock') }), 200, 200],
  ])('%s', async (_, with_, looks, deploys) => {
    const { headers = {}, ...where } = with_();
    const json = { 'Content-Type': 'application/json', ...deploy.headers, ...headers };
    expect((await ask(people, '/red/flows', { headers, ...where })).status).toBe(looks);
    expect((await ask(people, '/red/flows', { ...deploy, headers: json, ...where })).status).toBe(deploys);
  });

  it('a browser gets a page in its language, and the editor a button to our login', async () => {
    const headers = { Accept: 'text/html', 'Accept-Language': 'zh-CN,en;q=0.5' };
    const page = await ask(people, '/red/', { headers });
    expect({ status: page.status, text: page.body.toString() }).toMatchObject({
      ...{ status: 401, text: expect.stringContaining('请先登录') },
    });
    const login = await ask(people, '/red/auth/login');
    expect(jsonOf(login)).toEqual({
      loginMessage: 'Log in first',
      prompts: [{ type: 'button', label: 'Log in first', url: '/' }],
    });
  });

  it('the process itself asks who it is', async () => {
    const socketPath = join(folder, 'run/flows.sock');
    expect((await ask(people, '/red/flows', { socketPath })).status).toBe(401);
    const headers = { 'x-homerule-flows': sign({ name: 'x', may: 'edit' }, 'another key', Date.now()) };
    expect((await ask(people, '/red/flows', { socketPath, headers })).status).toBe(401);
  });
});

function bearer(token: string): AskOptions {
  return { headers: { Authorization: `Bearer ${token}` } };
}

function forged(key: string): AskOptions {
  return { headers: { 'X-Homerule-Flows': sign({ name: 'admin', may: 'edit' }, key, Date.now()) } };
}

describe('paths', () => {
  it.each([
    ['/red/auth/token', 404],
    ['/red/AUTH/token/', 404],
    ['/red//auth/token', 404],
    ['/red/%61uth/token', 404],
    ['/red/auth%2Ftoken', 400],
    ['/red/x/../auth/token', 400],
    ['/red/x/%2e%2e/auth/token', 400],
    ['/red/auth/revoke', 404],
    ['/red/projects', 404],
    ['/red/settings/user/keys', 404],
    ['/red/%zz', 400],
    ['/red/projects#', 400],
    ['/red/settings/user/keys#?x', 400],
    ['/red/settings/user#', 400],
  ])('%s is answered with %i', async (path, status) => {
    expect((await people.red('admin', path, { method: 'POST', body: '{}' })).status).toBe(status);
  });

  it.each([
    '/red/credentials/mqtt-broker/x',
    '/red/CREDENTIALS/mqtt-broker/x/',
    '/red//credentials/mqtt-broker/x',
    '/red/%63redentials/mqtt-broker/x',
    '/red/credentials',
    '/red/context/global',
    '/red/context/global/secret',
    '/red/context/flow/tab',
    '/red/context/node/acode',
    '/red/diagnostics',
  ])('%s is only for who may change flows', async (path) => {
    for (const who of ['viewer', 'editor'] as const)
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        expect((await people.red(who, path, { method })).status).toBe(403);
    const token = await ask(people, path, bearer(tokens.operate));
    expect(jsonOf(token)).toMatchObject({ status: 403, code: 'not-allowed' });
    expect((await people.red('admin', path)).status).not.toBe(403);
  });

  it('answers have our headers and none of those that open them to others', async () => {
    const { headers } = await people.red('admin', '/red/');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("script-src 'self' 'unsafe-inline'"),
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await people.red('admin', '/red')).headers).toMatchObject({ location: '/red/' });
  });

  it('an entry of the library has a size', async () => {
    const body = JSON.stringify('x'.repeat(1_100_000));
    const path = '/red/library/local/flows/big';
    expect((await people.red('admin', path, { method: 'POST', body })).status).toBe(413);
    expect((await people.red('admin', path, { method: 'POST', body: '[]' })).status).toBe(204);
  });

  it('telling the makers of Node-RED stays off', async () => {
    const body = JSON.stringify({ telemetryEnabled: true, editor: { view: {} } });
    expect((await people.red('admin', '/red/settings/user', { method: 'POST', body })).status).toBe(204);
    expect(jsonOf(await people.red('admin', '/red/settings'))).toMatchObject({ telemetryEnabled: false });
    expect(jsonOf(await people.red('admin', '/red/settings/user'))).toEqual({ editor: { view: {} } });
  });
});

describe('requests to flows', () => {
  it.each<readonly [string, string, string, () => AskOptions, number]>([
    ['nobody', 'GET', '/closed', () => ({}), 401],
    ['a viewer', 'GET', '/closed', () => cookie('viewer'), 200],
    ['a viewer', 'POST', '/closed', () => cookie('viewer'), 403],
    ['an editor', 'POST', '/closed', () => cookie('editor'), 200],
    ['a token that reads', 'GET', '/closed', () => bearer(tokens.read), 200],
    ['a token that reads', 'POST', '/closed', () => bearer(tokens.read), 403],
    ['a token that operates', 'POST', '/closed', () => bearer(tokens.operate), 200],
    ['nobody', 'POST', '/open', () => ({}), 200],
    ['nobody', 'POST', '/OPEN', () => ({}), 401],
    ['nobody', 'GET', '/open/../closed', () => ({}), 400],
  ])('%s: %s %s', async (_, method, path, with_, status) => {
    const headers: Record<string, string> = { 'Content-Type': 'application/json', ...with_().headers };
    const answer = await ask(people, `/endpoint${path}`, { method, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(String(answer.headers['set-cookie'] ?? '')).not.toContain('homerule_session');
  });

  it('a webhook of others may be a form with a login of its own; ours is not passed on', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: 'Basic YTpi' };
    const open = await ask(people, '/endpoint/open', { method: 'POST', headers, body: 'a=1' });
    expect(jsonOf(open)).toMatchObject({ said: { a: '1' }, headers: { authorization: 'Basic YTpi' } });
    const closed = await people.red('admin', '/endpoint/closed', {
      headers: { Authorization: `Bearer ${tokens.admin}`, Cookie: `${people.cookie('admin')}; own=1` },
    });
    const { headers: seen } = jsonOf(closed) as { headers: Record<string, string> };
    expect(seen).toMatchObject({ cookie: 'own=1' });
    expect(Object.keys(seen)).not.toContain('authorization');
    expect(Object.keys(seen)).not.toContain('x-homerule-flows');
  });
});

function cookie(who: Person): AskOptions {
  return { headers: { Cookie: people.cookie(who), Origin: people.origin } };
}

describe('sockets', () => {
  const open = (path: string, headers: Record<string, string>): LiveClient =>
    new LiveClient(`ws://127.0.0.1:${people.port}${path}`, { headers });

  it.each<readonly [string, string, () => Record<string, string> | undefined, number]>([
    ['nobody', '/red/comms', () => ({}), 401],
    [
      'a page of others',
      '/red/comms',
      () => ({ Cookie: people.cookie('admin'), Origin: 'https://evil.example' }),
      403,
    ],
    ['nobody knows which page', '/red/comms', () => ({ Cookie: people.cookie('admin') }), 403],
    ['a forged header', '/red/comms', () => forged('another key').headers, 401],
    ['nobody', '/endpoint/talk', () => ({}), 401],
    [
      'a page of others',
      '/endpoint/talk',
      () => ({ Cookie: people.cookie('admin'), Origin: 'https://evil.example' }),
      403,
    ],
  ])('%s at %s is refused', async (_, path, headers, status) => {
    expect(await open(path, headers() ?? {}).refused()).toBe(status);
  });

  it('of the editor carry what happens, of a flow what is said', async () => {
    const comms = open('/red/comms', cookie('viewer').headers ?? {});
    await new Promise((resolve) => comms.socket.once('open', resolve));
    comms.socket.send(JSON.stringify({ subscribe: 'notification/#' }));
    await new Promise((resolve) => comms.socket.once('message', resolve));
    const talk = new WebSocket(`ws://127.0.0.1:${people.port}/endpoint/talk`, cookie('editor'));
    await new Promise((resolve) => talk.once('open', resolve));
    const heard = new Promise((resolve) => talk.once('message', (data) => resolve(String(data))));
    talk.send('hello');
    expect(await heard).toBe('hello');
    talk.terminate();
    comms.socket.terminate();
  });

  it('end with the login that opened them', async () => {
    const comms = open('/red/comms', cookie('editor').headers ?? {});
    const talk = open('/endpoint/talk', cookie('editor').headers ?? {});
    const both = [comms, talk].map(({ socket }) => new Promise((resolve) => socket.once('open', resolve)));
    await Promise.all(both);
    await people.api('editor', '/logout', { method: 'POST' });
    expect(await Promise.all([comms.closed, talk.closed])).toEqual([1006, 1006]);
  });
});

describe('over the API', () => {
  it('state, deploys with what they changed, and the way back', async () => {
    const state = jsonOf(await people.api('viewer', '/flows'));
    expect(state).toMatchObject({ state: 'running', version: '5.0.7', restarts: 0 });
    const changed = flows.map((node) => ('label' in node ? { ...node, label: 'changed' } : node));
    await people.deploy(changed);
    const path = '/flows/versions';
    const { items } = jsonOf(await people.api('viewer', path)) as {
      items: { version: number; by: string }[];
    };
    expect(items[0]).toMatchObject({
      by: 'admin',
      diff: [{ id: 'tab', type: 'tab', name: 'changed', change: 'changed' }],
    });
    const before = `${path}/${items[1]?.version}/restore`;
    expect((await people.api('editor', before, { method: 'POST' })).status).toBe(401);
    expect((await people.api('viewer', before, { method: 'POST' })).status).toBe(403);
    const stale = await people.api('admin', before, { method: 'POST', body: '{"rev":"old"}' });
    expect(jsonOf(stale)).toMatchObject({ status: 409, code: 'flows-changed' });
    expect((await people.api('admin', before, { method: 'POST' })).status).toBe(200);
    const now = JSON.parse((await people.red('viewer', '/red/flows')).body.toString()) as object[];
    expect(now).toContainEqual(expect.objectContaining({ id: 'tab', label: 'test' }));
    const audit = jsonOf(await people.api('admin', '/audit?action=flows')) as { items: object[] };
    expect(audit.items).toContainEqual(
      expect.objectContaining({ who: 'admin', action: 'flows.set', detail: 'full' }),
    );
    expect(audit.items).toContainEqual(expect.objectContaining({ who: 'admin', action: 'flows.restore' }));
  });

  it('only administrators stop it, and then a page says so', async () => {
    expect((await people.api('viewer', '/flows/stop', { method: 'POST' })).status).toBe(403);
    expect((await people.api('admin', '/flows/stop', { method: 'POST' })).status).toBe(200);
    const page = await people.red('admin', '/red/', { headers: { Accept: 'text/html' } });
    expect({ status: page.status, text: page.body.toString() }).toMatchObject({
      ...{ status: 503, text: expect.stringContaining('Node-RED is stopped') },
    });
    expect((await people.red('admin', '/endpoint/closed')).status).toBe(503);
    const started = await people.api('admin', '/flows/start', { method: 'POST' });
    expect(jsonOf(started)).toMatchObject({ state: 'running' });
    const metrics = (await people.red('viewer', '/metrics')).body.toString();
    expect(metrics).toMatch(/^homerule_flows_state 5$/m);
  });

  it('whoever is switched off loses the sockets that were open', async () => {
    const comms = new LiveClient(`ws://127.0.0.1:${people.port}/red/comms`, cookie('viewer'));
    await new Promise((resolve) => comms.socket.once('open', resolve));
    await people.api('admin', '/users/viewer/disable', { method: 'POST' });
    expect(await comms.closed).toBe(1006);
  });
});
