// Every route of the table, against the fake use cases: what is asked of them, and what is answered.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { views } from '../../src/http/openapi/views.ts';
import { openApiPath, pathPattern } from '../../src/http/path-template.ts';
import { routeTable } from '../../src/http/route-table.ts';
import { type AskOptions, ask, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';

interface Case {
  /** `GET /rules` */
  readonly ask: string;
  readonly body?: unknown;
  readonly yaml?: string;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly has?: Record<string, unknown>;
  readonly answerHeaders?: Record<string, string>;
  /** The use case that must have been asked last, and with what. */
  readonly called?: { what: string; args: readonly unknown[] };
}

const json = 'application/json; charset=utf-8';

/** In order: later ones see what earlier ones saved. */
const cases: readonly Case[] = [
  { ask: 'GET /health', status: 200, has: { status: 'ok' }, answerHeaders: { 'content-type': json } },
  { ask: 'GET /ready', status: 200, has: { status: 'ready' } },
  { ask: 'GET /system', status: 200, has: { version: '0.1.0', zone: 'Asia/Shanghai' } },
  { ask: 'GET /rules', status: 200, has: { items: [] }, answerHeaders: { 'cache-control': 'no-store' } },
  {
    ask: 'POST /rules?note=first',
    yaml: 'id: fan\nactions: []',
    status: 201,
    has: { id: 'fan', version: 1 },
    answerHeaders: { location: '/api/v1/rules/fan', etag: '"1"' },
    called: { what: 'rules.save', args: [{ text: 'id: fan\nactions: []', ifVersion: 0, note: 'first' }] },
  },
  { ask: 'POST /rules', yaml: 'id: fan', status: 412, has: { code: 'version-conflict' } },
  {
    ask: 'POST /rules?replace=true',
    body: { id: 'fan' },
    status: 200,
    has: { version: 2 },
    answerHeaders: { etag: '"2"' },
    called: { what: 'rules.save', args: [{ text: '{"id":"fan"}' }] },
  },
  { ask: 'GET /rules/fan', status: 200, has: { version: 2 }, answerHeaders: { etag: '"2"', vary: 'Accept' } },
  { ask: 'GET /rules/nobody', status: 404, has: { code: 'rule-missing' } },
  {
    ask: 'PUT /rules/fan',
    headers: { 'If-Match': '"2"' },
    yaml: 'id: fan\nname: A',
    status: 200,
    has: { version: 3 },
    called: { what: 'rules.save', args: [{ id: 'fan', text: 'id: fan\nname: A', ifVersion: 2 }] },
  },
  { ask: 'PUT /rules/fan', headers: { 'If-Match': '3' }, yaml: 'id: fan', status: 200, has: { version: 4 } },
  { ask: 'PUT /rules/fan', headers: { 'If-Match': '"3"' }, yaml: 'id: fan', status: 412 },
  { ask: 'PUT /rules/fan', headers: { 'If-None-Match': '*' }, yaml: 'id: fan', status: 412 },
  {
    ask: 'PUT /rules/new',
    headers: { 'If-None-Match': '*' },
    yaml: 'id: new',
    status: 201,
    answerHeaders: { location: '/api/v1/rules/new' },
  },
  {
    ask: 'PUT /rules/fan',
    headers: { 'If-Match': 'W/"3"' },
    yaml: 'x',
    status: 400,
    has: { code: 'bad-precondition' },
  },
  {
    ask: 'PUT /rules/fan',
    headers: { 'If-Match': '*' },
    yaml: 'x',
    status: 400,
    has: { code: 'bad-precondition' },
  },
  {
    ask: 'PUT /rules/fan',
    headers: { 'If-Match': '4', 'If-None-Match': '*' },
    yaml: 'x',
    status: 400,
    has: { code: 'bad-precondition' },
  },
  { ask: 'POST /rules/check', yaml: 'bad', status: 200, called: { what: 'rules.check', args: ['bad'] } },
  { ask: 'POST /rules/check', body: { id: 'fan' }, status: 200, has: { rule: { id: 'fan', name: 'fan' } } },
  {
    ask: 'POST /rules/fan/run',
    body: { payload: { celsius: 31 }, skipConditions: true },
    status: 200,
    has: { id: 'run-1', rule: 'fan' },
    called: { what: 'rules.run', args: ['fan', { payload: { celsius: 31 }, skipConditions: true }] },
  },
  { ask: 'POST /rules/fan/run', status: 200, called: { what: 'rules.run', args: ['fan', {}] } },
  { ask: 'POST /rules/fan/enable', status: 200, has: { enabled: true } },
  {
    ask: 'POST /rules/fan/disable',
    status: 200,
    has: { enabled: false },
    called: { what: 'rules.setEnabled', args: ['fan', false] },
  },
  { ask: 'GET /rules/fan/versions', status: 200 },
  { ask: 'GET /rules/fan/versions/2', status: 200, has: { version: 2, source: '{"id":"fan"}' } },
  { ask: 'GET /rules/fan/versions/two', status: 400, has: { code: 'bad-path' } },
  { ask: 'GET /rules/fan/versions/99', status: 404, has: { code: 'version-missing' } },
  {
    ask: 'POST /rules/fan/rollback',
    body: { version: 2 },
    status: 200,
    has: { version: 5, source: '{"id":"fan"}' },
    called: { what: 'rules.rollback', args: ['fan', 2] },
  },
  { ask: 'POST /rules/fan/rollback', body: { version: 0 }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'GET /rules/fan/runs?limit=2',
    status: 200,
    has: { next: 'run-1' },
    called: { what: 'runs.list', args: [{ limit: 2, rule: 'fan' }] },
  },
  {
    ask: 'GET /runs?rule=fan&limit=5&cursor=abc',
    status: 200,
    called: { what: 'runs.list', args: [{ rule: 'fan', limit: 5, cursor: 'abc' }] },
  },
  { ask: 'GET /runs/run-1', status: 200, has: { id: 'run-1' } },
  { ask: 'GET /runs/nobody', status: 404, has: { code: 'run-missing' } },
  {
    ask: 'POST /runs/run-1/cancel',
    status: 200,
    has: { status: 'cancelled' },
    called: { what: 'runs.cancel', args: ['run-1'] },
  },
  {
    ask: 'GET /clients?limit=2&cursor=a',
    status: 200,
    called: { what: 'clients.list', args: [{ limit: 2, cursor: 'a' }] },
  },
  { ask: 'DELETE /clients/a%2Fb', status: 204, called: { what: 'clients.end', args: ['a/b'] } },
  { ask: 'DELETE /clients/nobody', status: 404, has: { code: 'client-missing' } },
  { ask: 'GET /timers', status: 200 },
  { ask: 'POST /timers/run-1/fire', status: 204, called: { what: 'timers.fire', args: ['run-1'] } },
  { ask: 'POST /timers/nobody/fire', status: 404, has: { code: 'timer-missing' } },
  {
    ask: 'DELETE /timers/fan:triggers%5B0%5D',
    status: 204,
    called: { what: 'timers.cancel', args: ['fan:triggers[0]'] },
  },
  {
    ask: 'GET /topics?prefix=home/&search=temp&limit=10',
    status: 200,
    called: { what: 'topics.list', args: [{ prefix: 'home/', search: 'temp', limit: 10 }] },
  },
  { ask: 'GET /topics?parent=', status: 200, called: { what: 'topics.children', args: [''] } },
  { ask: 'GET /topics?parent=home', status: 200, called: { what: 'topics.children', args: ['home'] } },
  { ask: 'GET /topics?parent=home&limit=3', status: 400, has: { code: 'bad-query' } },
  ...[
    ['home%2Fkitchen', 'home/kitchen'],
    ['home/kitchen', 'home/kitchen'],
    ['%2Fhome%2F%2Fkitchen%2F', '/home//kitchen/'],
    ['home//kitchen/', 'home//kitchen/'],
    ['100%25%3F%23', '100%?#'],
    ['%E5%AE%B6', '家'],
    ['%252F', '%2F'],
  ].map(([sent, topic]) => ({
    ask: `GET /topics/${sent}`,
    status: 200,
    has: { topic },
    called: { what: 'topics.get', args: [topic] },
  })),
  { ask: 'GET /topics/nobody', status: 404, has: { code: 'topic-missing' } },
  { ask: 'GET /topics/%zz', status: 400, has: { code: 'bad-path' } },
  {
    ask: 'DELETE /retained/home%2Fkitchen',
    status: 204,
    called: { what: 'topics.clearRetained', args: ['home/kitchen'] },
  },
  {
    ask: 'POST /publish',
    body: { topic: 'a/b', payload: { on: true }, qos: 1, retain: true },
    status: 204,
    called: { what: 'topics.publish', args: [{ topic: 'a/b', payload: { on: true }, qos: 1, retain: true }] },
  },
  { ask: 'POST /publish', body: { topic: 'a', payload: 1, qos: 3 }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'POST /publish',
    body: { topic: 'a', payload: 1, extra: 1 },
    status: 400,
    has: { code: 'bad-body' },
  },
  { ask: 'GET /runs?limit=0', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /runs?limt=1', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /runs?limit=1&limit=2', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /runs?limit[a][b]=1', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /runs?__proto__=1', status: 400, has: { code: 'bad-query' } },
  {
    ask: 'DELETE /rules/fan',
    headers: { 'If-Match': '"5"' },
    status: 204,
    called: { what: 'rules.delete', args: ['fan', 5] },
  },
  { ask: 'DELETE /rules/fan', status: 404, called: { what: 'rules.delete', args: ['fan', undefined] } },
  { ask: 'GET /users', status: 200, has: { items: [{ name: 'lamp', role: 'device' }] } },
  {
    ask: 'POST /users',
    body: { name: 'tablet', role: 'admin', password: 'secret' },
    status: 201,
    has: { name: 'tablet', role: 'admin' },
    answerHeaders: { location: '/api/v1/users/tablet' },
    called: { what: 'users.add', args: [{ name: 'tablet', role: 'admin', password: 'secret' }] },
  },
  {
    ask: 'POST /users',
    body: { name: 'x', role: 'king', password: 'y' },
    status: 400,
    has: { code: 'bad-body' },
  },
  { ask: 'GET /users/lamp', status: 200, has: { name: 'lamp', enabled: true } },
  { ask: 'GET /users/nobody', status: 404, has: { code: 'user-missing' } },
  {
    ask: 'POST /users/lamp/password',
    body: { password: 'other' },
    status: 200,
    called: { what: 'users.setPassword', args: ['lamp', 'other'] },
  },
  {
    ask: 'POST /users/lamp/disable',
    status: 200,
    has: { enabled: false },
    called: { what: 'users.setEnabled', args: ['lamp', false] },
  },
  {
    ask: 'POST /users/lamp/enable',
    status: 200,
    has: { enabled: true },
    called: { what: 'users.setEnabled', args: ['lamp', true] },
  },
  { ask: 'DELETE /users/lamp', status: 204, called: { what: 'users.delete', args: ['lamp'] } },
  {
    ask: 'GET /acl?user=lamp',
    status: 200,
    has: { items: [{ id: 'r1', filter: 'home/#' }] },
    called: { what: 'acl.list', args: ['lamp'] },
  },
  {
    ask: 'POST /acl',
    body: { user: '*', access: 'read', filter: 'home/%u' },
    status: 201,
    has: { user: '*', filter: 'home/%u' },
    called: { what: 'acl.add', args: [{ user: '*', access: 'read', filter: 'home/%u' }] },
  },
  {
    ask: 'POST /acl',
    body: { user: '*', access: 'all', filter: 'a' },
    status: 400,
    has: { code: 'bad-body' },
  },
  {
    ask: 'POST /acl/check',
    body: { user: 'lamp', access: 'write', topic: 'lamp/set' },
    status: 200,
    has: { allowed: true, because: 'own topics' },
  },
  {
    ask: 'GET /expressions/functions',
    status: 200,
    has: { items: [{ name: 'state', signature: '<sx?:x>', isOwn: true }] },
  },
  {
    ask: 'POST /expressions/evaluate',
    body: { expression: '1 + 2', message: { topic: 'a', payload: { x: 1 } } },
    status: 200,
    has: { value: 3, type: 'number', parts: [{ source: '1', value: 1 }] },
    called: {
      what: 'expressions.evaluate',
      args: [{ expression: '1 + 2', message: { topic: 'a', payload: { x: 1 } } }],
    },
  },
  {
    ask: 'POST /expressions/evaluate',
    body: { expression: '1', input: null, message: { topic: 'a' } },
    status: 400,
    has: { code: 'bad-body' },
  },
  { ask: 'POST /acl/reload', status: 204, called: { what: 'acl.reload', args: [] } },
  { ask: 'DELETE /acl/r1', status: 204, called: { what: 'acl.delete', args: ['r1'] } },
  { ask: 'GET /bridges', status: 200, has: { items: [{ name: 'cloud', hasPassword: true }] } },
  { ask: 'GET /bridges/cloud', status: 200, has: { state: 'connected', counters: { sent: 3 } } },
  {
    ask: 'PUT /bridges/cloud',
    body: { addresses: ['mqtt.example'], topics: ['# out'], enabled: false },
    status: 200,
    has: { name: 'cloud' },
    called: {
      what: 'bridges.save',
      args: ['cloud', { addresses: ['mqtt.example'], topics: ['# out'], enabled: false }],
    },
  },
  { ask: 'PUT /bridges/cloud', body: { topics: [] }, status: 400, has: { code: 'bad-body' } },
  { ask: 'DELETE /bridges/cloud', status: 204, called: { what: 'bridges.delete', args: ['cloud'] } },
];

let house: HttpHouse;

beforeAll(async () => {
  house = await startHttpHouse();
});

afterAll(() => house.stop());

function optionsOf(given: Case): AskOptions {
  const method = given.ask.split(' ')[0] ?? '';
  const body = given.yaml ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
  if (body === undefined) return { method, headers: given.headers ?? {} };
  const type = given.yaml === undefined ? 'application/json' : 'text/yaml';
  return { method, body, headers: { 'Content-Type': type, ...given.headers } };
}

function viewOf(method: string, path: string) {
  const found = routeTable.find((route) => route.method === method && pathPattern(route.path).test(path));
  return found?.success.view === undefined ? undefined : views[found.success.view];
}

for (const [index, given] of cases.entries()) {
  test(`${index + 1}. ${given.ask} ${JSON.stringify(given.headers ?? {})} answers ${given.status}`, async () => {
    const [method = '', path = ''] = given.ask.split(' ');
    house.api.calls.length = 0;
    const answer = await ask(house, `/api/v1${path}`, optionsOf(given));
    const text = answer.body.toString();
    expect({ status: answer.status, text }).toMatchObject({ status: given.status });
    if (given.has !== undefined) expect(jsonOf(answer)).toMatchObject(given.has);
    expect(answer.headers).toMatchObject(given.answerHeaders ?? {});
    if (given.called !== undefined) expect(house.api.calls.at(-1)).toMatchObject(given.called);
    if (given.status === 204) expect(text).toBe('');
    const view = viewOf(method.toLowerCase(), path.split('?')[0] ?? '');
    if (given.status < 204) expect(view?.safeParse(JSON.parse(text)).error).toBeUndefined();
  });
}

test('every route of the table has a case that succeeds', () => {
  const covered = cases.filter(({ status }) => status < 300).map((given) => given.ask.split('?')[0] ?? '');
  const uncovered = routeTable.filter(({ method, path }) => {
    const pattern = pathPattern(path);
    return !covered.some((given) => {
      const [verb = '', asked = ''] = given.split(' ');
      return verb.toLowerCase() === method && pattern.test(asked);
    });
  });
  expect(uncovered.map(({ method, path }) => `${method} ${openApiPath(path)}`)).toEqual([]);
});

test('whoever comes over TCP is the owner', async () => {
  await ask(house, '/api/v1/timers/run-1/fire', { method: 'POST' });
  expect(house.api.calls.at(-1)?.actor).toEqual({ name: 'owner', role: 'owner' });
});

test('Accept: text/yaml gives the text of a rule and of a version as written', async () => {
  const yaml = 'id: lamp\n# mine\nactions: []\n';
  const headers = { 'Content-Type': 'text/yaml' };
  await ask(house, '/api/v1/rules', { method: 'POST', body: yaml, headers });
  for (const path of ['/api/v1/rules/lamp', '/api/v1/rules/lamp/versions/1']) {
    const answer = await ask(house, path, { headers: { Accept: 'text/yaml' } });
    expect(answer.headers['content-type']).toBe('text/yaml; charset=utf-8');
    expect(answer.body.toString()).toBe(yaml);
    expect(jsonOf(await ask(house, path, { headers: { Accept: '*/*' } }))).toMatchObject({ source: yaml });
  }
});

test('a rule called like a command can be read', async () => {
  await ask(house, '/api/v1/rules/check', {
    method: 'PUT',
    body: 'id: check',
    headers: { 'Content-Type': 'text/yaml' },
  });
  expect(jsonOf(await ask(house, '/api/v1/rules/check'))).toMatchObject({ id: 'check' });
});

test('HEAD answers as GET without a body', async () => {
  const answer = await ask(house, '/api/v1/health', { method: 'HEAD' });
  expect(answer.status).toBe(200);
  expect(answer.headers['content-length']).toBe('15');
  expect(answer.body).toHaveLength(0);
});

test('ready answers 503 until the house is', async () => {
  house.api.isReadyNow = false;
  const answer = await ask(house, '/api/v1/ready');
  house.api.isReadyNow = true;
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBe('1');
  expect(jsonOf(answer)).toMatchObject({ code: 'not-ready' });
});
