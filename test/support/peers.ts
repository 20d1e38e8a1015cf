// Other people's programs as peers: found, or skipped with the reason, or (HOMERULE_REQUIRE_PEERS=1) a failure.
import { spawn, spawnSync } from 'node:child_process';
import { test } from 'vitest';

const isRequired = process.env['HOMERULE_REQUIRE_PEERS'] === '1';

export interface Peer {
  readonly command: string;
  /** Arguments with which it ends at once and successfully when it is there. */
  readonly probe: readonly string[];
  readonly install: string;
}

/** mosquitto's clients answer `--help` with 1. */
function isHere(peer: Peer): boolean {
  const { error, status } = spawnSync(peer.command, peer.probe, { stdio: 'ignore' });
  return error === undefined && (status === 0 || status === 1);
}

export const mosquittoClients: Peer = {
  command: 'mosquitto_pub',
  probe: ['--help'],
  install: 'apt install mosquitto-clients',
};

/** The first Python that has a module; distributions install it for their own, which may not be the first in the path. */
export function findPython(module: string): string | undefined {
  return ['python3', '/usr/bin/python3'].find(
    (command) => spawnSync(command, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
  );
}

/** `test` when the program is here; a skip that says what is missing when not, a failure where peers are required. */
export function testWith(name: string, isPresent: boolean, install: string) {
  if (isPresent) return test;
  if (isRequired) {
    return (title: string) =>
      test(title, () => {
        throw new Error(`${name} is required: ${install}`);
      });
  }
  console.warn(`skipped: ${name} is not installed (${install})`);
  return test.skip;
}

export const testWithMosquittoClients = testWith(
  'mosquitto_pub and mosquitto_sub',
  isHere(mosquittoClients),
  mosquittoClients.install,
);

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** A child that is waited for; its output is what it wrote to both streams. */
export class PeerProcess {
  readonly #child;
  #output = '';
  readonly #exit: Promise<number | null>;

  constructor(command: string, commandArguments: readonly string[]) {
    this.#child = spawn(command, commandArguments, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.#exit = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => {
        resolve(code);
      });
    });
  }

  async finished(): Promise<Finished> {
    return { code: await this.#exit, output: this.#output };
  }

  kill(): void {
    this.#child.kill();
  }
}
