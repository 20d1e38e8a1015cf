// What an expression about one value sees: that value, and neither house nor clock.
import { emptyHome, type Scope } from '../../expression/index.ts';

/** For expressions that were compiled without names. */
export function valueScope(value: unknown): Scope {
  return { values: [value], read: () => undefined, at: 0, home: emptyHome, seed: 0 };
}
