// Bridges to other brokers. A password may be set and is never shown.
import { bridgeRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'bridges';

const list = route({
  ...noInput,
  method: 'get',
  path: '/bridges',
  tag,
  summary: 'Bridges to other brokers, with state and counters',
  success: { status: 200, view: 'BridgeList' },
  handle: ({ api }) => ok({ items: api.bridges.list() }),
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/bridges/{name}',
  tag,
  summary: 'One bridge',
  success: { status: 200, view: 'BridgeView' },
  handle: ({ api, param }) => ok(api.bridges.get(param('name'))),
});

const put = route({
  ...noInput,
  method: 'put',
  path: '/bridges/{name}',
  tag,
  summary: 'Make or change a bridge; what waits in its queue stays, a password that is left out too',
  body: jsonBody('BridgeRequest', bridgeRequest),
  success: { status: 200, view: 'BridgeView' },
  handle: async ({ api, actor, param, body }) => ok(await api.bridges.save(actor, param('name'), body)),
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/bridges/{name}',
  tag,
  summary: 'Remove a bridge and what waits in its queue',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.bridges.delete(actor, param('name'));
    return noContent;
  },
});

export const bridgeRoutes: readonly Route[] = [list, get, put, remove];
