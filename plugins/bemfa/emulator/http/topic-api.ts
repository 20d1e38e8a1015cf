// Topics over HTTP: list, create, delete, name, and the secret of an app.
import { z } from 'zod';
import { fail } from '../errors.ts';
import type { CloudTopic } from '../topic.ts';
import { shapes } from './answers.ts';
import { type ApiCall, type Route, route } from './route.ts';
import { fullView, homeAssistantView, shortView } from './topic-view.ts';

const mostInBatch = 99;

function named({ cloud, given }: ApiCall): CloudTopic {
  return given.account(cloud).get(given.type(), given.get('topic'));
}

function typed({ cloud, given }: ApiCall): readonly CloudTopic[] {
  return given.account(cloud).list(given.type());
}

function create({ cloud, given }: ApiCall): number {
  const account = given.account(cloud);
  const topic = account.create(given.type(), given.get('topic'), given.find('name'));
  topic.room = given.find('room') ?? '';
  topic.group = given.find('group') ?? '';
  return 0;
}

function remove({ cloud, given }: ApiCall): number {
  given.account(cloud).delete(given.type(), given.get('topic'));
  return 0;
}

function rename(call: ApiCall): number {
  named(call).nickname = call.given.get('name');
  call.given.account(call.cloud).changed();
  return 0;
}

const batchEntry = z.looseObject({
  topic: z.string(),
  name: z.string().default(''),
  room: z.string().default(''),
  group: z.string().default(''),
});

/** What exists is told and the others are made; whether the real one makes them is not known. */
function createBatch({ cloud, given }: ApiCall) {
  const account = given.account(cloud);
  const entries = z.array(batchEntry).max(mostInBatch).safeParse(given.list('topics'));
  if (!entries.success) throw fail('bemfa-bad-parameters', `"topics" is a list of up to ${mostInBatch}`);
  const exists = entries.data.filter(({ topic }) => account.find(7, topic) !== undefined);
  for (const entry of entries.data) {
    if (exists.includes(entry)) continue;
    const topic = account.create(7, entry.topic, entry.name);
    topic.room = entry.room;
    topic.group = entry.group;
  }
  return { exists: exists.map(({ topic }) => topic), failed: [] };
}

function move(property: 'room' | 'group') {
  return ({ cloud, given }: ApiCall) => {
    const account = given.account(cloud);
    const topics = given.list('topicIDs').map((name) => account.get(given.type(), String(name)));
    for (const topic of topics) topic[property] = given.get(property);
    account.changed();
    return { code: 0 };
  };
}

function ofGroup(call: ApiCall) {
  const group = call.given.get('group');
  return {
    data: typed(call)
      .filter((topic) => topic.group === group)
      .map(fullView),
  };
}

export const topicRoutes: readonly Route[] = [
  route('GET /va/alltopic', shapes.va, (call) => typed(call).map(shortView)),
  route('GET /vb/api/v2/allTopic', shapes.vb, (call) => ({ data: typed(call).map(fullView) })),
  route('GET /vb/api/v1/topicInfo', shapes.vb, (call) => fullView(named(call))),
  route('GET /vb/api/v2/topicInfo', shapes.vb, (call) => fullView(named(call))),
  route('GET /vb/api/v1/groupTopic', shapes.vb, ofGroup),
  route('GET /vb/api/v2/groupTopic', shapes.vb, ofGroup),
  route('GET /vb/ha/v1/device', shapes.vb, ({ cloud, given }) => {
    return { array: given.account(cloud).list().map(homeAssistantView) };
  }),
  route('POST /v1/createTopic', shapes.va, create),
  route('POST /vs/web/v2/createTopic', shapes.vs, create),
  route('POST /vs/web/v2/createTopicNoSecret', shapes.vs, create),
  route('POST /vs/web/v2/addTopicsNoSecret', shapes.vs, createBatch),
  route('POST /v1/deleteTopic', shapes.va, remove),
  route('POST /v1/addtopic', shapes.va, create),
  route('POST /v1/deltopic', shapes.va, remove),
  route('POST /va/modifyName', shapes.va, rename),
  route('POST /va/setName', shapes.va, rename),
  route('GET /va/getName', shapes.va, (call) => named(call).nickname),
  route('POST /vb/api/v1/changeTopicRoom', shapes.vb, move('room')),
  route('POST /vb/api/v1/changeTopicGroup', shapes.vb, move('group')),
  route('POST /vs/web/v1/userSecretKey', shapes.vb, ({ cloud, given }) => {
    const { appId, appSecret } = given.account(cloud).credentials;
    return { appID: appId, secretKey: appSecret };
  }),
];
