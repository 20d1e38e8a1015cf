// Copies of the house in its data folder. Restoring one starts the house anew.
import { backupRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'backups';

const list = route({
  ...noInput,
  method: 'get',
  path: '/backups',
  tag,
  summary: 'Backups in the data folder, newest first',
  success: { status: 200, view: 'BackupList' },
  handle: ({ api }) => ok({ items: api.backups.list() }),
});

const make = route({
  ...noInput,
  method: 'post',
  path: '/backups',
  tag,
  summary: 'Make one while the house runs',
  body: jsonBody('BackupRequest', backupRequest),
  success: { status: 201, view: 'BackupView' },
  handle: async ({ api, actor, body }) => {
    const backup = await api.backups.make(actor, body);
    return { status: 201, body: backup, headers: { Location: `/api/v1/backups/${backup.id}` } };
  },
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/backups/{id}',
  tag,
  summary: 'Check one, and say what restoring it would change',
  success: { status: 200, view: 'BackupPreview' },
  handle: async ({ api, param }) => ok(await api.backups.get(param('id'))),
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/backups/{id}',
  tag,
  summary: 'Delete one',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.backups.delete(actor, param('id'));
    return noContent;
  },
});

const restore = route({
  ...noInput,
  method: 'post',
  path: '/backups/{id}/restore',
  tag,
  summary: 'Start the house anew from one; what is there now is kept beside it',
  success: { status: 202, view: 'BackupRestoreView' },
  handle: async ({ api, actor, param }) => ({
    status: 202,
    body: await api.backups.restore(actor, param('id')),
  }),
});

export const backupRoutes: readonly Route[] = [list, make, get, remove, restore];
