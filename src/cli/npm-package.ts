// A package of npm with its dependencies in a folder of its own, fetched by npm itself. None of its scripts runs.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { fail } from './errors.ts';

export interface FetchedPackage {
  readonly folder: string;
  remove(): Promise<void>;
}

const longestWords = 4000;

/** Dependencies lie below the package, so that its folder can be copied as a whole. */
const flags = '--install-strategy=nested --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error';

/** Whether people mean a package and not a folder: `name`, `@scope/name@1.2.0`, `./name-1.2.0.tgz`. */
export async function isPackage(source: string): Promise<boolean> {
  if (source.endsWith('.tgz')) return true;
  if (!/^(?:@[\w.-]+\/)?[\w-][\w.-]*(?:@[\w.^~*+-]+)?$/.test(source)) return false;
  const found = await stat(source).catch(() => undefined);
  return found?.isDirectory() !== true;
}

/** Resolves with the end of what npm said on standard error and its exit code. */
function runNpm(args: readonly string[], cwd: string): Promise<{ code: number | null; words: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    child.stderr.on('data', (bytes: Buffer) => {
      words = (words + bytes.toString()).slice(-longestWords);
    });
    child.on('error', (cause) =>
      reject(fail('npm-failed', 'npm cannot be started: it comes with Node', { cause })),
    );
    child.on('close', (code) => resolve({ code, words: words.trim() }));
  });
}

const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

async function install(source: string, folder: string): Promise<string> {
  await chmod(folder, 0o755); // the house may run as another user
  await writeFile(join(folder, 'package.json'), '{}');
  const { code, words } = await runNpm(['install', ...flags.split(' '), '--', source], folder);
  if (code !== 0) throw fail('npm-failed', `npm could not install ${source}:\n${words}`);
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const [name] = Object.keys(manifest.parse(JSON.parse(text)).dependencies);
  if (name === undefined) throw fail('npm-failed', `npm installed nothing for ${source}`);
  return join(folder, 'node_modules', name);
}

/** Throws `npm-failed` with npm's own words. */
export async function fetchPackage(source: string): Promise<FetchedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'homerule-package-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    return { folder: await install(source, folder), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
