// Tokens of programs. A token is told once, when it is made.
import { tokenRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'tokens';

const list = route({
  ...noInput,
  method: 'get',
  path: '/tokens',
  tag,
  summary: 'Tokens, oldest first',
  success: { status: 200, view: 'TokenList' },
  handle: ({ api }) => ok({ items: api.tokens.list() }),
});

const add = route({
  ...noInput,
  method: 'post',
  path: '/tokens',
  tag,
  summary: 'Make a token with some of your permissions; it is told only now',
  body: jsonBody('TokenRequest', tokenRequest),
  success: { status: 201, view: 'AddedTokenView' },
  handle: async ({ api, actor, body }) => ({ status: 201, body: await api.tokens.add(actor, body) }),
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/tokens/{id}',
  tag,
  summary: 'Delete a token; it holds at once',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.tokens.delete(actor, param('id'));
    return noContent;
  },
});

export const tokenRoutes: readonly Route[] = [list, add, remove];
