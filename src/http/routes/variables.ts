// Variables that rules share.
import { variableRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'variables';

const list = route({
  ...noInput,
  method: 'get',
  path: '/variables',
  tag,
  summary: 'The persistent variables that rules share',
  success: { status: 200, view: 'VariableList' },
  handle: ({ api }) => ok({ items: api.variables.list() }),
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/variables/{name}',
  tag,
  summary: 'One variable',
  success: { status: 200, view: 'VariableView' },
  handle: ({ api, param }) => ok(api.variables.get(param('name'))),
});

const put = route({
  ...noInput,
  method: 'put',
  path: '/variables/{name}',
  tag,
  summary: 'Set a variable; rules hear it as a message on homerule/var/NAME',
  body: jsonBody('VariableRequest', variableRequest),
  success: { status: 200, view: 'VariableView' },
  handle: async ({ api, actor, param, body }) => ok(await api.variables.set(actor, param('name'), body)),
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/variables/{name}',
  tag,
  summary: 'Delete a variable',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.variables.delete(actor, param('name'));
    return noContent;
  },
});

export const variableRoutes: readonly Route[] = [list, get, put, remove];
