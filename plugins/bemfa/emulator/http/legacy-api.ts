// The first generation of the HTTP API (api.bemfa.com), which integrations still call. Its numbers are its own; where
// the exact words of an answer are not known, ours say "ok".
import { HomeruleError } from '../../../../src/base/index.ts';
import type { Account } from '../account.ts';
import type { CloudTopic, TopicType } from '../topic.ts';
import { push } from './message-api.ts';
import type { ApiCall, Route } from './route.ts';
import { messageView } from './topic-view.ts';

/** In paths that hold `/1/` or `/3/`; callers mix them, so the other type is looked at, too. */
function locate(account: Account, type: TopicType, name: string): CloudTopic {
  return account.find(type, name) ?? account.find(type === 1 ? 3 : 1, name) ?? account.get(type, name);
}

function readLast(type: TopicType) {
  return ({ cloud, given }: ApiCall) => {
    const topic = locate(given.account(cloud), type, given.get('topic'));
    const last = topic.last === undefined ? { msg: '', time: '' } : messageView(topic.last);
    return { code: 111, msg: last.msg, time: last.time, status: 'get ok' };
  };
}

function pushTo(type: TopicType) {
  return (call: ApiCall) => {
    const { cloud, given } = call;
    const address = given.get('topic');
    const [name = ''] = address.split('/');
    const topic = locate(given.account(cloud), type, name);
    push(call, { address, type: topic.type, text: given.message('msg') });
    return { code: 111, status: 'push ok' };
  };
}

function status({ cloud, given }: ApiCall) {
  const topic = locate(given.account(cloud), 1, given.get('topic'));
  return { code: 40020, status: topic.online > 0 ? 'online' : 'offline' };
}

/** Lists MQTT topics for type 2, and TCP topics for the rest. */
function list({ cloud, given }: ApiCall) {
  const type = given.get('type') === '2' ? 1 : 3;
  const data = given
    .account(cloud)
    .list(type)
    .map(({ name, nickname }) => ({ topic_id: name, v_name: nickname }));
  return { code: 111, status: 'get ok', data };
}

function create({ cloud, given }: ApiCall) {
  const account = given.account(cloud);
  try {
    account.create(given.type(), given.get('topic'), given.find('name'));
  } catch (error) {
    if (!(error instanceof HomeruleError) || error.code !== 'bemfa-topic-exists') throw error;
    return { code: 5723006, status: 'topic exists' };
  }
  return { code: 5723007, status: 'added successfullye' };
}

function remove({ cloud, given }: ApiCall) {
  given.account(cloud).delete(given.type(), given.get('topic'));
  return { code: 5733007, status: 'delete successfullye' };
}

function rename({ cloud, given }: ApiCall) {
  const account = given.account(cloud);
  account.get(given.type(), given.get('topic')).nickname = given.get('name');
  account.changed();
  return { code: 5743007, status: 'update successfullye' };
}

const failures: Readonly<Record<string, number>> = {
  'bemfa-bad-parameters': 41020,
  'bemfa-wrong-key': 41022,
  'bemfa-topic-missing': 40012,
};

function legacy(at: `${'GET' | 'POST'} /${string}`, answer: (call: ApiCall) => unknown): Route {
  const [method, path = ''] = at.split(' ');
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path,
    // Home Assistant's client refuses the list as anything else.
    contentType: 'text/html; charset=utf-8',
    answer: (call) => {
      try {
        return answer(call);
      } catch (error) {
        if (!(error instanceof HomeruleError)) throw error;
        return { code: failures[error.code] ?? 40000, status: error.message };
      }
    },
  };
}

const device = '/api/device/v1';

export const legacyRoutes: readonly Route[] = [
  ...([1, 3] as const).flatMap((type) => [
    legacy(`GET ${device}/data/${type}/`, readLast(type)),
    legacy(`GET ${device}/data/${type}/get/`, readLast(type)),
    legacy(`POST ${device}/data/${type}/`, pushTo(type)),
    legacy(`POST ${device}/data/${type}/push/post/`, pushTo(type)),
    legacy(`GET ${device}/data/${type}/push/get/`, pushTo(type)),
  ]),
  legacy(`GET ${device}/status/`, status),
  legacy(`GET ${device}/topic/`, list),
  legacy('POST /api/user/addtopic/', create),
  legacy('POST /api/user/deltopic/', remove),
  legacy(`POST ${device}/topic/name/`, rename),
];
