// On what a benchmark ran: without that, its figures mean nothing later.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNodeRed, nodeRedHint } from './node-red.ts';
import { loadAverage } from './process-figures.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What a program writes to stdout; empty when it is not here. */
function said(command: string, commandArguments: readonly string[]): string {
  const { stdout } = spawnSync(command, commandArguments, { cwd: root, encoding: 'utf8' });
  return typeof stdout === 'string' ? stdout.trim() : '';
}

function commit(): string {
  const hash = said('git', ['rev-parse', '--short', 'HEAD']);
  const changes = said('git', ['status', '--porcelain', '--', 'src', 'test/bench']);
  return `${hash || 'unknown'}${changes === '' ? '' : ' with changes'}`;
}

function mosquittoVersion(): string {
  const words = ['mosquitto', '/usr/sbin/mosquitto'].map((command) => said(command, ['-h'])).join('\n');
  return /mosquitto version (\S+)/.exec(words)?.[1] ?? 'missing (apt-get install mosquitto)';
}

/** Of a dependency as it is installed; read as a file, for not every package exports its package.json. */
function packageVersion(name: string): string {
  const text = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

export function printFacts(): void {
  const [cpu] = cpus();
  const peers = [
    `mosquitto ${mosquittoVersion()}`,
    `Node-RED ${findNodeRed()?.version ?? `missing (${nodeRedHint})`}`,
    `aedes ${packageVersion('aedes')}`,
    `jsonata ${packageVersion('jsonata')}`,
  ];
  console.log(`homerule ${commit()}, node ${process.version}`);
  console.log(`peers: ${peers.join(', ')}`);
  console.log(
    `${availableParallelism()} × ${cpu?.model ?? 'unknown processor'}, load average ${loadAverage()}`,
  );
}
