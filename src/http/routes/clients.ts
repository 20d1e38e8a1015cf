// MQTT clients and the sessions of those that are away.
import { listQuery } from '../../api/index.ts';
import { noBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'clients';

const list = route({
  method: 'get',
  path: '/clients',
  tag,
  summary: 'Connected clients, and kept sessions whose client is away, by id',
  query: listQuery,
  body: noBody,
  success: { status: 200, view: 'ClientPage' },
  handle: ({ api, query }) => ok(api.clients.list(query)),
});

const end = route({
  ...noInput,
  method: 'delete',
  path: '/clients/{id*}',
  tag,
  summary: 'Disconnect a client, which may come back; forget the session of one that is away',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.clients.end(actor, param('id'));
    return noContent;
  },
});

export const clientRoutes: readonly Route[] = [list, end];
