// Rules of access: what users may read and write.
import { z } from 'zod';
import { aclCheckRequest, aclRequest, aclWhoRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'access';

const list = route({
  ...noInput,
  method: 'get',
  path: '/acl',
  tag,
  summary: 'Access rules, all or those about one user',
  query: z.strictObject({ user: z.string().max(128).exactOptional() }),
  success: { status: 200, view: 'AclRuleList' },
  handle: ({ api, query }) => ok({ items: api.acl.list(query.user) }),
});

const add = route({
  ...noInput,
  method: 'post',
  path: '/acl',
  tag,
  summary: 'Add a rule; it holds at once, for open subscriptions too',
  body: jsonBody('AclRequest', aclRequest),
  success: { status: 201, view: 'AclRuleView' },
  handle: async ({ api, actor, body }) => ({ status: 201, body: await api.acl.add(actor, body) }),
});

const check = route({
  ...noInput,
  method: 'post',
  path: '/acl/check',
  tag,
  summary: 'Whether a user may read or write a topic, and which rule decides',
  body: jsonBody('AclCheckRequest', aclCheckRequest),
  success: { status: 200, view: 'AclCheckView' },
  handle: ({ api, body }) => ok(api.acl.check(body)),
});

const who = route({
  ...noInput,
  method: 'post',
  path: '/acl/who',
  tag,
  summary: 'Everybody who may read or write a topic, and who may not, each with the rule that decides',
  body: jsonBody('AclWhoRequest', aclWhoRequest),
  success: { status: 200, view: 'AclWhoList' },
  handle: ({ api, body }) => ok({ items: api.acl.who(body) }),
});

const reload = route({
  ...noInput,
  method: 'post',
  path: '/acl/reload',
  tag,
  summary: 'Read the password file and the ACL file again; a bad one changes nothing',
  success: { status: 204 },
  handle: async ({ api, actor }) => {
    await api.acl.reload(actor);
    return noContent;
  },
});

const remove = route({
  ...noInput,
  method: 'delete',
  path: '/acl/{id}',
  tag,
  summary: 'Delete a rule; it holds at once',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.acl.delete(actor, param('id'));
    return noContent;
  },
});

export const aclRoutes: readonly Route[] = [list, add, check, who, reload, remove];
