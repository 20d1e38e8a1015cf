// Errors become problem documents; nothing of the inside gets out.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ErrorKind, HomeruleError } from '../../src/base/index.ts';
import { ask, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';

let house: HttpHouse;

beforeAll(async () => {
  house = await startHttpHouse();
});

afterAll(() => house.stop());

const fire = '/api/v1/timers/x/fire';

const kinds: readonly [ErrorKind, string, number][] = [
  ['invalid', 'rule-invalid', 400],
  ['denied', 'topic-denied', 403],
  ['missing', 'rule-missing', 404],
  ['conflict', 'id-mismatch', 409],
  ['conflict', 'version-conflict', 412],
  ['limit', 'too-many-rules', 429],
  ['limit', 'payload-too-large', 413],
  ['unavailable', 'stopping', 503],
];

describe('a use case that fails', () => {
  test.each(kinds)('kind %s, code %s is status %i', async (kind, code, status) => {
    house.api.failure = new HomeruleError(code, kind, 'because');
    const answer = await ask(house, fire, { method: 'POST' });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const title = expect.any(String);
    expect(jsonOf(answer)).toEqual({ type: 'about:blank', title, status, code, detail: 'because' });
  });

  test('carries the problems of a document', async () => {
    const problems = [{ path: 'actions[0]', code: 'unknown-verb', message: 'publsh', severity: 'error' }];
    house.api.failure = new HomeruleError('rule-invalid', 'invalid', 'bad', {
      details: { problems, secret: 1 },
    });
    const answer = await ask(house, fire, { method: 'POST' });
    expect(jsonOf(answer)).toMatchObject({ problems });
    expect(answer.body.toString()).not.toContain('secret');
  });

  test.each([
    ['an Error', new TypeError('secret at /home/x.ts')],
    ['a string', 'secret'],
    ['a bug', new HomeruleError('oops', 'bug', 'secret')],
    ['a foreign 5xx', Object.assign(new Error('secret'), { status: 502 })],
  ])('%s is a bug: logged with the reference that the answer names', async (_, failure) => {
    house.log.length = 0;
    house.api.failure = failure;
    const answer = await ask(house, fire, { method: 'POST' });
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).not.toContain('secret');
    const logged = house.log.find(({ level }) => level === 'error');
    expect(jsonOf(answer)['detail']).toContain(String(logged?.fields['reference']));
  });
});

describe('an address that is not there', () => {
  test.each([
    ['GET', '/api/v1/rulez', 404, 'path-missing', '/api/v1/rules'],
    ['GET', '/api/v1/', 404, 'path-missing', ''],
    ['GET', '/api/v1/rules/', 404, 'path-missing', '/api/v1/rules'],
    ['GET', '/api/v1/RULES', 404, 'path-missing', '/api/v1/rules'],
    ['GET', '/api/v2/rules', 404, 'path-missing', ''],
    ['GET', '/red/', 404, 'path-missing', ''],
    ['GET', '/hooks/x/y', 404, 'path-missing', ''],
    ['POST', '/anything', 404, 'path-missing', ''],
    ['GET', `/api/v1/${'x'.repeat(5000)}`, 404, 'path-missing', ''],
  ])('%s %s is %i', async (method, path, status, code, hint) => {
    const answer = await ask(house, path, { method });
    expect(answer.status).toBe(status);
    const problem = jsonOf(answer);
    expect(problem['code']).toBe(code);
    expect(problem['detail']).toContain(hint);
    expect(String(problem['detail']).length).toBeLessThan(400);
  });

  test.each([
    ['POST', '/api/v1/health', 'GET, HEAD'],
    ['PATCH', '/api/v1/rules/fan', 'GET, HEAD, PUT, DELETE'],
    ['OPTIONS', '/api/v1/rules', 'GET, HEAD, POST'],
    ['GET', '/api/v1/publish', 'POST'],
    ['DELETE', '/api/v1/rules/check', 'DELETE'],
  ])('%s %s is known under another method', async (method, path, allow) => {
    const answer = await ask(house, path, { method });
    if (method === 'DELETE') {
      expect(answer.status).toBe(404);
      return;
    }
    expect(answer.status).toBe(405);
    const allowed = String(answer.headers.allow).split(', ').toSorted();
    expect(allowed).toEqual(allow.split(', ').toSorted());
  });
});

describe('every answer', () => {
  test.each(['/api/v1/health', '/api/v1/nothing', '/', '/api/docs', '/metrics', '/..%5c'])(
    '%s has the security headers',
    async (path) => {
      const { headers } = await ask(house, path);
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );
});
