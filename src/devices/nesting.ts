// How deep a value nests. What nests without end, or nearly, exhausts the stack of whoever walks over it.

/** JSON that nests deeper is text: no device means it, and every walk over it would exhaust the stack. */
export const maxNesting = 100;

/** Whether arrays and objects stand inside each other more than `most` levels; true for one that holds itself. */
export function nestsDeeperThan(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (most === 0) return true;
  return Object.values(value).some((item: unknown) => nestsDeeperThan(item, most - 1));
}
