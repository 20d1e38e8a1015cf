// A whole house in a process of its own, as `homerule start` runs it, on free ports and a fresh data folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface StartOptions {
  /** Data of an earlier house; removed by nobody. Without it a fresh folder is made and removed at `stop`. */
  readonly dataDir?: string;
  /** Further flags of `homerule start`. */
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Run the build in dist instead of the sources. */
  readonly isBuilt?: boolean;
}

export interface TestHouse {
  /** Of the web UI and API: `http://localhost:40123`. */
  readonly url: string;
  /** Where the first administrator is made; undefined when there is one. */
  readonly setupUrl: string | undefined;
  readonly mqttPort: number;
  readonly wsPort: number;
  readonly dataDir: string;
  readonly pid: number;
  /** What it wrote to stderr so far. */
  output(): string;
  /** Ends it as SIGTERM does; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

interface Started {
  readonly addresses: readonly { readonly kind: string; readonly url: string }[];
  readonly setup?: string;
}

/** The JSON object that `start --json` prints when everything listens. */
async function readStarted(child: ChildProcess, output: () => string): Promise<Started> {
  let text = '';
  // It says so again when it starts anew, and must not find the pipe closed.
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += String(chunk);
    try {
      const started = JSON.parse(text) as Started;
      child.stdout?.resume();
      return started;
    } catch {
      if (text.length > 100_000) break; // not the object that was asked for
    }
  }
  throw new Error(`the house did not start:\n${text}\n${output()}`);
}

function portOf(started: Started, kind: string): number {
  const url = started.addresses.find((address) => address.kind === kind)?.url ?? '';
  return Number(new URL(url).port);
}

export async function startHouse(options: StartOptions = {}): Promise<TestHouse> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'homerule-test-'));
  const main = join(root, options.isBuilt ? 'dist/src/main.js' : 'src/main.ts');
  const ports = ['--mqtt-port', '0', '--ws-port', '0', '--http-port', '0'];
  const child = spawn(
    process.execPath,
    [main, 'start', '--json', '--data', dataDir, ...ports, ...(options.flags ?? [])],
    {
      cwd: dataDir,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk);
  });
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const [code] = await exited;
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    return code as number | null;
  };
  const started = await readStarted(child, () => errors);
  return {
    url: started.addresses.find((address) => address.kind === 'http')?.url ?? '',
    setupUrl: started.setup,
    mqttPort: portOf(started, 'mqtt'),
    wsPort: portOf(started, 'ws'),
    dataDir,
    pid: child.pid ?? 0,
    output: () => errors,
    stop: () => end('SIGTERM'),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
