// Every route of the table, against the fake use cases: what is asked of them, and what is answered.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { owner } from '../../src/api/index.ts';
import { views } from '../../src/http/openapi/views.ts';
import { openApiPath, pathPattern } from '../../src/http/path-template.ts';
import { routeTable } from '../../src/http/route-table.ts';
import { type AskOptions, ask, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';
import { type RouteCase, routeCases } from './route-cases.ts';

let house: HttpHouse;

beforeAll(async () => {
  house = await startHttpHouse();
});

afterAll(() => house.stop());

function optionsOf(given: RouteCase): AskOptions {
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

for (const [index, given] of routeCases.entries()) {
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
  const covered = routeCases
    .filter(({ status }) => status < 300)
    .map((given) => given.ask.split('?')[0] ?? '');
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
  expect(house.api.calls.at(-1)?.actor).toEqual(owner('owner', '127.0.0.1'));
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
