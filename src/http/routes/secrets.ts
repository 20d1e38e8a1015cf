// Secrets: names only; values come in and never go out.
import { secretRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'secrets';

const list = route({
  ...noInput,
  method: 'get',
  path: '/secrets',
  tag,
  summary: 'The names of the secrets',
  success: { status: 200, view: 'SecretList' },
  handle: ({ api }) => ok({ items: api.secrets.list() }),
});

const put = route({
  ...noInput,
  method: 'put',
  path: '/secrets/{name}',
  tag,
  summary: 'Set a secret; its value is never shown again',
  body: jsonBody('SecretRequest', secretRequest),
  success: { status: 200, view: 'SecretView' },
  handle: async ({ api, actor, param, body }) => ok(await api.secrets.put(actor, param('name'), body.value)),
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/secrets/{name}',
  tag,
  summary: 'Delete a secret; rules that name it fail',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.secrets.delete(actor, param('name'));
    return noContent;
  },
});

export const secretRoutes: readonly Route[] = [list, put, remove];
