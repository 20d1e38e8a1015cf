// Messages as one client wants them: its version, its packet size, its topic aliases, what is left of their life.
import type { Clock } from '../../base/index.ts';
import type { Delivery } from './delivery.ts';
import type { PublishBytes } from './publish-bytes.ts';
import { TopicAliases } from './topic-aliases.ts';

/** What a CONNECT asks of us. */
export interface ClientWishes {
  readonly isVersion5: boolean;
  /** Messages of QoS 1 and 2 on their way at a time. */
  readonly receiveMaximum: number;
  /** Bytes; larger packets are not sent [MQTT-3.1.2-24]. */
  readonly maximumPacketSize: number;
  readonly topicAliasMaximum: number;
}

export const noWishes: ClientWishes = {
  isVersion5: false,
  receiveMaximum: 65_535,
  maximumPacketSize: Number.POSITIVE_INFINITY,
  topicAliasMaximum: 0,
};

export type Unsendable = 'expired' | 'too-large';

export class ClientEncoder {
  readonly #clock: Clock;
  #wishes = noWishes;
  #aliases: TopicAliases | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Bytes of the largest packet that the client takes. */
  get largest(): number {
    return this.#wishes.maximumPacketSize;
  }

  welcome(wishes: ClientWishes): void {
    this.#wishes = wishes;
    if (wishes.topicAliasMaximum > 0) this.#aliases = new TopicAliases(wishes.topicAliasMaximum);
  }

  /** hot: once per delivery; guarded by the broker benchmark. The result is sent, or the delivery given up. */
  encode(delivery: Delivery): PublishBytes | Unsendable {
    const { publication, qos, retain } = delivery;
    const expirySeconds = this.#expirySeconds(delivery);
    if (expirySeconds !== undefined && expirySeconds <= 0) return 'expired';
    const { isVersion5, maximumPacketSize } = this.#wishes;
    const isShared =
      !isVersion5 ||
      (expirySeconds === undefined && this.#aliases === undefined && delivery.identifiers.length === 0);
    const found = isShared
      ? publication.bytes(isVersion5, qos, retain)
      : this.#ownBytes(delivery, expirySeconds);
    return found.bytes.length > maximumPacketSize ? 'too-large' : found;
  }

  /** [MQTT-3.3.2-6]; undefined for a message that lives on. */
  #expirySeconds({ publication: { packet } }: Delivery): number | undefined {
    if (packet.messageExpiry === undefined) return undefined;
    return Math.ceil((packet.messageExpiry - this.#clock.now()) / 1000);
  }

  #ownBytes(delivery: Delivery, expirySeconds: number | undefined): PublishBytes {
    const { publication, qos, retain, identifiers } = delivery;
    const { topic } = publication.packet;
    const alias = this.#aliases?.offer(topic);
    const own = publication.ownBytes(qos, retain, { alias, identifiers, expirySeconds });
    if (alias === undefined) return own;
    // What is too large only because it introduces its alias goes without one.
    if (own.bytes.length > this.#wishes.maximumPacketSize)
      return publication.ownBytes(qos, retain, { alias: undefined, identifiers, expirySeconds });
    this.#aliases?.tell(topic);
    return own;
  }
}
