// Where two documents differ, as paths. What stands in the middle of a list moves what is behind it; that is no change.
import { isDeepStrictEqual } from 'node:util';

export interface ChangedPath {
  /** `actions[0].payload`; empty: the whole document. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
}

/** Paths told of at most; the text tells the rest. */
const maxPaths = 200;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function* inFields(before: Fields, after: Fields, path: string): Generator<ChangedPath> {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const at = path === '' ? name : `${path}.${name}`;
    if (!Object.hasOwn(after, name)) yield { path: at, change: 'removed' };
    else if (!Object.hasOwn(before, name)) yield { path: at, change: 'added' };
    else yield* between(before[name], after[name], at);
  }
}

function* inLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): Generator<ChangedPath> {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && isDeepStrictEqual(before[head], after[head])) head++;
  let tail = 0;
  while (tail < shorter - head && isDeepStrictEqual(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const [old, young] = [before.length - tail, after.length - tail];
  for (let index = head; index < Math.max(old, young); index++) {
    const at = `${path}[${index}]`;
    if (index >= young) yield { path: at, change: 'removed' };
    else if (index >= old) yield { path: at, change: 'added' };
    else yield* between(before[index], after[index], at);
  }
}

function* between(before: unknown, after: unknown, path: string): Generator<ChangedPath> {
  if (isFields(before) && isFields(after)) yield* inFields(before, after, path);
  else if (Array.isArray(before) && Array.isArray(after)) yield* inLists(before, after, path);
  else if (!isDeepStrictEqual(before, after)) yield { path, change: 'changed' };
}

/** In the order of the older document, what was added behind. */
export function changedPaths(before: unknown, after: unknown): ChangedPath[] {
  const paths: ChangedPath[] = [];
  for (const path of between(before, after, '')) {
    if (paths.push(path) === maxPaths) break;
  }
  return paths;
}
