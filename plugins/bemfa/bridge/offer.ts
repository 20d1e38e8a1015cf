// One device of the house as the cloud knows it: its topic, its kind, and its values in the text of that kind.
import {
  type BemfaKind,
  bemfaKindOf,
  bemfaTopicFault,
  decodeBemfa,
  encodeBemfa,
} from '../../../src/base/index.ts';
import type { PluginDevice } from '../../../src/plugins/index.ts';
import type { Offered, StateEnding } from './config.ts';
import { kindOfDevice } from './device-kind.ts';
import type { BridgeHouse, Mapping } from './mapping.ts';
import { topicNameOf } from './topic-name.ts';
import { reportedState, wantedValues } from './translation.ts';

/** Where the offer stands. */
export interface OfferPlace {
  readonly house: Pick<BridgeHouse, 'devices'>;
  /** Unless the offer says otherwise. */
  readonly state: StateEnding;
}

export class Offer implements Mapping {
  readonly topic: string;
  readonly name: string;
  readonly ending: StateEnding;
  readonly device: string;
  readonly kind: BemfaKind;
  readonly #house: OfferPlace['house'];
  readonly #properties: PluginDevice['properties'];
  readonly #values = new Map<string, unknown>();

  private constructor(device: PluginDevice, kind: BemfaKind, offered: Offered & OfferPlace) {
    const { topic, name, state, house } = offered;
    this.device = device.id;
    this.name = name ?? device.name;
    this.topic = topic ?? topicNameOf(device.id, kind);
    this.ending = state;
    this.kind = kind;
    this.#house = house;
    this.#properties = device.properties;
    for (const { id, value } of device.properties) this.#values.set(id, value);
  }

  /** The offer, or why there is none. A topic that is given says the kind. */
  static of(device: PluginDevice | undefined, offered: Offered, place: OfferPlace): Offer | string {
    const { device: id, topic } = offered;
    if (device === undefined) return `there is no device "${id}"`;
    const kind = topic === undefined ? kindOfDevice(device.properties) : bemfaKindOf(topic);
    if (kind !== undefined)
      return new Offer(device, kind, { ...place, ...offered, state: offered.state ?? place.state });
    return topic === undefined
      ? `nothing of "${id}" can be said to a speaker`
      : (bemfaTopicFault(topic) ?? `the end of "${topic}" is no kind of device`);
  }

  get subject(): Readonly<Record<string, string>> {
    return { device: this.device, name: this.name };
  }

  /** Remembers a value; true when it is of this device. */
  take(device: string, property: string, value: unknown): boolean {
    if (device !== this.device) return false;
    this.#values.set(property, value);
    return true;
  }

  /** Undefined while nothing is known of it. */
  text(): string | undefined {
    return encodeBemfa(this.kind, reportedState(this.kind, Object.fromEntries(this.#values)));
  }

  async command(text: string): Promise<void> {
    const state = decodeBemfa(this.kind, text);
    const wanted = state && wantedValues(this.kind, state, this.#properties);
    if (wanted === undefined || Object.keys(wanted).length === 0) throw new Error('it means nothing to it');
    await this.#house.devices.set(this.device, wanted);
  }
}
