// Who asked, as the engine's inputs carry it.
import type { Source } from '../../rules/index.ts';
import type { Actor } from './actor.ts';

/** Whoever asks for something that rules may hear of. */
export type Asker = Pick<Actor, 'name' | 'origin' | 'why'>;

/** A flow stands between what it does and what woke it. */
export function sourceOf({ name, origin, why }: Asker): Source {
  if (origin !== 'flow') return { origin: origin ?? 'api', by: name, depth: 0 };
  const { node, depth = 0, cause } = why ?? {};
  const by = node === undefined ? name : `${name}/${node}`;
  return { origin, by, depth: depth + 1, ...(cause !== undefined && { cause }) };
}
