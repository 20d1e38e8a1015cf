// Lines of two texts set side by side: what went beside what came in its place.
import type { DiffLine } from '../document/line-diff.ts';

export interface LinePair {
  readonly before: DiffLine | undefined;
  readonly after: DiffLine | undefined;
}

/** Neither side: lines were left out here. */
const gap: LinePair = { before: undefined, after: undefined };

export function linePairs(lines: readonly (DiffLine | undefined)[]): readonly LinePair[] {
  const pairs: LinePair[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = (): void => {
    const height = Math.max(removed.length, added.length);
    for (let at = 0; at < height; at += 1) pairs.push({ before: removed[at], after: added[at] });
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    if (line?.change === 'removed') removed.push(line);
    else if (line?.change === 'added') added.push(line);
    else {
      flush();
      pairs.push(line ? { before: line, after: line } : gap);
    }
  }
  flush();
  return pairs;
}
