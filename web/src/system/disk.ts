// Whether the disk under the house fills up.
import type { SystemView } from '../api/types.ts';

/** As `homerule doctor` sees it. */
const littleBytes = 2e9;

export function isDiskLow({ machine: { disk } }: Pick<SystemView, 'machine'>): boolean {
  return disk !== undefined && disk.freeBytes < littleBytes;
}
