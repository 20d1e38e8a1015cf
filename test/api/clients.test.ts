// Clients in the whole house: over TLS with the certificate of the house, listed, ended; statistics that rules hear.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ClientSummary, Page, SystemView } from '../../src/api/index.ts';
import { invoke } from '../cli/invoke.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { LiveClient } from '../support/live-client.ts';
import { PeerProcess, testWithMosquittoClients } from '../support/peers.ts';

let dataDir = '';
let house: TestHouse;
const clients: MqttClient[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'homerule-clients-'));
  await invoke(['certificate', '--data', dataDir]);
  house = await startHouse({ dataDir, env: { HOMERULE_MQTTS__PORT: '0', HOMERULE_WSS__PORT: '0' } });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
  await house.stop();
  rmSync(dataDir, { recursive: true });
});

async function get<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${house.url}/api/v1${path}`)).json()) as Answer;
}

async function end(id: string): Promise<number> {
  const { status } = await fetch(`${house.url}/api/v1/clients/${encodeURIComponent(id)}`, {
    method: 'DELETE',
  });
  return status;
}

const listClients = async (): Promise<readonly ClientSummary[]> =>
  (await get<Page<ClientSummary>>('/clients')).items;

async function connect(url: string, options: IClientOptions): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 0, ...options });
  clients.push(client);
  return client;
}

async function addressOf(kind: string): Promise<URL> {
  const { listeners } = await get<SystemView>('/system');
  return new URL(listeners.find((each) => each.kind === kind)?.address ?? '');
}

const ca = (): Buffer => readFileSync(join(dataDir, 'tls', 'ca.pem'));

test('clients are listed with what they carry, and can be ended', async () => {
  const options = {
    clientId: 'attic/lamp',
    clean: false,
    protocolVersion: 4,
    keepalive: 30,
    ca: ca(),
  } as const;
  const lamp = await connect((await addressOf('mqtts')).href, options);
  await lamp.subscribeAsync('lamp/#', { qos: 1 });
  await lamp.publishAsync('lamp/state', 'on', { qos: 1 });
  expect(await listClients()).toMatchObject([
    {
      id: 'attic/lamp',
      connected: true,
      address: '127.0.0.1',
      transport: 'tls',
      protocol: '3.1.1',
      keepAlive: 30,
      clean: false,
      subscriptions: [{ filter: 'lamp/#', qos: 1 }],
      messagesIn: 1,
      messagesOut: 1,
      dropped: 0,
    },
  ]);
  const closed = once(lamp as never, 'close');
  expect(await end('attic/lamp')).toBe(204);
  await closed;
  const sender = await connect(`mqtt://127.0.0.1:${house.mqttPort}`, { clientId: 'sender' });
  await sender.publishAsync('lamp/set', 'off', { qos: 1 });
  expect(await listClients()).toMatchObject([
    { id: 'attic/lamp', connected: false, subscriptions: [{ filter: 'lamp/#', qos: 1 }], queued: 1 },
    { id: 'sender', connected: true, transport: 'tcp' },
  ]);
  expect(await end('attic/lamp')).toBe(204);
  expect((await listClients()).map(({ id }) => id)).toEqual(['sender']);
  expect(await end('attic/lamp')).toBe(404);
});

test('the lists come in pages', async () => {
  for (const clientId of ['c', 'a', 'b']) await connect(`mqtt://127.0.0.1:${house.mqttPort}`, { clientId });
  const first = await get<Page<ClientSummary>>('/clients?limit=2');
  expect([first.items.map(({ id }) => id), first.next]).toEqual([['a', 'b'], 'b']);
  const rest = await get<Page<ClientSummary>>(`/clients?limit=2&cursor=${first.next}`);
  expect(rest.items.map(({ id }) => id)).toEqual(['c']);
  expect(rest.next).toBeUndefined();
});

test('a rule hears who comes and who goes, and the live channel tells of it', async () => {
  const live = new LiveClient(`${house.url.replace('http', 'ws')}/api/v1/live`);
  await live.next();
  await live.ask({ op: 'sub', id: 'l', channel: 'log', filter: 'lamp' });
  const source =
    'id: gone\ntriggers: [{ client: "la*", to: disconnected }]\nactions: [{ publish: told, payload: "{{ payload.reason }}" }]';
  const headers = { 'Content-Type': 'text/yaml' };
  await fetch(`${house.url}/api/v1/rules`, { method: 'POST', headers, body: source });
  const panel = await connect(`mqtt://127.0.0.1:${house.mqttPort}`, { clientId: 'panel' });
  await panel.subscribeAsync('told');
  const told = once(panel as never, 'message');
  const lamp = await connect(`mqtt://127.0.0.1:${house.mqttPort}`, { clientId: 'lamp', protocolVersion: 5 });
  await lamp.subscribeAsync('a/b');
  await lamp.endAsync();
  expect(String((await told)[1])).toBe('left');
  const lines: unknown[] = [];
  while (lines.length < 3) lines.push(...((await live.next()).items ?? []));
  expect(lines).toMatchObject([
    { source: 'client', by: 'lamp', text: 'connected from 127.0.0.1 over tcp, MQTT 5.0' },
    { by: 'lamp', kind: 'subscribed', text: 'subscribed a/b' },
    { by: 'lamp', kind: 'disconnected', text: 'disconnected: left' },
  ]);
  live.socket.close();
});

test('a renewed certificate is taken on SIGHUP', async () => {
  const { port } = await addressOf('mqtts');
  const presented = async (): Promise<string> => {
    const socket = connectTls({ host: 'localhost', port: Number(port), ca: ca() });
    await once(socket, 'secureConnect');
    const { serialNumber } = socket.getPeerCertificate();
    socket.destroy();
    return serialNumber;
  };
  const before = await presented();
  await invoke(['certificate', '--data', dataDir]);
  process.kill(house.pid, 'SIGHUP');
  while ((await presented()) === before);
  expect(house.output()).toContain('in force');
});

test('a rule may wake on a statistic; without one rules hear of none', async () => {
  expect((await get<Page<{ topic: string }>>('/topics?prefix=$SYS')).items).toEqual([]);
  const rule = {
    id: 'crowd',
    triggers: [{ message: '$SYS/broker/clients/connected' }],
    actions: [{ publish: 'home/crowd', payload: '{{ payload }}', retain: true }],
  };
  const saved = await fetch(`${house.url}/api/v1/rules`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  });
  expect(saved.status).toBe(201);
  const client = await connect(`mqtt://127.0.0.1:${house.mqttPort}`, {});
  await client.subscribeAsync('home/crowd');
  const [topic, payload] = await once(client as never, 'message');
  expect([topic, String(payload)]).toEqual(['home/crowd', '1']);
});

test('the counters of the broker have names that dashboards may rely on', async () => {
  const text = await (await fetch(`${house.url}/metrics`)).text();
  const names = [...text.matchAll(/^(homerule_\w+) /gm)].map(([, name]) => name);
  const stable = ['clients', 'connections', 'sockets_opened', 'packets_received', 'packets_sent'];
  stable.push(
    'publishes_received',
    'publishes_sent',
    'bytes_received',
    'bytes_sent',
    'payload_bytes_received',
  );
  stable.push(
    'payload_bytes_sent',
    'retained_messages',
    'absent_sessions',
    'queued_messages',
    'queue_dropped',
  );
  stable.push(
    'send_dropped',
    'malformed',
    'denied_publishes',
    'refused_logins',
    'tls_failed',
    'refused_proxies',
  );
  expect(names).toEqual(expect.arrayContaining(stable.map((name) => `homerule_${name}`)));
});

testWithMosquittoClients('mosquitto_sub and mosquitto_pub trust the CA of the house', async () => {
  const { port } = await addressOf('mqtts');
  const at = ['-h', 'localhost', '-p', port, '--cafile', join(dataDir, 'tls', 'ca.pem')];
  const pub = new PeerProcess('mosquitto_pub', [...at, '-t', 'a', '-m', 'hello', '-r', '-q', '1']);
  expect(await pub.finished()).toEqual({ code: 0, output: '' });
  const sub = new PeerProcess('mosquitto_sub', [...at, '-t', 'a', '-C', '1', '-W', '10']);
  expect(await sub.finished()).toEqual({ code: 0, output: 'hello\n' });
});
