// The store's second worker: reads on connections of its own, so that long looks keep no commit waiting.
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { SystemClock } from '../base/index.ts';
import { storeError } from './errors.ts';
import type { ReaderOperations } from './protocol.ts';
import { draw } from './series/drawing.ts';
import { listSamples } from './series/listing.ts';
import { type Handlers, serve } from './serving.ts';
import { readSlice } from './sqlite/journal-slices.ts';
import { snapshotRows } from './sqlite/snapshot-rows.ts';
import { ChunksTable } from './tables/chunks.ts';
import { SeriesTables } from './tables/series.ts';
import { SnapshotsTable } from './tables/snapshots.ts';

/** After so long others have their turn. */
const sliceMs = 100;
const busyTimeoutMs = 5000;
const clock = new SystemClock();

/** True when so much time has passed since the call. */
function deadline(): () => boolean {
  const start = clock.monotonic();
  return () => clock.monotonic() - start >= sliceMs;
}

async function inSlices<Out>(steps: Generator<undefined, Out>): Promise<Out> {
  let isLate = deadline();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (!isLate()) continue;
    await new Promise<void>((resolve) => void clock.soon(resolve));
    isLate = deadline();
  }
}

function handlersFor(): Handlers<ReaderOperations> {
  let db: Database | undefined;
  let truth: Database | undefined;
  const open = (): Database => db ?? missing();
  const missing = (): never => {
    throw storeError('store-failed', 'the reader is not open');
  };
  return {
    openReader: async ({ dir }) => {
      db = new Sqlite(join(dir, 'history.db'), { readonly: true, timeout: busyTimeoutMs });
      truth = new Sqlite(join(dir, 'homerule.db'), { readonly: true, timeout: busyTimeoutMs });
      return null;
    },
    closeReader: async () => {
      db?.close();
      truth?.close();
      db = undefined;
      truth = undefined;
      return null;
    },
    readChunk: async (request) => readSlice(new ChunksTable(open()), request, deadline()),
    takeSnapshot: () => inSlices(snapshotRows(truth ?? missing())),
    findSnapshot: async ({ at }) => new SnapshotsTable(open()).before(at) ?? null,
    packedChunk: async (range) => new ChunksTable(open()).find({ ...range, isNewestFirst: false }) ?? null,
    journalEdge: async () => {
      const chunks = new ChunksTable(open());
      return { ...chunks.first(), lastAt: chunks.last()?.lastAt ?? null };
    },
    draw: (request) => inSlices(draw(new SeriesTables(open()), request)),
    samples: async (request) => listSamples(new SeriesTables(open()), request),
  };
}

serve(handlersFor, { isInTurn: false });
