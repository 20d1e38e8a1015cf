// What an expression about one value sees: that value, and neither house nor clock.
import type { HomeView, Scope } from '../../expression/index.ts';

const nowhere: HomeView = {
  zone: 'UTC',
  state: () => undefined,
  states: () => [],
  changedAt: () => undefined,
};

/** For expressions that were compiled without names. */
export function valueScope(value: unknown): Scope {
  return { values: [value], read: () => undefined, at: 0, home: nowhere, seed: 0 };
}
