// What is asked over HTTP, what is answered, and which use case was called with what: one entry for each case.

import { backupRouteCases } from './backup-route-cases.ts';
import { deviceRouteCases } from './device-route-cases.ts';
import { flowRouteCases } from './flow-route-cases.ts';
import { pastRouteCases } from './past-route-cases.ts';
import { pluginRouteCases } from './plugin-route-cases.ts';
import { ruleRouteCases } from './rule-route-cases.ts';

export interface RouteCase {
  /** `GET /rules` */
  readonly ask: string;
  readonly body?: unknown;
  readonly yaml?: string;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly has?: Record<string, unknown>;
  readonly answerHeaders?: Record<string, string | readonly string[]>;
  /** The use case that must have been asked last, and with what. */
  readonly called?: { what: string; args: readonly unknown[] };
}

const setCookie = ['homerule_session=geheim; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000'];
const json = 'application/json; charset=utf-8';

/** In order: later ones see what earlier ones saved. */
export const routeCases: readonly RouteCase[] = [
  { ask: 'GET /health', status: 200, has: { status: 'ok' }, answerHeaders: { 'content-type': json } },
  { ask: 'GET /ready', status: 200, has: { status: 'ready' } },
  { ask: 'GET /system', status: 200, has: { version: '0.1.0', zone: 'Asia/Shanghai' } },
  {
    ask: 'GET /history?topic=home%2Ft&path=a.b&from=-7d&points=12',
    status: 200,
    has: { topic: 'home/t', widthMs: 500 },
    called: { what: 'history.draw', args: [{ topic: 'home/t', path: 'a.b', from: '-7d', points: 12 }] },
  },
  { ask: 'GET /history', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /history?topic=a&points=9000', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /history?topic=a&form=csv', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /history/series?topic=a', status: 200, has: { items: [{ topic: 'a', path: 'power' }] } },
  {
    ask: 'GET /messages?filter=home/%23&limit=5&order=oldest',
    status: 200,
    has: { next: '7', gaps: [] },
    called: { what: 'messages.list', args: [{ filter: 'home/#', limit: 5, order: 'oldest' }] },
  },
  ...ruleRouteCases,
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
  {
    ask: 'GET /runs?outcome=failed&reason=single&device=lamp&from=-1h&to=now',
    status: 200,
    called: {
      what: 'runs.list',
      args: [{ outcome: 'failed', reason: 'single', device: 'lamp', from: '-1h', to: 'now' }],
    },
  },
  { ask: 'GET /runs?outcome=lucky', status: 400, has: { code: 'bad-query' } },
  { ask: 'GET /runs/run-1', status: 200, has: { id: 'run-1' } },
  { ask: 'GET /runs/nobody', status: 404, has: { code: 'run-missing' } },
  {
    ask: 'GET /runs/run-1/as-test',
    status: 200,
    has: { run: 'run-1', passes: true },
    called: { what: 'ruleTests.fromRun', args: ['run-1'] },
  },
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
  {
    ask: 'GET /audit?who=anna&outcome=done&limit=5&from=10',
    status: 200,
    has: { items: [{ id: 'a1', action: 'rules.save' }], next: 'a1' },
    called: { what: 'audit.list', args: [{ who: 'anna', outcome: 'done', limit: 5, from: 10 }] },
  },
  { ask: 'GET /session', status: 200, has: { needsSetup: true, user: { name: 'owner' } } },
  {
    ask: 'POST /setup',
    body: { username: 'anna', password: 'pw', code: 'c' },
    status: 201,
    has: { needsSetup: false },
    answerHeaders: { 'set-cookie': setCookie },
    called: { what: 'entry.setup', args: ['127.0.0.1', { username: 'anna', password: 'pw', code: 'c' }] },
  },
  {
    ask: 'POST /login',
    body: { username: 'anna', password: 'pw' },
    status: 200,
    answerHeaders: { 'set-cookie': setCookie },
    called: { what: 'entry.login', args: ['127.0.0.1', { username: 'anna', password: 'pw' }] },
  },
  {
    ask: 'POST /login',
    body: { username: 'anna', password: 'pw' },
    headers: { 'X-Forwarded-Proto': 'https' },
    status: 200,
    answerHeaders: { 'set-cookie': [`${setCookie[0]}; Secure`] },
  },
  { ask: 'POST /login', body: { username: 'anna' }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'POST /logout',
    headers: { Cookie: 'other=1; homerule_session=geheim' },
    status: 204,
    answerHeaders: { 'set-cookie': ['homerule_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0'] },
    called: { what: 'entry.logout', args: ['geheim'] },
  },
  { ask: 'GET /tokens', status: 200, has: { items: [{ id: 't1', scopes: ['read'] }] } },
  {
    ask: 'POST /tokens',
    body: { name: 'backup', scopes: ['read', 'edit'], days: 5 },
    status: 201,
    has: { token: 'hr_x', name: 'backup' },
    called: { what: 'tokens.add', args: [{ name: 'backup', scopes: ['read', 'edit'], days: 5 }] },
  },
  { ask: 'POST /tokens', body: { name: 'x', scopes: ['root'] }, status: 400, has: { code: 'bad-body' } },
  { ask: 'DELETE /tokens/t1', status: 204, called: { what: 'tokens.delete', args: ['t1'] } },
  { ask: 'GET /sessions', status: 200, has: { items: [{ id: 's1', user: 'anna', isCurrent: true }] } },
  { ask: 'DELETE /sessions/s1', status: 204, called: { what: 'sessions.endOne', args: ['s1'] } },
  {
    ask: 'POST /sessions/end-others',
    status: 200,
    has: { ended: 2 },
    called: { what: 'sessions.endOthers', args: [] },
  },
  { ask: 'GET /audit?outcome=maybe', status: 400, has: { code: 'bad-query' } },
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
  { ask: 'GET /secrets', status: 200, has: { items: [{ name: 'gate', changedAt: 1000 }] } },
  {
    ask: 'PUT /secrets/gate',
    body: { value: 'sesame' },
    status: 200,
    has: { name: 'gate' },
    called: { what: 'secrets.put', args: ['gate', 'sesame'] },
  },
  { ask: 'PUT /secrets/gate', body: {}, status: 400, has: { code: 'bad-body' } },
  { ask: 'DELETE /secrets/gate', status: 204, called: { what: 'secrets.delete', args: ['gate'] } },
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
  {
    ask: 'POST /acl/who',
    body: { access: 'write', topic: 'lamp/set' },
    status: 200,
    has: { items: [{ user: 'lamp', allowed: true }, { allowed: false }] },
    called: { what: 'acl.who', args: [{ access: 'write', topic: 'lamp/set' }] },
  },
  { ask: 'POST /acl/who', body: { topic: 'lamp/set' }, status: 400, has: { code: 'bad-body' } },
  {
    ask: 'POST /expressions/present',
    yaml: 'conditions: [true]',
    status: 200,
    has: { entries: [{ path: 'conditions[0]', verdict: 'pass' }], filters: ['home/lux'] },
    called: { what: 'expressions.present', args: ['conditions: [true]'] },
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
  ...deviceRouteCases,
  ...pluginRouteCases,
  ...flowRouteCases,
  ...pastRouteCases,
  ...backupRouteCases,
];
