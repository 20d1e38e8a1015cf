// What compiling a node gives, and where a node stands.
import type { Code } from '../run.ts';
import type { Variables } from './variables.ts';

/** What is known of a value before it exists; `truth` may also be missing. */
export type Kind = 'boolean' | 'truth' | 'any';

export interface Part {
  readonly code: Code;
  readonly kind: Kind;
  /** No sequence can come of it that still has to be collapsed. */
  readonly isSettled: boolean;
  /** The value itself, where it is written in the source. */
  readonly literal?: string | number | boolean | null;
}

export interface Operands {
  readonly left: Part;
  readonly right: Part;
}

/** Where a node stands: which variables it sees, and what a bare name means there. */
export interface Place {
  readonly variables: Variables;
  /** Inside `[…]` and after `.`: bare names belong to the item, not to the root. */
  readonly isItem: boolean;
  /** Whether values are recorded here; not where one part is evaluated many times. */
  readonly isObserved: boolean;
}

export function settled(code: Code, kind: Kind = 'any'): Part {
  return { code, kind, isSettled: true };
}

export function unsettled(code: Code): Part {
  return { code, kind: 'any', isSettled: false };
}
