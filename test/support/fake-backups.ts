// Backups of the fake API.
import type { Actor, Api, BackupView } from '../../src/api/index.ts';
import { HomeruleError } from '../../src/base/index.ts';

export const fakeBackup: BackupView = {
  id: '2026-01-15T12-00-00.000Z',
  createdAt: Date.UTC(2026, 0, 15, 12),
  version: '0.1.0',
  reason: 'asked',
  bytes: 4_200_000,
  files: 2,
  hasHistory: false,
  hasKey: false,
};

export function fakeBackups(
  record: (what: string, actor: Actor, ...args: unknown[]) => void,
): Api['backups'] {
  const find = (id: string): BackupView => {
    if (id !== fakeBackup.id)
      throw new HomeruleError('backup-missing', 'missing', `there is no backup "${id}"`);
    return fakeBackup;
  };
  return {
    list: () => [fakeBackup],
    make: async (actor, request) => {
      record('backups.make', actor, request);
      return { ...fakeBackup, hasHistory: request.history === true, hasKey: request.withKey === true };
    },
    get: async (id) => ({
      ...find(id),
      comparisons: [
        {
          ...{ subject: 'rules', count: 2, added: 1, removed: 0, changed: 1 },
          items: [
            { id: 'fan', change: 'added', to: 3 },
            { id: 'lamp', change: 'changed', from: 5, to: 4 },
          ],
        },
      ],
      canReadSecrets: false,
    }),
    delete: async (actor, id) => {
      find(id);
      record('backups.delete', actor, id);
    },
    restore: async (actor, id) => {
      find(id);
      record('backups.restore', actor, id);
      return { id, kept: 'replaced-2026-01-16T12-00-00.000Z' };
    },
  };
}
