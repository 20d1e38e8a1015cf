// Users and access in the whole house: from the command line to real clients, over a restart, and taken back live.
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import { invoke } from '../cli/invoke.ts';
import { startHouse, type TestHouse } from '../support/house.ts';
import { findPython, PeerProcess, testWith, testWithMosquittoClients } from '../support/peers.ts';

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: { dataDir?: string; env?: Record<string, string> } = {}): Promise<TestHouse> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'homerule-access-'));
  if (options.dataDir === undefined) undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const started = await startHouse({ dataDir, ...(options.env && { env: options.env }) });
  undo.push(() => started.stop());
  return started;
}

async function cli(at: TestHouse, ...argv: string[]): Promise<string> {
  const { code, out, err } = await invoke([...argv, '--data', at.dataDir]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

async function client(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const connected = await connectAsync(url, { reconnectPeriod: 0, ...options });
  undo.push(() => connected.endAsync(true));
  return connected;
}

function happened(client: MqttClient, event: 'message' | 'close'): Promise<void> {
  return new Promise((resolve) => client.once(event, () => resolve()));
}

const lamp = { username: 'lamp', password: 'geheim-7' };

/** An address of this machine that is not loopback: from there we look like another machine. */
const elsewhere = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

describe.skipIf(elsewhere === undefined)('from another machine', () => {
  test('nobody comes in until there is a user, then only with its password', async () => {
    const at = await house({ env: { HOMERULE_MQTT__HOST: '0.0.0.0', HOMERULE_WS__HOST: '0.0.0.0' } });
    const url = `mqtt://${elsewhere}:${at.mqttPort}`;
    await once(connect({ host: elsewhere, port: at.mqttPort }), 'close');
    await cli(at, 'user', 'add', 'lamp', '--password', lamp.password);
    for (const protocolVersion of [4, 5] as const) {
      await expect(client(url, { protocolVersion })).rejects.toThrow(/not authorized/i);
      await expect(client(url, { ...lamp, password: 'no', protocolVersion })).rejects.toThrow(
        /not authorized/i,
      );
      await client(url, { ...lamp, protocolVersion });
    }
    await client(`ws://${elsewhere}:${at.wsPort}/mqtt`, lamp);
  });
});

test('a user survives a restart, and its password is nowhere to be read', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homerule-access-'));
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const first = await startHouse({ dataDir });
  await cli(first, 'user', 'add', 'lamp', '--password', lamp.password);
  await cli(first, 'acl', 'add', 'lamp', 'read', 'home/#');
  await first.kill();
  const at = await house({ dataDir });
  await client(`mqtt://127.0.0.1:${at.mqttPort}`, lamp);
  expect(await cli(at, 'acl', 'list')).toContain('home/#');
  for (const path of ['/users', '/users/lamp']) {
    const body = await (await fetch(`${at.url}/api/v1${path}`)).text();
    expect(body).toContain('"lamp"');
    expect(body).not.toMatch(/geheim|\$7\$/);
  }
  const files = readdirSync(dataDir).filter((name) => name.startsWith('homerule.db'));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) expect(readFileSync(join(dataDir, name)).includes(lamp.password)).toBe(false);
  expect(at.output()).not.toContain('geheim');
});

test('what is granted and taken back holds for open subscriptions within a second', async () => {
  const at = await house();
  const url = `mqtt://127.0.0.1:${at.mqttPort}`;
  await cli(at, 'user', 'add', 'lamp', '--password', lamp.password);
  const panel = await client(url, { ...lamp, clientId: 'panel' });
  const heard: string[] = [];
  panel.on('message', (topic) => heard.push(topic));
  await panel.subscribeAsync('#');
  const house1 = await client(url);
  /** The second message is always let through, and comes after the first. */
  const send = async (topic: string): Promise<void> => {
    const arrived = happened(panel, 'message');
    await house1.publishAsync(topic, '1', { qos: 1 });
    await house1.publishAsync('lamp/mark', '1', { qos: 1 });
    await arrived;
    while (heard.at(-1) !== 'lamp/mark') await happened(panel, 'message');
  };
  await send('home/1');
  const added = await cli(at, 'acl', 'add', 'lamp', 'read', 'home/+', '--json');
  await send('home/2');
  await cli(at, 'acl', 'delete', (JSON.parse(added) as { id: string }).id);
  await send('home/3');
  expect(heard).toEqual(['lamp/mark', 'home/2', 'lamp/mark', 'lamp/mark']);

  const gone = happened(panel, 'close');
  const start = performance.now();
  await cli(at, 'user', 'delete', 'lamp');
  await gone;
  const ms = performance.now() - start;
  console.log(`connection ended ${Math.round(ms)} ms after the command to delete its user began`);
  await expect(client(url, lamp)).resolves.toBeDefined(); // nobody is left, so this machine needs no name again
});

test('a bad file on reload is told, and nothing changes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'homerule-access-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const passwordFile = join(folder, 'users');
  await invoke(['passwd', '-c', '-b', passwordFile, 'lamp', lamp.password]);
  const at = await house({ env: { HOMERULE_ACCESS__PASSWORDFILE: passwordFile } });
  const url = `mqtt://127.0.0.1:${at.mqttPort}`;
  await client(url, lamp);
  await invoke(['passwd', '-b', passwordFile, 'fan', 'other']);
  await cli(at, 'acl', 'reload');
  await client(url, { username: 'fan', password: 'other' });
  rmSync(passwordFile);
  const { code, err } = await invoke(['acl', 'reload', '--data', at.dataDir]);
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('access.passwordFile') });
  await client(url, { username: 'fan', password: 'other' });
});

test('a password that the house made is told once and lets its user in; each has the rounds that it needs', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'homerule-access-'));
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const at = await house({ dataDir });
  const made = JSON.parse(await cli(at, 'user', 'add', 'fan', '--json')) as { password: string };
  expect(Buffer.from(made.password, 'base64url')).toHaveLength(16);
  await client(`mqtt://localhost:${at.mqttPort}`, { username: 'fan', password: made.password });
  await cli(at, 'user', 'add', 'lamp', '--password', lamp.password);
  await cli(at, 'user', 'add', 'anna', '--role', 'admin', '--password', lamp.password);
  const listed = await (await fetch(`${at.url}/api/v1/users`)).text();
  expect(listed).not.toMatch(/password|\$7\$/);
  const db = new Sqlite(join(dataDir, 'homerule.db'), { readonly: true });
  const hashes = db.prepare<[], [string, string]>('SELECT name, password FROM users').raw().all();
  db.close();
  const rounds = hashes.map(([name, hash]) => [name, hash.split('$')[2]]);
  expect(Object.fromEntries(rounds)).toEqual({ anna: '210000', fan: '1000', lamp: '50000' });
});

test('a bad user is refused', async () => {
  const at = await house();
  const headers = { 'content-type': 'application/json' };
  for (const user of [
    { name: 'a+b', password: 'x' },
    { name: 'homerule', password: 'x' },
    { name: ' lamp', password: 'x' },
    { name: 'lamp', password: '' },
  ]) {
    const answer = await fetch(`${at.url}/api/v1/users`, {
      method: 'POST',
      headers,
      body: JSON.stringify(user),
    });
    expect(await answer.json()).toMatchObject({ status: 400, code: 'user-invalid' });
  }
  await cli(at, 'user', 'add', 'lamp', '--password', 'x');
  expect((await invoke(['user', 'add', 'lamp', '--data', at.dataDir])).err).toContain('user-exists');
  expect((await invoke(['acl', 'add', 'fan', 'read', 'a', '--data', at.dataDir])).err).toContain(
    'user-missing',
  );
  expect((await invoke(['acl', 'add', 'lamp', 'read', '#/a', '--data', at.dataDir])).err).toContain(
    'bad-filter',
  );
  expect((await invoke(['user', 'delete', 'fan', '--data', at.dataDir])).err).toContain('user-missing');
});

describe('other people’s clients', () => {
  const peers: PeerProcess[] = [];
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.kill();
  });

  const run = (command: string, ...argv: string[]): PeerProcess => {
    const peer = new PeerProcess(command, argv);
    peers.push(peer);
    return peer;
  };

  testWithMosquittoClients('mosquitto_pub and mosquitto_sub with -u and -P', async () => {
    const at = await house();
    await cli(at, 'user', 'add', 'lamp', '--password', lamp.password);
    for (const version of ['mqttv311', 'mqttv5']) {
      const to = ['-h', '127.0.0.1', '-p', `${at.mqttPort}`, '-V', version, '-u', 'lamp', '-P'];
      const publish = (topic: string, password: string) =>
        run('mosquitto_pub', ...to, password, '-t', topic, '-m', version, '-q', '1', '-r').finished();
      expect(await publish('lamp/kept', lamp.password)).toMatchObject({ code: 0, output: '' });
      expect((await publish('lamp/kept', 'no')).output).toMatch(/not authori[sz]ed/i);
      const denied = await publish('other', lamp.password);
      expect(denied.output).toMatch(version === 'mqttv5' ? /Not authorized/i : /^$/);
      const sub = run('mosquitto_sub', ...to, lamp.password, '-t', '#', '-v', '-C', '1', '-W', '15');
      expect(await sub.finished()).toEqual({ code: 0, output: `lamp/kept ${version}\n` });
    }
  });

  const python = findPython('paho.mqtt.client');
  testWith(
    'python3-paho-mqtt',
    python !== undefined,
    'apt install python3-paho-mqtt',
  )('paho with username_pw_set', async () => {
    const at = await house();
    await cli(at, 'user', 'add', 'lamp', '--password', lamp.password);
    const script = [
      'import sys, paho.mqtt.client as m',
      'c = m.Client(m.CallbackAPIVersion.VERSION2) if hasattr(m, "CallbackAPIVersion") else m.Client()',
      'c.username_pw_set("lamp", sys.argv[2])',
      'def done(c, u, flags, code, *more):',
      '    print(code.value if hasattr(code, "value") else code); c.disconnect()',
      'c.on_connect = done',
      'c.connect("127.0.0.1", int(sys.argv[1])); c.loop_forever()',
    ].join('\n');
    const ask = (password: string) => run(python ?? '', '-c', script, `${at.mqttPort}`, password).finished();
    expect((await ask(lamp.password)).output.trim()).toBe('0');
    expect(['5', '135']).toContain((await ask('no')).output.trim().split('\n')[0]);
  });
});
