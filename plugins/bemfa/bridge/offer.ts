// One device of the house as the cloud knows it: its topic, its kind, and its values in the text of that kind.
import {
  type BemfaKind,
  bemfaKindOf,
  bemfaTopicFault,
  decodeBemfa,
  encodeBemfa,
} from '../../../src/base/index.ts';
import type { PluginDevice } from '../../../src/plugins/index.ts';
import type { Offered } from './config.ts';
import { kindOfDevice } from './device-kind.ts';
import { topicNameOf } from './topic-name.ts';
import { reportedState, type Values, wantedValues } from './translation.ts';

export class Offer {
  readonly topic: string;
  readonly name: string;
  readonly device: string;
  readonly #kind: BemfaKind;
  readonly #properties: PluginDevice['properties'];
  readonly #values = new Map<string, unknown>();

  private constructor(device: PluginDevice, kind: BemfaKind, { topic, name }: Offered) {
    this.device = device.id;
    this.name = name ?? device.name;
    this.topic = topic ?? topicNameOf(device.id, kind);
    this.#kind = kind;
    this.#properties = device.properties;
    for (const { id, value } of device.properties) this.#values.set(id, value);
  }

  /** The offer, or why there is none. A topic that is given says the kind. */
  static of(device: PluginDevice | undefined, offered: Offered): Offer | string {
    const { device: id, topic } = offered;
    if (device === undefined) return `there is no device "${id}"`;
    const kind = topic === undefined ? kindOfDevice(device.properties) : bemfaKindOf(topic);
    if (kind !== undefined) return new Offer(device, kind, offered);
    return topic === undefined
      ? `nothing of "${id}" can be said to a speaker`
      : (bemfaTopicFault(topic) ?? `the end of "${topic}" is no kind of device`);
  }

  /** Remembers a value; true when it is of this device. */
  take(device: string, property: string, value: unknown): boolean {
    if (device !== this.device) return false;
    this.#values.set(property, value);
    return true;
  }

  /** Undefined while nothing is known of it. */
  text(): string | undefined {
    return encodeBemfa(this.#kind, reportedState(this.#kind, Object.fromEntries(this.#values)));
  }

  /** What a command wants of the device; undefined when it means nothing to its kind. */
  wanted(text: string): Values | undefined {
    const state = decodeBemfa(this.#kind, text);
    const wanted = state && wantedValues(this.#kind, state, this.#properties);
    return wanted === undefined || Object.keys(wanted).length === 0 ? undefined : wanted;
  }
}
