// TLS, WebSocket over TLS and the unix socket with real clients; client certificates; certificates that change.
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect as connectSocket, createServer } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SystemClock, type Undo } from '../../src/base/index.ts';
import { type LogLine, recordingLogger, startBroker, type TestBroker } from '../support/broker.ts';
import { CertificateAuthority, CertificateFolder, type Pem } from '../support/certificates.ts';
import { PeerProcess, testWithMosquittoClients } from '../support/peers.ts';
import { connectBytes, RawClient } from '../support/raw-client.ts';

const authority = new CertificateAuthority('Homerule test CA');
const stranger = new CertificateAuthority('somebody else');
const host = '127.0.0.1';

let files: CertificateFolder;
let lines: LogLine[];
const houses: TestBroker[] = [];
const clients: MqttClient[] = [];

beforeEach(() => {
  files = new CertificateFolder();
  files.write(authority, authority.server());
  lines = [];
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  await Promise.all(houses.splice(0).map((house) => house.stop()));
  files.delete();
});

type Options = NonNullable<Parameters<typeof startBroker>[0]>;

async function start(
  tls: Partial<NonNullable<Options['tls']>> = {},
  more: Options = {},
): Promise<TestBroker> {
  const { cert, key, ca } = files;
  const house = await startBroker({
    listeners: { mqtt: { port: 0 }, mqtts: { port: 0 }, wss: { port: 0 }, unix: files.path('mqtt.sock') },
    tls: { cert, key, ca, ...tls },
    log: recordingLogger(lines),
    ...more,
  });
  houses.push(house);
  return house;
}

const portOf = (house: TestBroker, which: 'mqtts' | 'wss'): number =>
  house.broker.addresses()[which]?.port ?? 0;

async function connect(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await mqtt.connectAsync(url, { ca: authority.cert, reconnectPeriod: 0, ...options });
  clients.push(client);
  return client;
}

const said = (text: string): LogLine[] => lines.filter((line) => line.text.includes(text));

const peers = [
  { over: 'mqtts', protocolVersion: 4 },
  { over: 'mqtts', protocolVersion: 5 },
  { over: 'wss', protocolVersion: 4 },
  { over: 'wss', protocolVersion: 5 },
] as const;

test.each(peers)('MQTT.js over $over, version $protocolVersion', async ({ over, protocolVersion }) => {
  const house = await start();
  const path = over === 'wss' ? '/mqtt' : '';
  const client = await connect(`${over}://${host}:${portOf(house, over)}${path}`, { protocolVersion });
  const arrived = once(client as never, 'message');
  await client.subscribeAsync('home/#', { qos: 1 });
  await client.publishAsync('home/lux', 'x'.repeat(200_000), { qos: 1 });
  expect(String((await arrived)[1])).toHaveLength(200_000);
  expect(house.broker.clients()).toMatchObject([
    { address: host, transport: over === 'wss' ? 'wss' : 'tls', protocolVersion },
  ]);
});

test('versions of TLS before 1.2 are refused, and so is a client that does not know the CA', async () => {
  const house = await start();
  const port = portOf(house, 'mqtts');
  const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const socket = connectTls({ host, port, ca: authority.cert, ...old });
  await expect(once(socket, 'secureConnect')).rejects.toThrow();
  await expect(connect(`mqtts://${host}:${port}`, { ca: stranger.cert })).rejects.toThrow(/self.signed/);
  while (house.broker.counters().tlsFailed < 2) await new Promise((done) => setImmediate(done));
  expect(house.events).toMatchObject([{ kind: 'refused' }, { kind: 'refused' }]);
});

test('the unix socket is for its user only, counts as this machine, and a dead one is replaced', async () => {
  const path = files.path('mqtt.sock');
  const house = await start();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const socket = connectSocket(path, () => socket.write(connectBytes({ id: 'lamp' })));
  const [connack] = (await once(socket, 'data')) as [Buffer];
  expect([...connack]).toEqual([0x20, 2, 0, 0]);
  expect(house.broker.clients()).toMatchObject([{ id: 'lamp', address: '', transport: 'unix' }]);
  await expect(start()).rejects.toMatchObject({ code: 'listen-failed', message: /another process answers/ });
  socket.destroy();
  await house.stop();
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, 'mine');
  await expect(start()).rejects.toMatchObject({ code: 'listen-failed', message: /no socket/ });
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test('a taken TLS port is an error at the start', async () => {
  const holder = createServer().listen(0, host);
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(start({}, { listeners: { mqtts: { port } } })).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringMatching(new RegExp(`port ${port} .*mqtts.port`)),
  });
  holder.close();
});

/** What became of a connection: the CONNACK, or nothing at all. */
async function answerTo(house: TestBroker, pem: Partial<Pem>): Promise<number[]> {
  const socket = connectTls({ host, port: portOf(house, 'mqtts'), ca: authority.cert, ...pem });
  const got: Buffer[] = [];
  socket.on('error', () => socket.destroy());
  socket.on('secureConnect', () => socket.write(connectBytes({ id: 'lamp' })));
  socket.on('data', (bytes: Buffer) => {
    got.push(bytes);
    socket.end();
  });
  await once(socket, 'close');
  return [...Buffer.concat(got)];
}

const welcome = [0x20, 2, 0, 0];
const lamp = authority.client('lamp');
const certificateCases: [string, Partial<NonNullable<Options['tls']>>, Partial<Pem>, number[]][] = [
  ['none is asked for: a strange one does no harm', {}, stranger.client('lamp'), welcome],
  ['asked for: none is fine', { requestCertificate: true }, {}, welcome],
  ['asked for: a right one is fine', { requestCertificate: true }, lamp, welcome],
  ['asked for: a strange one is refused', { requestCertificate: true }, stranger.client('lamp'), []],
  ['required: none is refused', { requireCertificate: true }, {}, []],
  ['required: a right one is fine', { requireCertificate: true }, lamp, welcome],
  ['required: a strange one is refused', { requireCertificate: true }, stranger.client('lamp'), []],
  ['required: an expired one is refused', { requireCertificate: true }, authority.client('lamp', 1), []],
  ['required: that of a server is refused', { requireCertificate: true }, authority.server(), []],
];

test.each(certificateCases)('client certificates, %s', async (_what, tls, pem, answer) => {
  const house = await start(tls);
  expect(await answerTo(house, pem)).toEqual(answer);
  expect(house.broker.counters().tlsFailed).toBe(answer === welcome ? 0 : 1);
});

const identity = { requireCertificate: true, useIdentityAsUsername: true };

test.each(['a+b', '#', 'a/b', 'a\nb', 'a:b'])('a common name such as %j is no user name', async (name) => {
  const house = await start(identity);
  expect(await answerTo(house, authority.client(name))).toEqual([]);
});

test('the common name is the user: its own topics and no others', async () => {
  const house = await start(identity);
  const client = await connect(`mqtts://${host}:${portOf(house, 'mqtts')}`, {
    ...authority.client('lamp'),
    username: 'admin',
    password: 'guess',
    protocolVersion: 5,
  });
  expect(house.broker.clients()).toMatchObject([{ user: 'lamp' }]);
  await client.publishAsync('lamp/state', 'on', { qos: 1 });
  await expect(client.publishAsync('door/state', 'open', { qos: 1 })).rejects.toThrow(/[Nn]ot authorized/);
  expect(house.accepted.map(({ topic }) => topic)).toEqual(['lamp/state']);
});

/** A clock whose long waits pass when the test says so. */
class Impatient extends SystemClock {
  readonly #waits = new Set<() => void>();

  override after(ms: number, run: () => void): Undo {
    if (ms !== 60_000) return super.after(ms, run);
    this.#waits.add(run);
    return () => this.#waits.delete(run);
  }

  get waits(): number {
    return this.#waits.size;
  }

  /** A minute passes. */
  pass(): void {
    for (const run of [...this.#waits]) {
      this.#waits.delete(run);
      run();
    }
  }
}

async function namePresented(port: number): Promise<string> {
  const socket: TLSSocket = connectTls({ host, port, ca: authority.cert });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

test('a renewed certificate is taken within a minute, and nobody is cut off', async () => {
  const clock = new Impatient();
  const house = await start({}, { clock });
  const port = portOf(house, 'mqtts');
  const client = await connect(`mqtts://${host}:${port}`);
  expect(await namePresented(port)).toBe('house');
  files.write(authority, authority.server({ name: 'renewed' }));
  clock.pass();
  while (clock.waits === 0) await new Promise((done) => setImmediate(done));
  expect(await namePresented(port)).toBe('renewed');
  await client.publishAsync('still', 'here', { qos: 1 });
  expect(house.events.filter(({ kind }) => kind === 'disconnected')).toEqual([]);
  expect(said('in force')).toHaveLength(2);
});

test('a bad file leaves the old certificate in force and is said once', async () => {
  const house = await start();
  const port = portOf(house, 'mqtts');
  // Renewal in two steps: for a moment the key belongs to another certificate.
  const next = authority.server({ name: 'renewed' });
  files.put('house.pem', next.cert);
  for (let i = 0; i < 3; i++) await house.broker.reload();
  expect(said('the old one stays in force')).toHaveLength(1);
  expect(await namePresented(port)).toBe('house');
  files.put('house.key', next.key);
  await house.broker.reload();
  expect(await namePresented(port)).toBe('renewed');
});

test('without a certificate that can be used the other listeners open, and TLS follows', async () => {
  files.put('house.key', 'not a key');
  const house = await start();
  expect(house.broker.addresses()).toEqual({
    mqtt: { host, port: house.mqttPort },
    unix: files.path('mqtt.sock'),
  });
  expect(said('TLS listeners stay closed')).toHaveLength(1);
  files.write(authority, authority.server());
  await house.broker.reload();
  while (portOf(house, 'wss') === 0) await new Promise((done) => setImmediate(done));
  expect(await namePresented(portOf(house, 'mqtts'))).toBe('house');
});

test('files that may be absent are waited for in silence', async () => {
  files.delete();
  const house = await start({ mayBeAbsent: true }, { listeners: { mqtt: { port: 0 }, mqtts: { port: 0 } } });
  expect(lines).toEqual([]);
  expect(portOf(house, 'mqtts')).toBe(0);
  files = new CertificateFolder();
});

test('a certificate that ends within thirty days is warned of', async () => {
  files.write(authority, authority.server({ days: 20 }));
  const house = await start();
  await house.broker.reload();
  expect(said('ends soon')).toMatchObject([{ level: 'warn', fields: { days: 17 } }]);
});

test('a peer that begins no TLS is cut when its time is over', async () => {
  const house = await start({}, { limits: { connectMs: 100 } });
  const silent = await RawClient.open(portOf(house, 'mqtts'));
  await silent.closed();
  expect(house.broker.counters()).toMatchObject({ connectTimeouts: 1, clients: 0 });
});

testWithMosquittoClients('mosquitto_pub and mosquitto_sub over TLS, with a client certificate', async () => {
  const house = await start({ requireCertificate: true });
  const { cert, key } = authority.client('sub');
  const secure = ['--cafile', files.ca, '--cert', files.put('c.pem', cert), '--key', files.put('c.key', key)];
  const at = ['-h', 'localhost', '-p', String(portOf(house, 'mqtts')), ...secure];
  const sub = new PeerProcess('mosquitto_sub', [...at, '-t', 'home/#', '-C', '1', '-W', '10', '-q', '1']);
  while (house.broker.clients().every(({ subscriptions }) => subscriptions.length === 0)) {
    await new Promise((done) => setImmediate(done));
  }
  const pub = new PeerProcess('mosquitto_pub', [...at, '-t', 'home/lux', '-m', '42', '-q', '2']);
  expect(await pub.finished()).toEqual({ code: 0, output: '' });
  expect(await sub.finished()).toEqual({ code: 0, output: '42\n' });
});

testWithMosquittoClients('mosquitto_pub on the unix socket', async () => {
  const house = await start();
  const pub = new PeerProcess('mosquitto_pub', [
    '--unix',
    files.path('mqtt.sock'),
    '-t',
    'a',
    '-m',
    'x',
    '-q',
    '1',
  ]);
  expect(await pub.finished()).toEqual({ code: 0, output: '' });
  expect(house.accepted).toMatchObject([{ topic: 'a' }]);
});
