#!/usr/bin/env node
// Runs the command line on a Node that is new enough. Old Nodes must be able to parse this file: it imports nothing of
// ours before the version is known, and uses no syntax younger than Node 18.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = '22.13';

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

interface LocalNode {
  readonly path: string;
  readonly version: string;
}

/** The Node that npm installed beside us (the optional dependency `node`). */
function findLocalNode(): LocalNode | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const path = join(dirname(manifest), 'bin', 'node');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const isUsable = existsSync(path) && realpathSync(path) !== realpathSync(process.execPath);
    return isUsable && isNewEnough(version) ? { path, version } : undefined;
  } catch {
    return undefined;
  }
}

function goOn(local: LocalNode): void {
  const script = process.argv[1] ?? fileURLToPath(import.meta.url);
  const child = spawn(local.path, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`homerule: ${local.path} cannot be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}

const version = process.versions.node;
const local = isNewEnough(version) ? undefined : findLocalNode();

if (isNewEnough(version)) {
  const { main } = await import('./cli/main.ts');
  await main(process.argv.slice(2));
} else if (local) {
  console.error(
    `homerule: Node ${version} is older than ${needed}; going on with Node ${local.version} of npm`,
  );
  goOn(local);
} else {
  console.error(
    `homerule: Node ${version} is older than ${needed}, and there is no newer one in its node_modules; run "npm install" in its folder or install Node ${needed} or newer`,
  );
  process.exitCode = 1;
}
