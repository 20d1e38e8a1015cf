// What is asked of backups over the API.
import { fakeBackup } from '../support/fake-backups.ts';
import type { RouteCase } from './route-cases.ts';

const { id } = fakeBackup;

export const backupRouteCases: readonly RouteCase[] = [
  { ask: 'GET /backups', status: 200, has: { items: [{ id, reason: 'asked' }] } },
  {
    ask: 'POST /backups',
    body: { history: true, withKey: true },
    status: 201,
    has: { id, hasHistory: true, hasKey: true },
    answerHeaders: { location: `/api/v1/backups/${id}` },
    called: { what: 'backups.make', args: [{ history: true, withKey: true }] },
  },
  { ask: 'POST /backups', body: { key: true }, status: 400, has: { code: 'bad-body' } },
  {
    ask: `GET /backups/${id}`,
    status: 200,
    has: { canReadSecrets: false, comparisons: [{ subject: 'rules', added: 1 }] },
  },
  { ask: 'GET /backups/other', status: 404, has: { code: 'backup-missing' } },
  {
    ask: `POST /backups/${id}/restore`,
    status: 202,
    has: { id },
    called: { what: 'backups.restore', args: [id] },
  },
  { ask: `DELETE /backups/${id}`, status: 204, called: { what: 'backups.delete', args: [id] } },
];
