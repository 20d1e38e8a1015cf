// The tables of history.db.
import { bootsSchema } from './boots.ts';
import { chunksSchema } from './chunks.ts';
import { seriesSchema } from './series.ts';
import { snapshotsSchema } from './snapshots.ts';
import { tracesSchema } from './traces.ts';

/** Entry n makes schema n + 1 out of schema n. Entries are only ever added. */
export const historyMigrations: readonly string[] = [
  [chunksSchema, bootsSchema, tracesSchema].join('\n'),
  seriesSchema,
  snapshotsSchema,
];
