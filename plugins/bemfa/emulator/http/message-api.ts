// Messages over HTTP: read the last ones, push one, ask who is there.
import { Buffer } from 'node:buffer';
import { fail } from '../errors.ts';
import type { TopicType } from '../topic.ts';
import { shapes } from './answers.ts';
import { type ApiCall, type Route, route } from './route.ts';
import { messageView } from './topic-view.ts';

const mostMessages = 5000;

export interface Push {
  readonly address: string;
  readonly type: TopicType;
  readonly text: string;
}

/** Throws when it was not kept. */
export function push({ cloud, given }: ApiCall, { address, type, text }: Push): void {
  const account = given.account(cloud);
  const payload = Buffer.from(text);
  const outcome = account.publish({ type, address, payload, source: 'http', qos: 1 });
  if (outcome === 'missing')
    throw fail('bemfa-topic-missing', `there is no topic "${address}" of type ${type}`);
  const { payloadBytes, messagesPerSecond } = cloud.conduct;
  if (outcome === 'too-long') {
    throw fail('bemfa-message-too-long', `a message has at most ${payloadBytes} bytes here`);
  }
  if (outcome === 'too-fast') {
    throw fail('bemfa-too-fast', `an account may send ${messagesPerSecond} messages a second here`);
  }
}

function sendMessage(call: ApiCall): number {
  const { given } = call;
  push(call, { address: given.get('topic'), type: given.type(), text: given.message('msg') });
  return 0;
}

function lastMessages({ cloud, given }: ApiCall) {
  const topic = given.account(cloud).get(given.type(), given.get('topic'));
  const count = Number(given.find('num') ?? '1');
  if (!Number.isInteger(count) || count < 1 || count > mostMessages) {
    throw fail('bemfa-bad-parameters', `"num" is 1 to ${mostMessages}`);
  }
  return topic.recent(count).map(messageView);
}

export const messageRoutes: readonly Route[] = [
  route('GET /va/getmsg', shapes.va, lastMessages),
  route('GET /va/sendMessage', shapes.va, sendMessage),
  route('POST /va/postJsonMsg', shapes.va, sendMessage),
  route('GET /va/online', shapes.va, ({ cloud, given }) => {
    return given.account(cloud).get(given.type(), given.get('topic')).online > 0;
  }),
  route('POST /vb/ha/v1/postMassage', shapes.vb, (call) => {
    const { given } = call;
    push(call, { address: given.get('topicID'), type: given.type(), text: given.message('message') });
    return 0;
  }),
];
