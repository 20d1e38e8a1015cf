// The palette as the house gives it to Node-RED, built anew when its sources are younger than what was built.
import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

function youngest(pattern: string): number {
  const files = globSync(pattern, { cwd: root });
  return Math.max(0, ...files.map((file) => statSync(join(root, file)).mtimeMs));
}

export function buildPaletteWhenOld(): void {
  const built = statSync(join(root, 'dist/flows/nodes/homerule.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > youngest('flows/nodes/{src,build,locales,icons,examples,page}/**/*.*')) return;
  execFileSync(process.execPath, [join(root, 'flows/nodes/build/main.ts')], { cwd: root, stdio: 'inherit' });
}
