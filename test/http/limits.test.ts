// Requests that are too large, too deep, too odd or not HTTP at all.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import { ask, exchange, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';

let house: HttpHouse;

beforeAll(async () => {
  house = await startHttpHouse();
});

afterAll(() => house.stop());

const headers = { 'Content-Type': 'application/json' };
const publish = (body: string | Buffer, more: Record<string, string> = {}) =>
  ask(house, '/api/v1/publish', { method: 'POST', body, headers: { ...headers, ...more } });
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const message = (payload: string): string => `{"topic":"a","payload":${payload}}`;

describe('a body', () => {
  test.each<[string, string | Buffer, number, string]>([
    ['that is no JSON', '{"topic":', 400, 'bad-json'],
    ['that is another JSON', '[]', 400, 'bad-body'],
    ['that is null', 'null', 400, 'bad-body'],
    ['of 100,000 levels', message(nested(100_000)), 400, 'json-too-deep'],
    ['of 101 levels', message(nested(100)), 400, 'json-too-deep'],
    ['with __proto__ at the top', '{"topic":"a","payload":1,"__proto__":{"x":1}}', 400, 'forbidden-key'],
    ['with __proto__ inside', message('[{"__proto__":{"polluted":1}}]'), 400, 'forbidden-key'],
    ['with an escaped __proto__', message('{"\\u005f_proto__":{"polluted":1}}'), 400, 'forbidden-key'],
    ['that is no UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 400, 'bad-utf8'],
    ['of 5 MB', message(`"${'x'.repeat(5_000_000)}"`), 413, 'body-too-large'],
  ])('%s is refused', async (_, body, status, code) => {
    const before = house.api.calls.length;
    const answer = await publish(body);
    expect({ status: answer.status, code: jsonOf(answer)['code'] }).toEqual({ status, code });
    expect(house.api.calls).toHaveLength(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    ['of 100 levels', message(nested(99))],
    ['with brackets in a text', message(JSON.stringify('[{"\\'.repeat(500)))],
    ['with a constructor key', message('{"constructor":{"prototype":{"polluted":1}}}')],
    ['of just under 1 MB', message(`"${'x'.repeat(1_048_500)}"`)],
  ])('%s is taken', async (_, body) => {
    expect((await publish(body)).status).toBe(204);
    expect(house.api.calls.at(-1)?.args[0]).toEqual(JSON.parse(body));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('that is compressed is refused', async () => {
    const answer = await publish(gzipSync(message('1')), { 'Content-Encoding': 'gzip' });
    expect(jsonOf(answer)).toMatchObject({ status: 415, code: 'wrong-encoding' });
  });

  test.each(['application/json', 'text/yaml'])('of a rule in %s may not nest endlessly', async (type) => {
    const options = { method: 'POST', body: nested(50_000), headers: { 'Content-Type': type } };
    expect(jsonOf(await ask(house, '/api/v1/rules/check', options))).toMatchObject({ code: 'json-too-deep' });
  });
});

describe('a request', () => {
  const head = 'GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n';

  test.each([
    ['with 17 KB of headers', `${head}X: ${'x'.repeat(17_000)}\r\n\r\n`, 431],
    ['with a URL of 20 KB', `GET /${'a[]=1&'.repeat(3400)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    [
      'with length and chunks',
      `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['with two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, 400],
    ['that is no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    ['with an expectation', `${head}Connection: close\r\nExpect: the unexpected\r\n\r\n`, 417],
  ])('%s is refused', async (_, text, status) => {
    expect(await exchange(house, Buffer.from(text, 'latin1'))).toContain(`HTTP/1.1 ${status} `);
  });

  test('with a chunk size that overflows is refused', async () => {
    const start = `POST /api/v1/publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    const text = `${start}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}`;
    expect(await exchange(house, text)).toContain('HTTP/1.1 400 ');
  });

  test('that never ends is cut at stop and asks for nothing', async () => {
    const clock = new VirtualClock(0);
    const other = await startHttpHouse({ clock });
    const start = `POST /api/v1/publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    const half = exchange(other, `${start}Expect: 100-continue\r\nContent-Length: 100\r\n\r\n{"topic`).catch(
      () => '',
    );
    expect((await ask(other, '/api/v1/health')).status).toBe(200);
    const stopped = other.stop();
    clock.advance(1000);
    await stopped;
    await half;
    expect(other.api.calls).toHaveLength(0);
  });
});
