// A topic as the lists of the HTTP API show it.
import { bemfaKindOf, type Timestamp } from '../../../../src/base/index.ts';
import { beijingTime, unixSeconds } from '../beijing-time.ts';
import type { CloudMessage, CloudTopic } from '../topic.ts';

function textOf(message: CloudMessage | undefined): string {
  return message?.payload.toString() ?? '';
}

export function messageView(message: CloudMessage) {
  return { msg: textOf(message), time: beijingTime(message.at), unix: unixSeconds(message.at) };
}

function timeOf(at: Timestamp | undefined) {
  return at === undefined ? { time: '', unix: 0 } : { time: beijingTime(at), unix: unixSeconds(at) };
}

/** As `/va/alltopic` has it. */
export function shortView(topic: CloudTopic) {
  const kind = bemfaKindOf(topic.name) ?? '';
  return {
    topic: topic.name,
    msg: textOf(topic.last),
    name: topic.nickname,
    online: topic.online > 0,
    tid: kind,
    sid: '',
    ...timeOf(topic.last?.at),
  };
}

/** As `/vb/api/v2` has it. */
export function fullView(topic: CloudTopic) {
  const view = shortView(topic);
  return {
    ...view,
    pubOnline: view.online,
    onlineNum: topic.online,
    deviceType: view.tid,
    share: false,
    room: topic.room,
    group: topic.group,
    createTime: beijingTime(topic.createdAt),
    type: topic.type,
  };
}

/** As the calls for Home Assistant have it. */
export function homeAssistantView(topic: CloudTopic) {
  const { tid, msg } = shortView(topic);
  return {
    topic: topic.name,
    deviceID: topic.name,
    id: tid,
    type: topic.type,
    name: topic.nickname,
    room: topic.room,
    num: topic.online,
    state: msg.startsWith('on'),
    msg,
  };
}
