// Users who may connect with a password. Passwords come in; only one that the house made goes out, once.
import { passwordRequest, userRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'users';

const list = route({
  ...noInput,
  method: 'get',
  path: '/users',
  tag,
  summary: 'Users by name',
  success: { status: 200, view: 'UserList' },
  handle: ({ api }) => ok({ items: api.users.list() }),
});

const add = route({
  ...noInput,
  method: 'post',
  path: '/users',
  tag,
  summary: 'Add a user; a device may use its own topics, NAME/#, and what rules grant',
  body: jsonBody('UserRequest', userRequest),
  success: { status: 201, view: 'AddedUserView' },
  handle: async ({ api, actor, body }) => {
    const user = await api.users.add(actor, body);
    const headers = { Location: `/api/v1/users/${encodeURIComponent(user.name)}` };
    return { status: 201, headers, body: user };
  },
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/users/{name}',
  tag,
  summary: 'One user',
  success: { status: 200, view: 'UserView' },
  handle: ({ api, param }) => ok(api.users.get(param('name'))),
});

const setPassword = route({
  ...noInput,
  method: 'post',
  path: '/users/{name}/password',
  tag,
  summary: 'Change the password; open connections of this user end',
  body: jsonBody('PasswordRequest', passwordRequest),
  success: { status: 200, view: 'UserView' },
  handle: async ({ api, actor, param, body }) =>
    ok(await api.users.setPassword(actor, param('name'), body.password)),
});

const enable = route({
  ...noInput,
  method: 'post',
  path: '/users/{name}/enable',
  tag,
  summary: 'Let a user connect again',
  success: { status: 200, view: 'UserView' },
  handle: async ({ api, actor, param }) => ok(await api.users.setEnabled(actor, param('name'), true)),
});

const disable = route({
  ...noInput,
  method: 'post',
  path: '/users/{name}/disable',
  tag,
  summary: 'Keep a user out; open connections end',
  success: { status: 200, view: 'UserView' },
  handle: async ({ api, actor, param }) => ok(await api.users.setEnabled(actor, param('name'), false)),
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/users/{name}',
  tag,
  summary: 'Delete a user and the rules about it; open connections end',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.users.delete(actor, param('name'));
    return noContent;
  },
});

export const userRoutes: readonly Route[] = [list, add, get, setPassword, enable, disable, remove];
