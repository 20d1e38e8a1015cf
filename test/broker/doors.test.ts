// Listeners: addresses, taken ports, the gate before WebSocket upgrades, peers that are not this machine.
import { once } from 'node:events';
import { createServer as createHttpServer, get, type IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SystemClock } from '../../src/base/index.ts';
import { Broker } from '../../src/broker/index.ts';
import { type LogLine, recordingLogger, startBroker, type TestBroker } from '../support/broker.ts';
import { connectBytes, publishBytes, RawClient } from '../support/raw-client.ts';

const started: TestBroker[] = [];
async function start(options?: Parameters<typeof startBroker>[0]): Promise<TestBroker> {
  const house = await startBroker(options);
  started.push(house);
  return house;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((house) => house.stop()));
});

/** The answer to an upgrade that was refused. */
async function refusedUpgrade(
  port: number,
  path: string,
  headers: Record<string, string>,
): Promise<IncomingMessage> {
  const request = get({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-protocol': 'mqtt',
      ...headers,
    },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'close');
  return response;
}

const refusals = [
  { what: 'a foreign Host', path: '/mqtt', headers: { host: 'attacker.example' }, status: 421 },
  { what: 'a rebound name', path: '/mqtt', headers: { host: '127.0.0.1.nip.io' }, status: 421 },
  { what: 'a foreign Origin', path: '/mqtt', headers: { origin: 'https://attacker.example' }, status: 403 },
  { what: 'Origin null', path: '/mqtt', headers: { origin: 'null' }, status: 403 },
  { what: 'a forwarded request', path: '/mqtt', headers: { 'x-forwarded-for': '127.0.0.1' }, status: 403 },
  { what: 'another path', path: '/', headers: {}, status: 404 },
  { what: 'no mqtt subprotocol', path: '/mqtt', headers: { 'sec-websocket-protocol': 'chat' }, status: 400 },
];

test.each(refusals)('$what is refused with $status before the upgrade', async ({ path, headers, status }) => {
  const house = await start();
  const response = await refusedUpgrade(house.wsPort, path, headers);
  expect(response.statusCode).toBe(status);
  expect(response.headers.upgrade).toBeUndefined();
  expect(house.broker.counters()).toMatchObject({ refusedUpgrades: 1, clients: 0 });
  expect(house.events).toMatchObject([{ kind: 'refused', address: '127.0.0.1' }]);
});

test('a plain request is told to upgrade', async () => {
  const house = await start();
  const request = get({ host: '127.0.0.1', port: house.wsPort, path: '/mqtt', agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(426);
});

test('B55: the same origin may upgrade; the answer names the subprotocol and no extension', async () => {
  const house = await start();
  const host = `localhost:${house.wsPort}`;
  const socket = new WebSocket(`ws://127.0.0.1:${house.wsPort}/mqtt`, 'mqtt', {
    origin: `http://${host}`,
    headers: { host },
  });
  await once(socket, 'open');
  expect(socket.protocol).toBe('mqtt');
  expect(socket.extensions).toBe('');
  socket.send(connectBytes({ id: 'web' }));
  const [connack] = await once(socket, 'message');
  expect([...Buffer.from(connack as Buffer)].slice(0, 1)).toEqual([0x20]);
  expect(house.broker.clients()).toMatchObject([{ id: 'web', address: '127.0.0.1' }]);
  socket.terminate();
});

test('B54: a text frame closes with 1003, an oversized one with 1009', async () => {
  const house = await start();
  const cases: [string | Buffer, number][] = [
    ['text', 1003],
    [Buffer.alloc(1_048_577), 1009],
  ];
  for (const [data, code] of cases) {
    const socket = new WebSocket(`ws://127.0.0.1:${house.wsPort}/mqtt`, 'mqtt');
    await once(socket, 'open');
    socket.send(data);
    expect((await once(socket, 'close'))[0]).toBe(code);
  }
  const client = await RawClient.open(house.mqttPort, { id: 'c' });
  await client.settled();
});

/** What a WebSocket of raw frames gets: a frame with this head, masked with zeros, then its content. */
const frame = (head: readonly number[], content = Buffer.alloc(0)): Buffer =>
  Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), content]);

test.each([
  { what: 'a frame that claims 1 GB', send: frame([0x82, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0]), code: 1009 },
  { what: 'a million fragments of one byte', send: fragments(1_000_000), code: 1008 },
])('B54: $what closes with $code', async ({ send, code }) => {
  const house = await start();
  const socket = new WebSocket(`ws://127.0.0.1:${house.wsPort}/mqtt`, 'mqtt');
  const [request] = (await once(socket, 'upgrade')) as [IncomingMessage];
  request.socket.on('error', () => request.socket.destroy());
  request.socket.write(send);
  expect((await once(socket, 'close'))[0]).toBe(code);
  const client = await RawClient.open(house.mqttPort, { id: 'c' });
  await client.settled();
});

function fragments(count: number): Buffer {
  const one = frame([0x00, 0x81], Buffer.from([0]));
  return Buffer.concat([frame([0x02, 0x81], Buffer.from([0x10])), ...Array<Buffer>(count).fill(one)]);
}

test('an upgrade of another HTTP server is taken over, path and subprotocol checked', async () => {
  const house = await start();
  const server = createHttpServer();
  server.on('upgrade', (request, socket, head) => house.broker.handleUpgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect((await refusedUpgrade(port, '/other', {})).statusCode).toBe(404);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, 'mqtt');
  await once(socket, 'open');
  socket.send(Buffer.concat([connectBytes({ id: 'web' }), publishBytes({ topic: 'a', qos: 1, id: 1 })]));
  while (house.accepted.length === 0) await once(socket, 'message');
  expect(house.accepted).toMatchObject([{ topic: 'a', by: 'web' }]);
  socket.terminate();
  server.close();
});

async function bind(): Promise<{ readonly port: number; readonly close: () => Promise<unknown> }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, close: () => once(server.close(), 'close') };
}

test.each(['mqtt', 'ws'] as const)(
  'a taken %s port is an error that names it and the way out',
  async (which) => {
    const other = await bind();
    await other.close();
    const holder = await bind();
    const flag = which === 'mqtt' ? '--mqtt-port' : '--ws-port';
    const listeners = {
      mqtt: { port: other.port },
      ws: { port: other.port },
      [which]: { port: holder.port },
    };
    await expect(startBroker({ listeners })).rejects.toMatchObject({
      code: 'port-in-use',
      kind: 'unavailable',
      message: expect.stringMatching(new RegExp(`port ${holder.port} .*mosquitto.*${flag}`)),
      details: { port: holder.port },
    });
    await holder.close();
    // Nothing of the failed start is left: both ports can be taken now.
    const house = await start({ listeners });
    expect(house.broker.addresses()).toMatchObject({
      [which]: { port: holder.port },
      [which === 'mqtt' ? 'ws' : 'mqtt']: { port: other.port },
    });
  },
);

test('an address of another machine is a clear error too', async () => {
  const listeners = { mqtt: { host: '192.0.2.1', port: 0 } };
  await expect(startBroker({ listeners })).rejects.toMatchObject({ code: 'listen-failed' });
});

test('listeners are on loopback unless told otherwise, and may be left out', async () => {
  const house = await start({ listeners: { mqtt: { port: 0 } } });
  expect(house.broker.addresses()).toEqual({ mqtt: { host: '127.0.0.1', port: house.mqttPort } });
});

const outside = Object.values(networkInterfaces())
  .flat()
  .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;

test.skipIf(outside === undefined)(
  'a peer that is not loopback is refused, counted, and logged once a minute',
  async () => {
    const lines: LogLine[] = [];
    const house = await start({
      listeners: { mqtt: { host: '0.0.0.0', port: 0 } },
      log: recordingLogger(lines),
    });
    for (let i = 0; i < 3; i++) {
      const socket = connect({ host: outside ?? '', port: house.mqttPort });
      socket.on('error', () => socket.destroy());
      await once(socket, 'close');
    }
    expect(house.broker.counters().refusedPeers).toBe(3);
    expect(house.events).toHaveLength(3);
    expect(lines.filter((line) => line.level === 'warn')).toMatchObject([{ fields: { address: outside } }]);
  },
);

test('past the limit of connections new ones are dropped and counted', async () => {
  const house = await start({ limits: { connections: 2 } });
  const first = await RawClient.open(house.mqttPort, { id: 'a' });
  await RawClient.open(house.mqttPort, { id: 'b' });
  const third = await RawClient.open(house.mqttPort);
  await third.closed();
  expect(house.broker.counters().refusedFull).toBe(1);
  await first.settled();
});

test('before start and after stop there is a clear error', async () => {
  const house = await startBroker();
  await house.stop();
  await house.stop();
  expect(() => house.broker.clients()).toThrow(expect.objectContaining({ code: 'broker-stopped' }));
  expect(house.broker.isRetained('a')).toBe(false);
});

test('an aborted start opens nothing', async () => {
  const broker = new Broker({
    listeners: { mqtt: { port: 0 } },
    gate: { hosts: [], origins: [], machine: 'house' },
    accept: () => undefined,
    commits: { open: 1, whenCommitted: (_batch, done) => done() },
    retained: { put: () => undefined, delete: () => undefined },
    loadRetained: async () => [],
    clock: new SystemClock(),
    log: recordingLogger([]),
  });
  await expect(broker.start(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
