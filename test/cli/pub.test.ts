// `homerule pub` sends what mosquitto_pub sends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type IPublishPacket, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { begin, invoke } from './invoke.ts';
import { Mosquitto, mosquittoAbsence, mosquittoClient, mustHavePeers } from './mosquitto.ts';

interface Case {
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** Messages that must arrive. */
  readonly count: number;
}

const folder = mkdtempSync(join(tmpdir(), 'homerule-pub-'));
const file = join(folder, 'payload');
writeFileSync(file, Buffer.from([0, 255, 10, 13, 65]));

const cases: readonly Case[] = [
  { argv: ['-m', 'hello'], count: 1 },
  { argv: ['-m', ''], count: 1 },
  { argv: ['-m', '-5'], count: 1 },
  { argv: ['-m', '温度 "31"'], count: 1 },
  { argv: ['-n'], count: 1 },
  { argv: ['-m', 'one', '-q', '1'], count: 1 },
  { argv: ['-m', 'two', '-q', '2'], count: 1 },
  { argv: ['-m', 'again', '-q', '1', '--repeat', '3'], count: 3 },
  { argv: ['-f', file], count: 1 },
  { argv: ['-s'], stdin: 'a\nb\n', count: 1 },
  { argv: ['-l'], stdin: 'one\n\ntwo\r\nthree', count: 4 },
  { argv: ['-l', '-q', '2'], stdin: Array.from({ length: 100 }, (_, i) => `${i}\n`).join(''), count: 100 },
  { argv: ['-m', 'five', '-V', 'mqttv5', '-q', '1'], count: 1 },
  { argv: ['-m', 'three', '-V', 'mqttv31'], count: 1 },
];

describe.skipIf(mosquittoAbsence !== undefined && !mustHavePeers)('homerule pub beside mosquitto_pub', () => {
  let broker: Mosquitto;
  let hearer: MqttClient;
  let heard: IPublishPacket[] = [];
  let enough: { readonly count: number; readonly done: () => void } | undefined;

  beforeAll(async () => {
    broker = await Mosquitto.start();
    hearer = await connectAsync({ port: broker.port });
    hearer.on('message', (_topic, _payload, packet) => {
      heard.push(packet);
      if (heard.length === enough?.count) enough.done();
    });
    await hearer.subscribeAsync('pub/#', { qos: 2 });
  });

  afterAll(async () => {
    await hearer?.endAsync();
    await broker?.stop();
    rmSync(folder, { recursive: true });
  });

  const hear = async (count: number, send: () => Promise<unknown>): Promise<unknown[]> => {
    heard = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    enough = { count, done: resolve };
    await send();
    await promise;
    return heard.map(({ topic, payload, qos, retain }) => [topic, payload.toString('latin1'), qos, retain]);
  };

  it.each(cases.map((entry) => [entry.argv.join(' '), entry] as const))('%s', async (_name, entry) => {
    const argv = ['-p', String(broker.port), '-t', 'pub/x', ...entry.argv];
    const { count, stdin } = entry;
    const ours = await hear(count, async () => {
      expect(await invoke(['pub', ...argv], stdin)).toMatchObject({ code: 0, out: '', err: '' });
    });
    const theirs = await hear(count, async () => {
      expect(await mosquittoClient('mosquitto_pub', argv, stdin)).toMatchObject({ code: 0 });
    });
    expect(ours).toEqual(theirs);
    expect(ours).toHaveLength(count);
  });

  it('retains with -r, and takes it back with -r -n', async () => {
    const topic = ['-p', String(broker.port), '-t', 'kept', '-r', '-q', '1'];
    expect((await invoke(['pub', ...topic, '-m', 'here'])).code).toBe(0);
    const kept = begin(['sub', '-p', String(broker.port), '-t', 'kept', '-C', '1', '-F', '%r %p']);
    expect(await kept.code).toBe(0);
    expect(kept.out().toString()).toBe('1 here\n');
    expect((await invoke(['pub', ...topic, '-n'])).code).toBe(0);
    const gone = begin([
      'sub',
      '-p',
      String(broker.port),
      '-i',
      'gone',
      '-t',
      'kept',
      '-t',
      'end',
      '-C',
      '1',
      '-v',
    ]);
    await broker.subscribed('gone');
    expect((await invoke(['pub', '-p', String(broker.port), '-t', 'end', '-m', 'x'])).code).toBe(0);
    await gone.code;
    expect(gone.out().toString()).toBe('end x\n');
  });

  it('counts for programs', async () => {
    const argv = ['pub', '-p', String(broker.port), '-t', 'n', '-l', '--json'];
    expect(await invoke(argv, 'a\nb\n')).toMatchObject({ out: '{"topic":"n","messages":2}\n' });
    expect(await invoke(argv)).toMatchObject({ out: '{"topic":"n","messages":0}\n' });
  });

  it('says what it does with -d', async () => {
    const { err } = await invoke(['pub', '-p', String(broker.port), '-t', 'd', '-m', 'x', '-q', '1', '-d']);
    expect(err).toContain('sending CONNECT\n');
    expect(err).toContain('sending PUBLISH d\nreceived PUBACK\n');
  });
});

describe('wrong usage of pub and sub', () => {
  const port = ['-p', '1'];
  it.each([
    [['pub', '-t', 'a'], 2, 'give exactly one of -m, -f, -s, -l and -n'],
    [['pub', '-t', 'a', '-m', 'x', '-n'], 2, 'give exactly one of'],
    [['pub', '-m', 'x'], 2, 'give a topic'],
    [['pub', '-t', 'a/+', '-m', 'x'], 2, 'holds no wildcard'],
    [['pub', '-t', 'a', '-m', 'x', '-q', '3'], 2, 'from 0 to 2'],
    [['pub', '-t', 'a', '-m', 'x', '-p', '0'], 2, 'from 1 to 65535'],
    [['pub', '-t', 'a', '-f', join(folder, 'absent')], 1, 'cannot be read'],
    [['pub', '-t', 'a', '-m', 'x', '-V', '6'], 2, 'Expected mqttv31'],
    [['pub', '-t', 'a', '-m', 'x', '-c'], 2, 'needs a client id'],
    [['pub', '-t', 'a', '-m', 'x', '--will-retain'], 2, 'need --will-topic'],
    [['pub', '-t', 'a', '-m', 'x', '--cafile', join(folder, 'ca')], 1, '--cafile'],
    [['pub', '-t', 'a', '-m', 'x', '-L', 'http://h/t'], 2, '-L: expected mqtt(s)://'],
    [['sub'], 2, 'give a topic'],
    [['sub', '-t', 'a/#/b'], 2, '# must be the last level'],
    [['sub', '-t', 'a', '-T', 'b+'], 2, '+ must stand alone'],
    [['sub', '-t', 'a', '-F', '%z'], 2, '"%z" is no format specifier'],
    [['sub', '-t', 'a', '-F', 'x%'], 2, '"%" is no format specifier'],
    [['sub', '-t', 'a', '-F', '\\q'], 2, 'is no format specifier'],
    [['sub', '-t', 'a', '-F', '@!'], 2, 'is no format specifier'],
    [['sub', '-t', 'a', '-i', 'x', '-I', 'y'], 2, 'exclude each other'],
  ])('%j exits with %i', async (argv, code, words) => {
    const outcome = await invoke([...argv.slice(0, 1), ...port, ...argv.slice(1)]);
    expect(outcome).toMatchObject({ code, out: '', err: expect.stringContaining(words) });
  });

  it.each([['pub', '-m', 'x'], ['sub']])('%s exits with 3 when nobody answers', async (...argv) => {
    const outcome = await invoke([...argv, ...port, '-t', 'a']);
    expect(outcome).toEqual({
      code: 3,
      out: '',
      err: expect.stringMatching(/^homerule: cannot-connect: localhost:1 cannot be reached: .*ECONNREFUSED/),
    });
  });
});
