// The one gate, over real sockets: requests and upgrades that a foreign page or a trickster would send.
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange, type HttpHouse, startHttpHouse } from '../support/http-house.ts';

let house: HttpHouse;
let upgraded = 0;

beforeAll(async () => {
  const takeOver = ({ socket }: { readonly socket: Duplex }): void => {
    upgraded++;
    socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  };
  house = await startHttpHouse({ upgrades: { '/api/v1/live': takeOver } });
});

afterAll(() => house.stop());

const close = 'Connection: close';
const get = (...headers: string[]): string =>
  ['GET /api/v1/health HTTP/1.1', close, ...headers, '', ''].join('\r\n');
const post = (body: string, ...headers: string[]): string =>
  [`POST /api/v1/publish HTTP/1.1`, close, 'Host: localhost', ...headers, '', body].join('\r\n');
const upgrade = (path: string, ...headers: string[]): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '',
    '',
  ].join('\r\n');

const statusOf = (reply: string): number => Number(reply.split(' ')[1]);
const publishBody = '{"topic":"a","payload":1}';

describe('Host', () => {
  test.each([
    ['localhost', 200],
    ['LOCALHOST:18083', 200],
    ['127.0.0.1:1', 200],
    ['[::1]:18083', 200],
    ['192.168.1.5', 200],
    ['homerule.local', 200],
    ['attic', 200],
    ['panel.example:443', 200],
    ['evil.example', 421],
    ['127.0.0.1.nip.io', 421],
    ['localhost.evil.example', 421],
    ['evil.example:localhost', 421],
    ['localhost@evil.example', 421],
    ['localhost/evil', 421],
    ['localhost:99999999', 421],
    ['', 421],
  ])('"%s" is %i', async (host, status) => {
    expect(statusOf(await exchange(house, get(`Host: ${host}`)))).toBe(status);
  });

  test('absent, or there twice, is 421', async () => {
    expect(statusOf(await exchange(house, get()))).toBe(421);
    const twice = await exchange(house, get('Host: localhost', 'Host: evil.example'));
    expect(statusOf(twice)).toBe(421);
    expect(twice).toContain('"code":"wrong-host"');
    expect(statusOf(await exchange(house, get('Host: localhost', 'host: localhost')))).toBe(421);
  });

  test('a whole URL in the request line is not taken', async () => {
    const text = `GET http://evil.example/api/v1/health HTTP/1.1\r\nHost: localhost\r\n${close}\r\n\r\n`;
    expect(statusOf(await exchange(house, text))).toBe(400);
  });
});

describe('Origin', () => {
  test.each([
    ['http://localhost', 200],
    ['https://panel.example', 200],
    ['http://localhost:18083', 403],
    ['http://evil.example', 403],
    ['null', 403],
    ['', 403],
  ])('"%s" to localhost is %i', async (origin, status) => {
    expect(statusOf(await exchange(house, get('Host: localhost', `Origin: ${origin}`)))).toBe(status);
  });
});

describe('a peer', () => {
  test.each(['Forwarded: for=1.2.3.4', 'X-Forwarded-For: 127.0.0.1', 'x-forwarded-proto: https'])(
    'behind a proxy (%s) is no loopback',
    async (header) => {
      await exchange(house, get('Host: localhost'));
      expect(house.api.seen.at(-1)).toMatchObject({ isLocal: true, address: '127.0.0.1' });
      await exchange(house, get('Host: localhost', header));
      expect(house.api.seen.at(-1)).toMatchObject({ isLocal: false, address: '127.0.0.1' });
    },
  );
});

describe('an unsafe body', () => {
  test.each([
    ['application/json', 204],
    ['application/json; charset=utf-8', 204],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['', 415],
  ])('of type "%s" is %i', async (type, status) => {
    const before = house.api.calls.length;
    const length = `Content-Length: ${publishBody.length}`;
    const reply = await exchange(house, post(publishBody, length, `Content-Type: ${type}`));
    expect(statusOf(reply)).toBe(status);
    expect(house.api.calls.length - before).toBe(status === 204 ? 1 : 0);
  });

  test('sent in chunks without a type is 415', async () => {
    const reply = await exchange(house, post('2\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'));
    expect(statusOf(reply)).toBe(415);
  });
});

describe('an upgrade', () => {
  test.each([
    ['/api/v1/live', ['Host: localhost'], 101],
    ['/api/v1/live?x=1', ['Host: localhost', 'Origin: http://localhost'], 101],
    ['/api/v1/live', ['Host: localhost', 'Origin: http://evil.example'], 403],
    ['/api/v1/live', ['Host: localhost', 'Origin: null'], 403],
    ['/api/v1/live', ['Host: localhost', 'X-Forwarded-For: ::1'], 101],
    ['/api/v1/live', ['Host: evil.example'], 421],
    ['/api/v1/live', [], 421],
    ['/api/v1/live', ['Host: localhost', 'Host: localhost'], 421],
    ['/elsewhere', ['Host: localhost'], 404],
    ['/constructor', ['Host: localhost'], 404],
    ['/__proto__', ['Host: localhost'], 404],
    ['/api/v1/live/', ['Host: localhost'], 404],
  ])('to %s with %j is %i', async (path, headers, status) => {
    const before = upgraded;
    const reply = await exchange(house, upgrade(path, ...headers));
    expect(statusOf(reply)).toBe(status);
    expect(upgraded - before).toBe(status === 101 ? 1 : 0);
    if (status !== 101) expect(reply).toContain('application/problem+json');
  });

  test('to h2c is offered by curl and answered as a plain request', async () => {
    const offer = [
      'GET /api/v1/health HTTP/1.1',
      'Host: localhost',
      'Upgrade: h2c',
      'Connection: Upgrade, HTTP2-Settings',
      'HTTP2-Settings: AAMAAABk',
      '',
      '',
    ];
    const reply = await exchange(house, offer.join('\r\n'), (text) => text.includes('ok'));
    expect(statusOf(reply)).toBe(200);
  });
});

test('over the unix socket Host does not matter and an Origin is refused', async () => {
  const where = { path: house.socketPath };
  expect(statusOf(await exchange(where, get('Host: anything.example')))).toBe(200);
  expect(statusOf(await exchange(where, get('Host: localhost', 'Origin: http://localhost')))).toBe(403);
  expect(statusOf(await exchange(where, upgrade('/api/v1/live', 'Host: x', 'Origin: http://x')))).toBe(403);
});
