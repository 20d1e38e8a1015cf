// Who did what.
import { auditQuery } from '../../api/index.ts';
import { noBody } from '../body.ts';
import { ok, type Route, route } from '../route.ts';

const list = route({
  method: 'get',
  path: '/audit',
  tag: 'audit',
  summary: 'Who did what, newest first: changes, failed ones, and what was refused',
  query: auditQuery,
  body: noBody,
  success: { status: 200, view: 'AuditPage' },
  handle: ({ api, query }) => ok(api.audit.list(query)),
});

export const auditRoutes: readonly Route[] = [list];
