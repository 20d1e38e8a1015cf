// The version of this package, the same for the sources and the build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from './package-root.ts';

const manifest = z.object({ version: z.string() });

export function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return manifest.parse(JSON.parse(text)).version;
}
