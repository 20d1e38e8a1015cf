// Opening and closing: the port, the unix socket with its permissions, and what is in the way.
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { owner } from '../../src/api/index.ts';
import { SystemClock, silentLogger, VirtualClock } from '../../src/base/index.ts';
import { HttpServer } from '../../src/http/index.ts';
import { ask, exchange, type HttpHouse, jsonOf, startHttpHouse } from '../support/http-house.ts';

const houses: HttpHouse[] = [];

async function openHouse(...args: Parameters<typeof startHttpHouse>): Promise<HttpHouse> {
  const house = await startHttpHouse(...args);
  houses.push(house);
  return house;
}

afterEach(async () => {
  for (const house of houses.splice(0)) await house.stop();
});

/** A second server on other paths of a house. */
function another(house: HttpHouse, more: { port?: number; socketPath?: string; host?: string }): HttpServer {
  return new HttpServer({
    door: house.api,
    host: '127.0.0.1',
    port: 0,
    socketPath: join(house.folder, 'other', 'homerule.sock'),
    webDir: house.webDir,
    gate: { hosts: [], origins: [], machine: 'attic' },
    upgrades: {},
    mounts: [],
    clock: new SystemClock(),
    log: silentLogger,
    version: '0.1.0',
    ...more,
  });
}

const never = (): AbortSignal => new AbortController().signal;
const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

test('the unix socket is private, and who comes through it is the owner', async () => {
  const house = await openHouse();
  expect(await mode(house.socketPath)).toBe('600');
  expect(await mode(dirname(house.socketPath))).toBe('700');
  const answer = await ask(house, '/api/v1/timers/x/fire', { method: 'POST', socketPath: house.socketPath });
  expect(answer.status).toBe(204);
  expect(house.api.calls.at(-1)?.actor).toEqual(owner('socket'));
});

test('a folder that was open is made private', async () => {
  const house = await openHouse();
  const folder = join(house.folder, 'wide');
  await mkdir(folder);
  await chmod(folder, 0o777);
  const server = another(house, { socketPath: join(folder, 'homerule.sock') });
  await server.start(never());
  expect(await mode(folder)).toBe('700');
  await server.stop();
  expect(await readdir(folder)).toEqual([]);
});

test('the socket of a process that died is replaced', async () => {
  const house = await openHouse();
  const path = join(house.folder, 'stale.sock');
  const die = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  expect(() => execFileSync(process.execPath, ['-e', die], { stdio: 'ignore' })).toThrow();
  expect((await stat(path)).isSocket()).toBe(true);
  const server = another(house, { socketPath: path });
  await server.start(never());
  expect((await ask(house, '/api/v1/health', { socketPath: path })).status).toBe(200);
  await server.stop();
});

test('a socket that is answered is left alone', async () => {
  const house = await openHouse();
  const server = another(house, { socketPath: house.socketPath });
  await expect(server.start(never())).rejects.toMatchObject({ code: 'socket-taken', kind: 'unavailable' });
  expect((await ask(house, '/api/v1/health', { socketPath: house.socketPath })).status).toBe(200);
});

test('a file that is no socket is left alone', async () => {
  const house = await openHouse();
  const socketPath = join(house.folder, 'notes.txt');
  await writeFile(socketPath, 'mine');
  await expect(another(house, { socketPath }).start(never())).rejects.toMatchObject({
    code: 'socket-path-taken',
  });
  expect((await stat(socketPath)).isFile()).toBe(true);
});

test('a path that the system would cut is refused', async () => {
  const house = await openHouse();
  const socketPath = join(house.folder, 'x'.repeat(100), 'homerule.sock');
  await expect(another(house, { socketPath }).start(never())).rejects.toMatchObject({
    code: 'socket-path-too-long',
  });
});

test('a taken port is named, and nothing stays open', async () => {
  const house = await openHouse();
  const server = another(house, { port: house.port });
  await expect(server.start(never())).rejects.toThrow(`HTTP port ${house.port} on 127.0.0.1 is taken`);
  expect(server.port).toBeUndefined();
  expect(await readdir(join(house.folder, 'other'))).toEqual([]);
});

test('an address of another machine is named', async () => {
  const house = await openHouse();
  await expect(another(house, { host: '203.0.113.1' }).start(never())).rejects.toMatchObject({
    code: 'address-missing',
  });
});

test('an aborted start leaves nothing open', async () => {
  const house = await openHouse();
  const server = another(house, {});
  await expect(server.start(AbortSignal.abort())).rejects.toThrow('abort');
  expect(server.port).toBeUndefined();
});

test('stop ends idle, unfinished and upgraded sockets after a second', async () => {
  const clock = new VirtualClock(0);
  const takeOver = ({ socket }: { readonly socket: Duplex }): void => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  };
  const house = await openHouse({ upgrades: { '/up': takeOver }, clock });
  const head = 'HTTP/1.1\r\nHost: localhost\r\n';
  const seen = (part: string) => {
    let tell = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const look = (reply: string): boolean => {
      if (reply.includes(part)) tell();
      return false;
    };
    return { arrived, look };
  };
  const idle = seen('"ok"');
  const upgraded = seen('101');
  const ends = [
    exchange(house, `GET /api/v1/health ${head}\r\n`, idle.look),
    exchange(house, `GET /up ${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`, upgraded.look),
    exchange(
      house,
      `POST /api/v1/publish ${head}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    ).catch(() => ''),
  ];
  await Promise.all([idle.arrived, upgraded.arrived]);
  const stopped = house.server.stop();
  clock.advance(1000);
  await stopped;
  await Promise.all(ends);
  await expect(stat(house.socketPath)).rejects.toThrow('ENOENT');
});

test('stop without start, and twice, is harmless', async () => {
  const house = await openHouse();
  await another(house, {}).stop();
  await house.server.stop();
  await expect(house.server.stop()).resolves.toBeUndefined();
});

test('the log has one line per request, at debug, without its query', async () => {
  const house = await openHouse();
  await ask(house, '/api/v1/runs?cursor=hidden');
  const lines = house.log.filter(({ text }) => text === 'request');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'debug',
    fields: { method: 'GET', path: '/api/v1/runs', status: 200 },
  });
  expect(JSON.stringify(house.log)).not.toContain('hidden');
});

test('metrics are Prometheus text with the counters of the house', async () => {
  const house = await openHouse();
  expect(jsonOf(await ask(house, '/api/v1/system'))).toMatchObject({ counters: { messagesIn: 12 } });
  const answer = await ask(house, '/metrics');
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = answer.body.toString().trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(/^(# TYPE [a-z_0-9]+ \w+|[a-z_0-9]+ [\d.e+-]+)$/);
  expect(lines).toContain('homerule_messages_in 12');
  expect(lines).toContain('homerule_rules_runs 3');
  expect(lines).toContain('homerule_uptime_seconds 60');
  expect(answer.body.toString()).toMatch(/process_resident_memory_bytes [1-9]/);
});
