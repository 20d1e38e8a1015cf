// Import cycles between files, type-only imports included.
import { targetOf } from './arrows.ts';
import type { Fault, SourceFile } from './source.ts';

interface Search {
  readonly byPath: ReadonlyMap<string, SourceFile>;
  readonly done: Set<string>;
  readonly path: string[];
  readonly faults: Fault[];
}

function follow(file: SourceFile, search: Search): void {
  search.path.push(file.path);
  for (const entry of file.imports) {
    const target = targetOf(file, entry);
    const next = target === undefined ? undefined : search.byPath.get(target);
    if (next === undefined || search.done.has(next.path)) continue;
    const start = search.path.indexOf(next.path);
    if (start < 0) follow(next, search);
    else {
      const text = `imports in a circle: ${[...search.path.slice(start), next.path].join(' → ')}`;
      search.faults.push({ path: file.path, line: entry.line, text });
    }
  }
  search.path.pop();
  search.done.add(file.path);
}

/** Each circle once, at the import that closes it. */
export function cycleFaults(files: readonly SourceFile[]): Fault[] {
  const search: Search = {
    byPath: new Map(files.map((file) => [file.path, file])),
    done: new Set(),
    path: [],
    faults: [],
  };
  for (const file of files) if (!search.done.has(file.path)) follow(file, search);
  return search.faults;
}
