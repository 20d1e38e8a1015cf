// The http service against servers of this machine: what it sends, what it takes, where it does not go.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { SystemClock, VirtualClock } from '../../src/base/index.ts';
import { AddressPolicy, HttpService, type Lookup } from '../../src/outside/index.ts';

const open: { close(): unknown }[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  open.push({
    close: () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function serve(listener: RequestListener): Promise<number> {
  return listening(createServer(listener));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}

const home = new AddressPolicy(['127.0.0.1', 'allowed.test']);
const here: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];

function service(options: { policy?: AddressPolicy; lookup?: Lookup; clock?: VirtualClock } = {}) {
  return new HttpService({ clock: new SystemClock(), policy: home, lookup: here, ...options });
}

const plain = { method: 'GET', headers: {}, timeoutMs: 10_000, retries: 0, isIdempotent: true };
const context = { signal: new AbortController().signal };

function call(url: string, more: object = {}, by = service()): ReturnType<HttpService['call']> {
  return by.call({ ...plain, url, ...more }, context);
}

describe('a request and its answer', () => {
  test('method, headers and body arrive, and the answer is parsed', async () => {
    const port = await serve(async (request, response) => {
      const { method, url, headers } = request;
      const body = await textOf(request);
      response.setHeader('content-type', 'application/json');
      response.statusCode = 201;
      response.end(JSON.stringify({ method, url, host: headers.host, x: headers['x-a'], body }));
    });
    const url = `http://allowed.test:${port}/a?b=c`;
    const result = await call(url, { method: 'POST', headers: { 'X-A': '1' }, body: 'hello' });
    expect(result).toMatchObject({ status: 201, headers: { 'content-type': 'application/json' } });
    const body = { method: 'POST', url: '/a?b=c', host: `allowed.test:${port}`, x: '1', body: 'hello' };
    expect(result.body).toEqual(body);
  });

  test.each([
    ['text', 'text/plain', Buffer.from('on'), 'on'],
    ['a number', 'text/plain', Buffer.from('21.5'), 21.5],
    ['nothing', 'text/plain', Buffer.alloc(0), undefined],
    ['bytes', 'image/png', Buffer.from([0xff, 0xfe]), { $binary: '//4=' }],
    ['another charset', 'text/plain; charset=gbk', Buffer.from([0xc4, 0xe3]), '你'],
    ['an unknown charset', 'text/plain; charset=nope', Buffer.from('x'), 'x'],
  ])('%s is read as a payload is', async (_name, type, bytes, expected) => {
    const port = await serve((_request, response) => {
      response.setHeader('content-type', type);
      response.end(bytes);
    });
    expect((await call(`http://127.0.0.1:${port}/`)).body).toEqual(expected);
  });

  test('name and password in the address become a header', async () => {
    const port = await serve((request, response) => response.end(request.headers.authorization));
    const result = await call(`http://me:p%40ss@127.0.0.1:${port}/`);
    expect(result.body).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  });

  test('an answer that was packed is unpacked', async () => {
    const port = await serve((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"a":1}'));
    });
    expect((await call(`http://127.0.0.1:${port}/`)).body).toEqual({ a: 1 });
  });
});

describe('bounds', () => {
  test.each([
    ['long', (size: number) => Buffer.alloc(size, 'x'), undefined],
    ['packed', (size: number) => gzipSync(Buffer.alloc(size, 'x')), 'gzip'],
  ])('an answer that is too %s is cut off', async (_name, bytes, encoding) => {
    const port = await serve((_request, response) => {
      if (encoding !== undefined) response.setHeader('content-encoding', encoding);
      response.end(bytes(2_000_000));
    });
    await expect(call(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'http-too-large' });
  });

  test('who does not answer in time is let go of', async () => {
    const arrived = Promise.withResolvers<void>();
    const port = await serve(() => arrived.resolve());
    const clock = new VirtualClock(0);
    const answer = call(`http://127.0.0.1:${port}/`, {}, service({ clock }));
    const failed = expect(answer).rejects.toMatchObject({ code: 'http-timeout' });
    await arrived.promise;
    clock.advance(10_000);
    await failed;
  });

  test('a name that nobody resolves in time is let go of', async () => {
    const clock = new VirtualClock(0);
    const lookup: Lookup = () => new Promise(() => undefined);
    const answer = call('http://slow.test/', {}, service({ clock, lookup }));
    const failed = expect(answer).rejects.toMatchObject({ code: 'http-timeout' });
    clock.advance(10_000);
    await failed;
  });

  test('a stop of the house ends what is under way', async () => {
    const stop = new AbortController();
    const port = await serve(() => stop.abort());
    const request = { ...plain, url: `http://127.0.0.1:${port}/` };
    await expect(service().call(request, { signal: stop.signal })).rejects.toThrow();
  });

  test.each([
    ['a header with a line end', { headers: { 'x-a': 'b\r\nx-c: d' } }, 'http-bad-request'],
    ['a header name with a colon', { headers: { 'a:b': 'c' } }, 'http-bad-request'],
    ['a host of its own', { headers: { Host: 'other' } }, 'http-bad-request'],
    ['a length of its own', { headers: { 'content-length': '5' } }, 'http-bad-request'],
    ['another method', { method: 'TRACE' }, 'http-bad-request'],
    ['no address', { url: 'nonsense' }, 'http-bad-url'],
    ['a file', { url: 'file:///etc/passwd' }, 'http-bad-url'],
    ['another protocol', { url: 'ftp://127.0.0.1/' }, 'http-bad-url'],
  ])('%s is refused before anything is sent', async (_name, more, code) => {
    let count = 0;
    const port = await serve((_request, response) => {
      count++;
      response.end();
    });
    await expect(call(`http://127.0.0.1:${port}/`, more)).rejects.toMatchObject({ code });
    expect(count).toBe(0);
  });

  test('what is no HTTP, and a connection that breaks, are errors', async () => {
    const babble = await listening(createTcpServer((socket) => socket.end('hello\r\n\r\n')));
    await expect(call(`http://127.0.0.1:${babble}/`)).rejects.toMatchObject({ code: 'http-failed' });
    const broken = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('a', () => response.destroy());
    });
    await expect(call(`http://127.0.0.1:${broken}/`)).rejects.toMatchObject({ code: 'http-failed' });
  });
});

describe('where it does not go', () => {
  const strict = service({ policy: new AddressPolicy([]) });

  test.each([
    ...['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://127.1/'],
    ...[
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://0/',
      'http://169.254.169.254/latest/meta-data',
    ],
    ...['http://localhost/', 'http://１２７.０.０.１/', 'http://rebound.test/'],
  ])('%s', async (url) => {
    await expect(call(url, {}, strict)).rejects.toMatchObject({ code: 'http-address-refused' });
  });

  test('a redirect is looked at like any address', async () => {
    const target = await serve((_request, response) => response.end('inside'));
    const port = await serve((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${target}/` }).end();
    });
    const policy = new AddressPolicy(['allowed.test']);
    const answer = call(`http://allowed.test:${port}/`, {}, service({ policy }));
    await expect(answer).rejects.toMatchObject({ code: 'http-address-refused' });
  });

  test('a name is asked for once: the connection goes to the address that was checked', async () => {
    const port = await serve((_request, response) => response.end('ok'));
    let asked = 0;
    const lookup: Lookup = async () => {
      asked++;
      return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    };
    const policy = new AddressPolicy(['127.0.0.1']);
    expect(await call(`http://flips.test:${port}/`, {}, service({ policy, lookup }))).toMatchObject({
      body: 'ok',
    });
    expect(asked).toBe(1);
  });
});

describe('redirects', () => {
  test('are followed, as GET behind a POST', async () => {
    const port = await serve(async (request, response) => {
      const body = await textOf(request);
      if (request.url === '/start') response.writeHead(303, { location: 'end?x' }).end();
      else response.end(`${request.method} ${request.url} ${request.headers['x-key']} ${body}`);
    });
    const more = { method: 'POST', body: 'b', headers: { 'x-key': 'k' } };
    const result = await call(`http://127.0.0.1:${port}/start`, more);
    expect(result.body).toBe('GET /end?x k ');
  });

  test('take no header and no body to another origin', async () => {
    const other = await serve((request, response) => response.end(`key ${request.headers['x-key']}`));
    const port = await serve((request, response) => {
      const status = request.method === 'GET' ? 302 : 307;
      response.writeHead(status, { location: `http://127.0.0.1:${other}/` }).end();
    });
    const url = `http://127.0.0.1:${port}/`;
    expect((await call(url, { headers: { 'x-key': 'k' } })).body).toBe('key undefined');
    const sent = call(url, { method: 'POST', body: 'secret' });
    await expect(sent).rejects.toMatchObject({ code: 'http-redirect' });
  });

  test('end somewhere', async () => {
    const port = await serve((_request, response) => response.writeHead(302, { location: '/' }).end());
    await expect(call(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'http-redirect' });
  });
});

describe('further tries', () => {
  /** A clock that makes every pause short. */
  class Hasty extends SystemClock {
    readonly pauses: number[] = [];
    override after(ms: number, run: () => void) {
      if (ms === plain.timeoutMs) return super.after(ms, run);
      this.pauses.push(ms);
      return super.after(0, run);
    }
  }

  async function tried(statuses: readonly number[], more: object) {
    let count = 0;
    const port = await serve((_request, response) => {
      response.statusCode = statuses[count++] ?? 200;
      response.end();
    });
    const clock = new Hasty();
    const by = new HttpService({ clock, policy: home, lookup: here });
    const { status } = await by.call({ ...plain, url: `http://127.0.0.1:${port}/`, ...more }, context);
    return { status, count, pauses: clock.pauses };
  }

  test('follow a busy server, with longer and longer pauses', async () => {
    const result = await tried([503, 429, 200], { retries: 3 });
    expect(result).toEqual({ status: 200, count: 3, pauses: [1000, 2000] });
  });

  test('end with the last answer', async () => {
    expect(await tried([500, 500, 500], { retries: 1 })).toMatchObject({ status: 500, count: 2 });
  });

  test('do not repeat what may not be repeated, nor what was wrong', async () => {
    const post = { method: 'POST', retries: 3, isIdempotent: false };
    expect(await tried([500], post)).toMatchObject({ status: 500, count: 1 });
    expect(await tried([404], { retries: 3 })).toMatchObject({ status: 404, count: 1 });
  });

  test('reach a server that was not there, whatever is asked of it', async () => {
    const server = createServer((_request, response) => response.end('there'));
    const port = await listening(server);
    server.close();
    const clock = new Hasty();
    const by = new HttpService({
      clock,
      policy: home,
      lookup: async () => {
        if (clock.pauses.length === 1)
          await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
        return [{ address: '127.0.0.1', family: 4 }];
      },
    });
    const request = { ...plain, method: 'POST', isIdempotent: false, retries: 2 };
    const result = await by.call({ ...request, url: `http://allowed.test:${port}/` }, context);
    expect(result).toMatchObject({ body: 'there' });
  });
});
