// Telling people something, through the channels that plugins offer.
import { notificationRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'plugins';

const channels = route({
  ...noInput,
  method: 'get',
  path: '/notifications/channels',
  tag,
  summary: 'Names of channels that can be sent through now',
  success: { status: 200, view: 'ChannelList' },
  handle: ({ api }) => ok({ items: api.plugins.channels() }),
});

const notify = route({
  ...noInput,
  method: 'post',
  path: '/notifications',
  tag,
  summary: 'Tell people something, as `notify` of rules does; answers when it was sent through all channels',
  body: jsonBody('NotificationRequest', notificationRequest),
  success: { status: 204 },
  handle: async ({ api, actor, body }) => {
    await api.plugins.notify(actor, body);
    return noContent;
  },
});

export const notificationRoutes: readonly Route[] = [channels, notify];
