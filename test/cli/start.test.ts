// `homerule start` in a process of its own: what it says, how it ends, and that a second one keeps away.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invoke } from './invoke.ts';

const launcher = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const anyPort = ['--mqtt-port', '0', '--http-port', '0', '--ws-port', '0'];

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

/** A house that is starting, running or gone. */
class HouseProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly ended: Promise<Ended>;

  constructor(argv: readonly string[]) {
    const child = spawn(process.execPath, [launcher, 'start', ...argv], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = child;
    this.#child = child;
    this.#lines = createInterface(stdout)[Symbol.asyncIterator]();
    const exited = once(child, 'exit');
    this.ended = text(stderr).then(async (err) => {
      const [code] = await exited;
      return { code: typeof code === 'number' ? code : null, err };
    });
  }

  async line(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next();
    return done === true ? undefined : value;
  }

  /** With --json: where it listens, by kind. */
  async addresses(): Promise<Map<string, string>> {
    const { addresses } = JSON.parse((await this.line()) ?? '{"addresses":[]}');
    return new Map(addresses.map(({ kind, url }: { kind: string; url: string }) => [kind, url]));
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

describe('homerule start', () => {
  let folder = '';
  let houses: HouseProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'homerule-start-'));
    houses = [];
  });

  afterEach(async () => {
    for (const house of houses) {
      house.kill('SIGKILL');
      await house.ended;
    }
    rmSync(folder, { recursive: true });
  });

  const start = (...argv: string[]): HouseProcess => {
    const house = new HouseProcess(['--data', folder, ...anyPort, ...argv]);
    houses.push(house);
    return house;
  };

  it('says where it listens, where the data is, and two commands to try', async () => {
    const house = start();
    const lines: string[] = [];
    while (!lines.at(-1)?.includes('homerule pub')) lines.push((await house.line()) ?? 'homerule pub: ended');
    expect(lines[0]).toMatch(/^Homerule \d+\.\d+\.\d+ is running\.$/);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}MQTT +mqtt:\/\/localhost:\d+$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}Web UI and API +http:\/\/localhost:\d+$/));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^ {2}Data +${folder}$`)));
    expect(lines.at(-2)).toMatch(/homerule sub -p \d+ -t 'home\/#' -v$/);
    house.kill('SIGTERM');
    expect(await house.ended).toEqual({ code: 0, err: expect.stringMatching(/ info {2}stopped\n$/) });
  });

  it('names addresses that can be opened where it listens on all of them', async () => {
    const house = start('--host', '0.0.0.0');
    const lines: string[] = [];
    while (!lines.at(-1)?.includes('homerule pub')) lines.push((await house.line()) ?? 'homerule pub: ended');
    expect(lines.join('\n')).not.toMatch(/0\.0\.0\.0/);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}http:\/\/localhost:\d+\/setup#/));
  });

  it('serves the other commands over its socket and MQTT', async () => {
    const house = start('--json');
    const addresses = await house.addresses();
    const rule = join(folder, 'fan.yaml');
    writeFileSync(
      rule,
      'id: fan\ntriggers: [{ message: home/+/temperature }]\nactions: [{ publish: fan/set, payload: "ON" }]\n',
    );
    expect(await invoke(['rule', 'apply', rule, '--data', folder])).toMatchObject({ code: 0, err: '' });
    const client = await connectAsync(addresses.get('mqtt') ?? '');
    const acted = new Promise<string>((resolve) => {
      client.once('message', (_topic, payload) => resolve(payload.toString()));
    });
    await client.subscribeAsync('fan/set');
    const port = new URL(addresses.get('mqtt') ?? '').port;
    const sent = await invoke(['pub', '-p', port, '-t', 'home/kitchen/temperature', '-m', '31', '-q', '1']);
    expect(sent).toMatchObject({ code: 0, err: '' });
    expect(await acted).toBe('ON');
    await client.endAsync();
    expect(await invoke(['state', 'get', 'fan/set', '--data', folder])).toMatchObject({
      code: 0,
      out: 'ON\n',
    });
    expect((await invoke(['rule', 'list', '--data', folder])).out).toMatch(/^fan +on +1 +0 +finished /m);
    house.kill('SIGINT');
    expect(await house.ended).toMatchObject({ code: 0 });
    expect(await invoke(['rule', 'list', '--data', folder])).toMatchObject({ code: 3 });
  });

  it('keeps away from data that is in use, and from a port that is taken', async () => {
    const addresses = await start('--json').addresses();
    const second = await start().ended;
    expect(second).toMatchObject({ code: 1, err: expect.stringMatching(/^homerule: data-in-use: .*\n$/) });
    const port = new URL(addresses.get('mqtt') ?? '').port;
    const third = await start('--data', join(folder, 'other'), '--mqtt-port', port).ended;
    expect(third).toMatchObject({
      code: 1,
      err: expect.stringContaining(`homerule: port-in-use: port ${port} `),
    });
    expect(third.err.split('\n')).toHaveLength(2);
  });

  it('does not start on a wrong configuration', async () => {
    writeFileSync(join(folder, 'homerule.yaml'), 'mqtt:\n  prot: 1\n');
    const { code, err } = await start().ended;
    expect(code).toBe(1);
    expect(err).toMatch(
      /^homerule: bad-config: \S*homerule\.yaml:2:3: unknown key "mqtt\.prot" \(did you mean port\?\)\n$/,
    );
  });
});
