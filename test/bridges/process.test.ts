// The whole house in its own process: kill -9 with messages under way, and what people see of a bridge.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, expect, test } from 'vitest';
import type { BridgeView, Page, RunSummary } from '../../src/api/index.ts';
import { begin } from '../cli/invoke.ts';
import { type TestHouse as Process, startHouse as startProcess } from '../support/house.ts';
import { Relay } from './relay.ts';
import { startHouse } from './support.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'homerule-test-'));
  undo.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function client(port: number): Promise<MqttClient> {
  const connected = await connectAsync({ host: '127.0.0.1', port, reconnectPeriod: 0 });
  // The house is killed under it.
  connected.on('error', () => connected.end(true));
  undo.push(() => connected.end(true));
  return connected;
}

interface Ledger {
  said: number;
  readonly acknowledged: number[];
}

/** Says numbers under `test/q0`, `test/q1` and `test/q2`, up to twenty under way, and kills after so many acknowledgements. */
async function talkUntilKilled(house: Process, ledger: Ledger, enough: number): Promise<void> {
  const talker = await client(house.mqttPort);
  const target = ledger.acknowledged.length + enough;
  const lanes = Array.from({ length: 20 }, async () => {
    while (ledger.acknowledged.length < target) {
      const number = ledger.said++;
      const qos = number % 2 === 0 ? 1 : 2;
      await talker.publishAsync(`test/q${qos}`, String(number), { qos });
      ledger.acknowledged.push(number);
    }
  });
  const closed = new Promise<void>((resolve) => {
    talker.once('close', () => resolve());
  });
  await Promise.race([Promise.allSettled(lanes), closed]);
  await house.kill();
}

test('kill -9 with messages under way: nothing acknowledged is lost, QoS 2 arrives once', {
  timeout: 120_000,
}, async () => {
  const remote = await startHouse({ name: 'remote' });
  undo.push(() => remote.stop());
  const wire = await Relay.to(remote.port);
  undo.push(() => wire.stop());
  const dataDir = folder();
  const bridge = {
    name: 'up',
    addresses: [`127.0.0.1:${wire.port}`],
    topics: ['test/# out 2'],
    restartTimeout: { base: '100ms', cap: '200ms' },
  };
  writeFileSync(join(dataDir, 'homerule.yaml'), JSON.stringify({ bridges: [bridge] }));
  const ledger: Ledger = { said: 0, acknowledged: [] };
  for (const [round, enough] of [30, 150, 70, 200, 10].entries()) {
    if (round % 2 === 0) wire.mend();
    else wire.cut();
    const house = await startProcess({ dataDir });
    await talkUntilKilled(house, ledger, enough);
  }
  wire.mend();
  const last = await startProcess({ dataDir });
  undo.push(() => last.stop());
  const closing = await client(last.mqttPort);
  await closing.publishAsync('test/end', '', { qos: 1 });
  const heard = new Set<string>();
  for (let count = 1; !heard.has('test/end '); count++)
    heard.add((await remote.untilHeard(count))[count - 1] ?? '');
  const missing = ledger.acknowledged.filter(
    (number) => !heard.has(`test/q${number % 2 === 0 ? 1 : 2} ${number}`),
  );
  const twice = remote.heard.filter(
    (line, index) => line.startsWith('test/q2') && remote.heard.indexOf(line) !== index,
  );
  expect({ missing, twice, acknowledged: ledger.acknowledged.length >= 460 }).toEqual({
    missing: [],
    twice: [],
    acknowledged: true,
  });
});

async function ask<Answer>(house: Process, path: string, init: RequestInit = {}): Promise<[number, Answer]> {
  const answer = await fetch(`${house.url}/api/v1${path}`, {
    ...init,
    headers: { 'content-type': 'application/json' },
  });
  const text = await answer.text();
  return [answer.status, (text === '' ? undefined : JSON.parse(text)) as Answer];
}

test('a bridge is made, shown, kept over a restart, changed and removed; stored messages wake no rule', async () => {
  const remote = await startHouse({ name: 'remote' });
  undo.push(() => remote.stop());
  remote.publish('test/old', 'stored', { retain: true });
  const dataDir = folder();
  const first = await startProcess({ dataDir });
  const rule = 'id: hears\ntriggers: [{ message: test/# }]\nactions: [{ log: heard }]\n';
  const yaml = { method: 'PUT', headers: { 'content-type': 'text/yaml' }, body: rule };
  expect((await fetch(`${first.url}/api/v1/rules/hears`, yaml)).status).toBe(201);
  const document = {
    addresses: [`127.0.0.1:${remote.port}`],
    topics: ['test/# in 1'],
    username: 'u',
    password: 'geheim',
  };
  const put = { method: 'PUT', body: JSON.stringify(document) };
  const [status, made] = await ask<BridgeView>(first, '/bridges/up', put);
  expect([status, made.source, made.hasPassword]).toEqual([200, 'api', true]);
  expect((await ask<{ code: string }>(first, '/bridges/none'))[1].code).toBe('bridge-missing');
  const bad = { method: 'PUT', body: JSON.stringify({ ...document, topics: ['a sideways'] }) };
  expect((await ask<{ code: string }>(first, '/bridges/up', bad))[1].code).toBe('bridge-invalid');
  await first.stop();

  const second = await startProcess({ dataDir });
  undo.push(() => second.stop());
  const states = await client(second.mqttPort);
  const seen = new Promise<void>((resolve) => {
    states.on('message', (topic) => {
      if (topic === 'test/old') resolve();
    });
  });
  await states.subscribeAsync('test/#', { qos: 1 });
  await seen;
  remote.publish('test/new', 'live');
  let runs: readonly RunSummary[] = [];
  while (runs.length === 0) runs = (await ask<Page<RunSummary>>(second, '/runs?rule=hears'))[1].items;
  expect(runs.map(({ topic }) => topic)).toEqual(['test/new']);
  const [, { items }] = await ask<Page<BridgeView>>(second, '/bridges');
  expect(items).toMatchObject([{ name: 'up', state: 'connected', counters: { received: 2 } }]);
  expect(JSON.stringify(items) + second.output()).not.toContain('geheim');
  expect((await ask(second, '/bridges/up', { method: 'DELETE' }))[0]).toBe(204);
  expect((await ask<Page<BridgeView>>(second, '/bridges'))[1].items).toEqual([]);
});

test('the command line makes, lists, shows and removes bridges', async () => {
  const remote = await startHouse({ name: 'remote' });
  undo.push(() => remote.stop());
  const dataDir = folder();
  const house = await startProcess({ dataDir });
  undo.push(() => house.stop());
  const say = async (...argv: string[]): Promise<[number, string, string]> => {
    const call = begin(['bridge', ...argv, '--data', dataDir]);
    const code = await call.code;
    return [code, call.out().toString(), call.err()];
  };
  const address = `127.0.0.1:${remote.port}`;
  const lines = ['--topic', 'test/# out 1', '--topic', 'far/# in 0 "" near/'];
  const [code, made] = await say('add', 'up', '--address', address, ...lines, '-u', 'me', '-P', 'geheim');
  expect([code, made]).toEqual([0, expect.stringContaining(`bridge up to ${address}: `)]);
  expect((await say('list'))[1]).toMatch(new RegExp(`^NAME +ADDRESS.*\nup +${address} `));
  const [, shown] = await say('show', 'up');
  expect(shown).toMatch(/topic +test\/# out 1\n/);
  expect(shown).toMatch(/password +\(hidden\)\n/);
  expect(shown).not.toContain('geheim');
  expect(JSON.parse((await say('show', 'up', '--json'))[1])).toMatchObject({ settings: { username: 'me' } });
  const [failed, , why] = await say('add', 'bad', '--address', address, '--topic', 'a sideways');
  expect([failed, why]).toEqual([1, expect.stringContaining('topics.0: expected in, out or both')]);
  expect(await say('remove', 'up')).toEqual([0, 'removed up\n', '']);
  expect((await say('show', 'up'))[0]).toBe(1);
});
