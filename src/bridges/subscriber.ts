// Subscribes at the remote, and tells what it had stored from what is new.
import type { IConnackPacket, IPublishPacket, ISubscriptionMap, MqttClient } from 'mqtt';

/** Identifiers of the two subscriptions that are made of each filter: see `subscribe`. */
const storedId = 1;
const liveId = 2;
/** Where a house says which one it is. */
export const houseTopic = '$SYS/broker/house';

export interface SubscriberOptions {
  readonly client: MqttClient;
  readonly connack: IConnackPacket;
  readonly filters: ReadonlyMap<string, 0 | 1 | 2>;
  readonly onRefused: (reason: string) => void;
}

export class Subscriber {
  readonly #options: SubscriberOptions;
  readonly #hasIdentifiers: boolean;

  constructor(options: SubscriberOptions) {
    const { client, connack } = options;
    this.#options = options;
    const mayIdentify = connack.properties?.subscriptionIdentifiersAvailable !== false;
    this.#hasIdentifiers = client.options.protocolVersion === 5 && mayIdentify;
  }

  /**
   * Every filter is subscribed to twice in one breath. The first subscription brings what the remote has retained, and
   * its identifier comes with that; the second replaces it and asks for no retained messages. So a retained message
   * with the first identifier was stored, and one with the second is new although it is to be retained.
   */
  subscribe(): void {
    if (this.#options.filters.size === 0) return;
    this.#request(0, this.#hasIdentifiers ? storedId : undefined);
    if (this.#hasIdentifiers) this.#request(2, liveId);
  }

  /** Asks which house the remote is, if it is one. When `then` is called, this and all subscriptions are answered. */
  askWho(then: () => void): void {
    const { client } = this.#options;
    client.subscribe(houseTopic, { qos: 0 }, () => client.unsubscribe(houseTopic, () => then()));
  }

  isStored({ retain, properties }: IPublishPacket): boolean {
    if (!retain) return false;
    const ids = properties?.subscriptionIdentifier;
    if (!this.#hasIdentifiers || ids === undefined) return true;
    return typeof ids === 'number' ? ids === storedId : !ids.includes(liveId);
  }

  /** Without identifiers the retain flag must say that a message was stored, as it does in MQTT 3.1.1. */
  #request(retainHandling: number, identifier: number | undefined): void {
    const { client, filters, onRefused } = this.#options;
    const more = { nl: true, rap: this.#hasIdentifiers, rh: retainHandling };
    const map: ISubscriptionMap = {};
    for (const [filter, qos] of filters) map[filter] = { qos, ...more };
    const properties = identifier === undefined ? {} : { properties: { subscriptionIdentifier: identifier } };
    client.subscribe(map, { qos: 0, ...properties }, (error) => {
      if (error !== null) onRefused(`a subscription was refused: ${error.message}`);
    });
  }
}
