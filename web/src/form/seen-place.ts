// Which value of which topic a field of the form is about.
import { isTree, listOf, type Path, type Tree, valueAt } from '../document/edit.ts';

export interface SeenPlace {
  /** A topic, or a filter of several. */
  readonly filter: string;
  /** In the payload; empty for the payload itself. */
  readonly path: string;
}

const compared: ReadonlySet<unknown> = new Set(['from', 'to', 'notFrom', 'notTo', 'path']);

function isFilter(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('{{');
}

/** Undefined: it is about no topic that is known before a run. */
export function seenPlaceOf(tree: Tree, path: Path): SeenPlace | undefined {
  const name = path.at(-1);
  const entry = valueAt(tree, path.slice(0, -1));
  if (!isTree(entry)) return undefined;
  if (compared.has(name)) {
    const filter = listOf(entry['change']).find(isFilter);
    const inside = name === 'path' ? undefined : entry['path'];
    return filter === undefined ? undefined : { filter, path: typeof inside === 'string' ? inside : '' };
  }
  const topic = name === 'payload' ? entry['publish'] : name === 'equals' ? entry['state'] : undefined;
  return isFilter(topic) ? { filter: topic, path: '' } : undefined;
}
