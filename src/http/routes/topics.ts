// Topics with their latest message, and publishing.
import { z } from 'zod';
import { listQuery, publishRequest } from '../../api/index.ts';
import { jsonBody } from '../body.ts';
import { noContent, noInput, ok, type Route, route } from '../route.ts';

const tag = 'topics';
const text = z.string().max(1000).exactOptional();

const topicsQuery = z
  .strictObject({ ...listQuery.shape, prefix: text, search: text, parent: text })
  .refine(({ parent, ...page }) => parent === undefined || Object.keys(page).length === 0, {
    message: 'parent gives one level of the tree and goes with nothing else',
  });

const list = route({
  ...noInput,
  method: 'get',
  path: '/topics',
  tag,
  summary: 'Topics by prefix and search, or with parent= one level of the tree (empty: the top)',
  query: topicsQuery,
  success: { status: 200, view: 'TopicPage' },
  handle: ({ api, query }) => {
    const { parent, ...page } = query;
    return ok(parent === undefined ? api.topics.list(page) : { items: api.topics.children(parent) });
  },
});

const get = route({
  ...noInput,
  method: 'get',
  path: '/topics/{topic*}',
  tag,
  summary: 'The latest message of a topic; its slashes percent-encoded or not',
  success: { status: 200, view: 'TopicDetail' },
  handle: ({ api, param }) => ok(api.topics.get(param('topic'))),
});

const clearRetained = route({
  ...noInput,
  method: 'delete',
  path: '/retained/{topic*}',
  tag,
  summary: 'Remove the retained message of a topic',
  success: { status: 204 },
  handle: async ({ api, actor, param }) => {
    await api.topics.clearRetained(actor, param('topic'));
    return noContent;
  },
});

const publish = route({
  ...noInput,
  method: 'post',
  path: '/publish',
  tag,
  summary: 'Publish a message; a text payload is sent as it is, anything else as JSON',
  body: jsonBody('PublishRequest', publishRequest),
  success: { status: 204 },
  handle: async ({ api, actor, body }) => {
    await api.topics.publish(actor, body);
    return noContent;
  },
});

export const topicRoutes: readonly Route[] = [list, get, clearRetained, publish];
