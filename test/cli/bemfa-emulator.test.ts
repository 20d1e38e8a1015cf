// `homerule bemfa-emulator` and its voice, as scripts use them.
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { begin, type Invocation, invoke } from './invoke.ts';

const key = '00112233445566778899aabbccddeeff';
const anyPorts = ['--mqtt-port', '0', '--tcp-port', '0', '--http-port', '0', '--host', '127.0.0.1'];
const started = z.object({
  event: z.literal('started'),
  ports: z.object({ mqtt: z.int(), tcp: z.int(), http: z.int() }),
  accounts: z.tuple([z.object({ uid: z.string(), appId: z.string(), topics: z.array(z.string()) })]),
});

async function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

const lines = (emulator: Invocation): string[] => emulator.out().toString().split('\n').slice(0, -1);

async function emulate(argv: readonly string[], stdin = '') {
  const emulator = begin(['bemfa-emulator', ...anyPorts, ...argv, '--json'], stdin);
  onTestFinished(async () => {
    emulator.signal('SIGTERM');
    await emulator.code;
  });
  while (lines(emulator).length === 0) await turn();
  return { emulator, ...started.parse(JSON.parse(lines(emulator)[0] ?? '')) };
}

describe('homerule bemfa-emulator', () => {
  it('takes several topics with nicknames, and a voice that reaches a device', async () => {
    const { emulator, ports, accounts } = await emulate(['--key', key, '--topic', 'light002=台灯', 'gate']);
    expect(accounts).toMatchObject([{ uid: key, topics: ['light002', 'gate'] }]);
    const voice = ['bemfa-emulator', 'voice', '--http-port', String(ports.http)];
    expect(await invoke([...voice, '台灯', 'on'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('设备不在线'),
    });
    const device = await connectAsync(`mqtt://127.0.0.1:${ports.mqtt}`, { clientId: key });
    onTestFinished(() => device.endAsync(true));
    await device.subscribeAsync('light002');
    expect(await invoke([...voice, 'light002', 'on', '80'])).toMatchObject({
      code: 0,
      out: 'light002 on#80 (to 1)\n',
    });
    expect(await invoke([...voice, '台灯', 'off', '--json'])).toMatchObject({
      code: 0,
      out: '{"spoken":[{"topic":"light002","message":"off","hearers":1}]}\n',
    });
    expect(lines(emulator).map((line) => JSON.parse(line))).toContainEqual({
      event: 'publish',
      source: 'voice',
      topic: 'light002',
      type: 1,
      message: 'on#80',
      outcome: 'kept',
      hearers: 1,
    });
  });

  it('makes a key where none is given, and hears lines', async () => {
    const { emulator, accounts } = await emulate(['--topic', 'light002'], 'light002 on\n\nnosuch on\n');
    expect(accounts[0].uid).toMatch(/^[0-9a-f]{32}$/);
    while (emulator.err().split('\n').length < 3) await turn();
    expect(emulator.err()).toBe(
      'homerule: 设备不在线: no device listens to "light002"\nhomerule: no topic is called "nosuch"\n',
    );
  });

  it('ends with 0 when it is asked to', async () => {
    const emulator = begin(['bemfa-emulator', ...anyPorts, '--key', key]);
    while (!emulator.out().toString().includes('Speak to it')) await turn();
    emulator.signal('SIGINT');
    expect(await emulator.code).toBe(0);
  });

  it('says which port is taken', async () => {
    const { ports } = await emulate([]);
    const second = await invoke(['bemfa-emulator', ...anyPorts, '--tcp-port', String(ports.tcp)]);
    expect(second).toMatchObject({
      code: 1,
      err: expect.stringContaining(`TCP cannot listen on 127.0.0.1:${ports.tcp}`),
    });
  });

  test.each([
    [['--key', 'ABC'], '--key: expected 32 digits of 0-9a-f, got "ABC"'],
    [['--topic', 'a_b'], '--topic: a topic is made of letters and digits'],
    [['--mqtt-port', '70000'], 'Expected a whole number from 0 to 65535'],
    [['--tls-cert', 'x.pem'], '--tls-cert and --tls-key belong together'],
    [['--no-such'], "unknown option '--no-such'"],
    [['voice', 'light002'], "missing required argument 'words'"],
  ])('refuses %j with 2', async (argv, why) => {
    expect(await invoke(['bemfa-emulator', ...argv])).toMatchObject({
      code: 2,
      err: expect.stringContaining(why),
    });
  });

  it('says with 3 that no emulator runs', async () => {
    const { ports, emulator } = await emulate([]);
    emulator.signal('SIGTERM');
    await emulator.code;
    const argv = ['bemfa-emulator', 'voice', '--http-port', String(ports.http), 'light002', 'on'];
    expect(await invoke(argv)).toMatchObject({
      code: 3,
      err: expect.stringContaining('no emulator answers'),
    });
  });
});
