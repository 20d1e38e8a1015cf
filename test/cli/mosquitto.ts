// mosquitto as a peer: its broker for the test, and its clients beside ours.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';

const programs = ['mosquitto', 'mosquitto_pub', 'mosquitto_sub'];
/** Debian puts servers where users do not look. */
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

function find(program: string): string | undefined {
  return folders
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

const absent = programs.filter((program) => find(program) === undefined);

/** Undefined when the peers are here. Without them the tests are skipped, unless HOMERULE_REQUIRE_PEERS=1. */
export const mosquittoAbsence: string | undefined =
  absent.length === 0 ? undefined : `needs ${absent.join(', ')} (Debian: mosquitto mosquitto-clients)`;

export const mustHavePeers = process.env['HOMERULE_REQUIRE_PEERS'] === '1';

if (mosquittoAbsence !== undefined && !mustHavePeers) console.warn(`skipped: ${mosquittoAbsence}`);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function configFile(folder: string, port: number, lines: readonly string[]): string {
  const path = join(folder, 'mosquitto.conf');
  // Started by root, it would go on as a user who may not read the files of a test.
  const own = [`listener ${port} 127.0.0.1`, 'log_dest stderr', `user ${userInfo().username}`];
  writeFileSync(path, [...own, ...lines, ''].join('\n'));
  return path;
}

/** A mosquitto broker whose log tells when a client has been answered. */
export class Mosquitto {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #log: string[] = [];
  readonly #waiting = new Set<() => void>();
  #folder: string | undefined;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#process = child;
    if (child.stderr === null) throw new Error('mosquitto has no log');
    createInterface(child.stderr).on('line', (line) => {
      this.#log.push(line);
      for (const look of [...this.#waiting]) look();
    });
  }

  /** mosquitto cannot choose a free port itself; when another program was quicker, the next one is tried. */
  static async start(config: readonly string[] = [], attempts = 5): Promise<Mosquitto> {
    const port = await freePort();
    const folder = config.length === 0 ? undefined : mkdtempSync(join(tmpdir(), 'homerule-mosquitto-'));
    const argv = folder === undefined ? ['-p', String(port)] : ['-c', configFile(folder, port, config)];
    const child = spawn(find('mosquitto') ?? 'mosquitto', ['-v', ...argv], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const broker = new Mosquitto(port, child);
    broker.#folder = folder;
    const isRunning = await Promise.race([
      broker.logged(/mosquitto version \S+ running/).then(() => true),
      once(child, 'exit').then(() => false),
    ]);
    if (isRunning) return broker;
    broker.#clear();
    if (attempts > 1) return Mosquitto.start(config, attempts - 1);
    throw new Error(`mosquitto does not run: ${broker.#log.join('\n')}`);
  }

  /** Resolves once so many lines of the log match. */
  logged(pattern: RegExp, times = 1): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (this.#log.filter((line) => pattern.test(line)).length < times) return;
      this.#waiting.delete(look);
      resolve();
    };
    this.#waiting.add(look);
    look();
    return promise;
  }

  subscribed(id: string, times = 1): Promise<void> {
    return this.logged(new RegExp(`Sending SUBACK to ${id}$`), times);
  }

  async stop(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill();
    await gone;
    this.#clear();
  }

  #clear(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}

export interface Finished {
  readonly code: number | null;
  readonly out: Buffer;
}

/** `mosquitto_sub` or `mosquitto_pub`, started now. */
export async function mosquittoClient(
  program: 'mosquitto_pub' | 'mosquitto_sub',
  argv: readonly string[],
  stdin?: string | Buffer,
): Promise<Finished> {
  const child = spawn(find(program) ?? program, argv, {
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'inherit'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  child.stdin?.end(stdin);
  const exited = once(child, 'exit');
  if (child.stdout === null) throw new Error(`${program} has no output`);
  const out = await buffer(child.stdout);
  const [code] = await exited;
  return { code: typeof code === 'number' ? code : null, out };
}
