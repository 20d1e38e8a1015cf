// Browsers that people are logged in with, and how they are put out.
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'access';

const list = route({
  ...noInput,
  method: 'get',
  path: '/sessions',
  tag,
  summary: 'Browsers that people are logged in with, last seen first',
  success: { status: 200, view: 'BrowserSessionList' },
  handle: ({ api, actor }) => ok({ items: api.sessions.list(actor) }),
});

const endOne = route({
  ...noInput,
  method: 'delete',
  path: '/sessions/{id}',
  tag,
  summary: 'End one; its browser has to log in again',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.sessions.endOne(actor, param('id'));
    return noContent;
  },
});

const endOthers = route({
  ...noInput,
  method: 'post',
  path: '/sessions/end-others',
  tag,
  summary: 'End all but the one that asks',
  success: { status: 200, view: 'EndedSessionsView' },
  handle: async ({ api, actor }) => ok(await api.sessions.endOthers(actor)),
});

export const sessionRoutes: readonly Route[] = [list, endOne, endOthers];
