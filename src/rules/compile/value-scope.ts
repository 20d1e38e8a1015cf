// What an expression about one value sees: that value, and neither house nor clock.
import { type Expression, emptyHome, type Scope } from '../../expression/index.ts';

/** For expressions that were compiled without names. */
export function valueScope(value: unknown): Scope {
  return { values: [value], read: () => undefined, at: 0, home: emptyHome, seed: 0 };
}

/** What a path finds in a value; what cannot be read there is missing. */
export function valueUnder(value: unknown, path: Expression | undefined): unknown {
  if (path === undefined) return value;
  try {
    return path.evaluate(valueScope(value));
  } catch {
    return undefined;
  }
}
