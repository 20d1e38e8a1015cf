// The speaker: turns what a person says into what the cloud would push, and pushes it on the bare topic.
import { Buffer } from 'node:buffer';
import {
  type BemfaKind,
  bemfaKindOf,
  bemfaModes,
  decodeBemfa,
  encodeBemfa,
} from '../../../src/base/index.ts';
import type { Account } from './account.ts';
import type { Cloud } from './cloud.ts';
import { fail } from './errors.ts';
import type { CloudTopic } from './topic.ts';

export interface VoiceCommand {
  /** A topic or its nickname. */
  readonly target: string;
  /** `on`, `on 80`, `cool 26`, `#ff0000` */
  readonly words: readonly string[];
}

export interface Spoken {
  readonly topic: string;
  readonly type: number;
  readonly message: string;
  readonly hearers: number;
}

const modeNames: readonly string[] = bemfaModes;
const usage: Readonly<Partial<Record<BemfaKind, string>>> = {
  light: 'on, off, on 80, on 80 #ff0000, on 80 4000K',
  fan: 'on, off, on 2, on 2 1',
  aircondition: `on, off, ${bemfaModes.join(', ')}, cool 26, cool 26 3`,
  curtain: 'on, off, pause, on 50',
};

function wordText(kind: BemfaKind, word: string): string {
  if (/^#[0-9a-f]{6}$/i.test(word)) return String(Number.parseInt(word.slice(1), 16));
  const mode = kind === 'aircondition' ? modeNames.indexOf(word) : -1;
  return mode < 0 ? word.replace(/(?<=\d)[K%]$/i, '') : String(mode + 1);
}

/** Throws when no device of that kind would be told so. */
export function voiceText(topic: string, words: readonly string[]): string {
  const kind = bemfaKindOf(topic);
  if (kind === undefined) return words.join('#');
  if (kind === 'sensor') throw fail('bemfa-bad-parameters', `${topic} is a sensor, which is told nothing`);
  const [first = ''] = words;
  const isHead = first === 'on' || first === 'off' || first === 'pause';
  const parts = [...(isHead ? [] : ['on']), ...words.map((word) => wordText(kind, word))];
  const state = decodeBemfa(kind, parts.join('#'));
  const text = state && encodeBemfa(kind, state);
  if (text === undefined || words.length === 0 || text.split('#').length !== parts.length) {
    const known = usage[kind] ?? 'on, off';
    throw fail('bemfa-bad-parameters', `${topic} (${kind}) understands ${known}; not "${words.join(' ')}"`);
  }
  return text;
}

interface Addressed {
  readonly account: Account;
  readonly topic: CloudTopic;
}

function addressed(cloud: Cloud, target: string): Addressed[] {
  const all = cloud.accounts.flatMap((account) => account.list().map((topic) => ({ account, topic })));
  return all.filter(({ topic }) => topic.name === target || (target !== '' && topic.nickname === target));
}

/** To all topics of that name that a device listens to. Throws when there is none. */
export function speak(cloud: Cloud, { target, words }: VoiceCommand): readonly Spoken[] {
  const found = addressed(cloud, target);
  if (found.length === 0) throw fail('bemfa-topic-missing', `no topic is called "${target}"`);
  const online = found.filter(({ topic }) => topic.online > 0);
  const spoken = online.map(({ account, topic }) => {
    const message = voiceText(topic.name, words);
    const { hearers, type, name: address } = topic;
    account.publish({ type, address, payload: Buffer.from(message), source: 'voice', qos: 1 });
    return { topic: address, type, message, hearers };
  });
  if (spoken.length > 0) return spoken;
  throw fail('bemfa-device-offline', `设备不在线: no device listens to "${target}"`);
}
