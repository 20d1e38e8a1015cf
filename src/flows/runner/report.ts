// What the process of Node-RED tells the house: bounded, for a flow may say more than anybody reads.
import { inspect } from 'node:util';
import { type Clock, RateLimit } from '../../base/index.ts';
import type { Told } from '../messages.ts';
import type { LogMessage } from '../node-red.ts';

const auditLevel = 98;
const longestText = 2000;
const lines = { burst: 200, perSecond: 50 };
/** What people did; what they only looked at is nobody's business. */
export const deeds: readonly string[] = [
  'flows.set',
  'flows.setState',
  'flow.add',
  'flow.update',
  'flow.remove',
  'nodes.install',
  'nodes.remove',
  'nodes.info.set',
  'nodes.module.set',
  'library.set',
  'context.delete',
  'permission.fail',
  'comms.auth.fail',
];

/** Which of its fields says how. */
const detailOf: Readonly<Record<string, string>> = { 'flows.set': 'type', 'flows.setState': 'state' };

function textOf({ msg }: LogMessage): string {
  if (typeof msg === 'string') return msg;
  return msg instanceof Error ? (msg.stack ?? msg.message) : inspect(msg, { depth: 2 });
}

function fieldOf(value: object, name: string): string {
  const field: unknown = Reflect.get(value, name);
  return typeof field === 'string' ? field.slice(0, 200) : '';
}

export class Report {
  readonly #send: (told: Told) => void;
  readonly #rate: RateLimit;
  #dropped = 0;

  constructor(send: (told: Told) => void, clock: Clock) {
    this.#send = send;
    this.#rate = new RateLimit(clock, lines);
  }

  /** As a log handler of Node-RED. */
  readonly log = (message: LogMessage): void => {
    if (message.level === auditLevel) this.#audit(message);
    else if (this.#rate.take('log')) this.#line(message);
    else this.#dropped++;
  };

  #line(message: LogMessage): void {
    const { level, type, name, id } = message;
    const dropped = this.#dropped === 0 ? '' : ` (${this.#dropped} lines before it were dropped)`;
    this.#dropped = 0;
    const text = `${textOf(message).slice(0, longestText)}${dropped}`;
    const node = type === undefined ? undefined : `${type}:${name || id}`;
    this.#send({ tell: 'log', level, text, ...(node !== undefined && { node }) });
  }

  #audit(message: LogMessage): void {
    const { event = '', user, path = '', error } = message;
    if (!deeds.includes(event)) return;
    const isRefused = error !== undefined || event.endsWith('.fail');
    const by = user?.username ?? '';
    const type = fieldOf(message, detailOf[event] ?? '');
    this.#send({ tell: 'audit', event, by, path: path.slice(0, 200), type, isRefused });
  }
}
