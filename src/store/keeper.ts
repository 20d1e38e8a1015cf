// The store's third worker: what takes long about backups and needs no turn among commits. There while one is asked for.

import type { KeeperOperations } from './backup/orders.ts';
import { preview } from './backup/preview.ts';
import { stage } from './backup/restore.ts';
import { finishBackup } from './backup/write-backup.ts';
import { type Handlers, serve } from './serving.ts';

function handlersFor(): Handlers<KeeperOperations> {
  return {
    finish: async ({ folder, order }) => finishBackup(folder, order),
    preview: async ({ dir, folder, id }) => preview(dir, folder, id),
    stage: async (order) => stage(order),
  };
}

serve(handlersFor, { isInTurn: true });
