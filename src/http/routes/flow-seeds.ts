// The flows that come with Homerule.
import { flowSeedRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noInput, ok, type Route, route } from '../route.ts';

const tag = 'flows';

const list = route({
  ...noInput,
  method: 'get',
  path: '/flows/seeds',
  tag,
  summary: 'Flows that come with Homerule, with what each has to be told about this home',
  success: { status: 200, view: 'FlowSeedList' },
  handle: async ({ api }) => ok({ items: await api.flowSeeds.list() }),
});

const add = route({
  ...noInput,
  method: 'post',
  path: '/flows/seeds/{name}',
  tag,
  summary: 'Deploy one of them; what was changed in it stays, unless replace says otherwise',
  body: jsonBody('FlowSeedRequest', flowSeedRequest),
  success: { status: 200, view: 'FlowSeedAddedView' },
  handle: async ({ api, actor, param, body }) => ok(await api.flowSeeds.add(actor, param('name'), body)),
});

export const flowSeedRoutes: readonly Route[] = [list, add];
