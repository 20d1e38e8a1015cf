// Prints what a browser must load before the first page shows, and fails the build above the budget.
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** The entry chunk and everything that it imports statically. */
function initialChunks(bundle: Bundle): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (seen.has(name) || chunk?.type !== 'chunk') return;
    seen.add(name);
    for (const imported of chunk.imports) visit(imported);
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry) visit(chunk.fileName);
  }
  return seen;
}

function gzipKiB(bundle: Bundle, names: Iterable<string>): number {
  let bytes = 0;
  for (const name of names) {
    const chunk = bundle[name];
    if (chunk?.type === 'chunk') bytes += gzipSync(chunk.code, { level: 9 }).length;
  }
  return bytes / 1024;
}

export function sizeBudget(limitKiB: number): Plugin {
  return {
    name: 'homerule:size-budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      const initial = initialChunks(bundle);
      const size = gzipKiB(bundle, initial);
      const words = `web: initial JS ${size.toFixed(1)} KiB gz in ${initial.size} files (budget ${limitKiB})`;
      if (size > limitKiB) this.error(words);
      process.stdout.write(`${words}\n`);
    },
  };
}
