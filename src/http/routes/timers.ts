// What will happen by itself: waiting runs and scheduled triggers.
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'timers';

const list = route({
  ...noInput,
  method: 'get',
  path: '/timers',
  tag,
  summary: 'Waiting runs, scheduled triggers, what triggers hold and the next 1,000 topics to fall silent',
  success: { status: 200, view: 'TimerList' },
  handle: ({ api }) => ok({ items: api.timers.list() }),
});

const fire = route({
  ...noInput,
  method: 'post',
  path: '/timers/{id}/fire',
  tag,
  summary: 'Let a waiting run go on, or a trigger wake its rule, now',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.timers.fire(actor, param('id'));
    return noContent;
  },
});

const cancel = route({
  ...noInput,
  method: 'delete',
  path: '/timers/{id}',
  tag,
  summary: 'End the run that waits for it, or let go what a trigger holds',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.timers.cancel(actor, param('id'));
    return noContent;
  },
});

export const timerRoutes: readonly Route[] = [list, fire, cancel];
