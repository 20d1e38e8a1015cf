// One message on its way to several clients: what they have in common is encoded once.
import { Buffer } from 'node:buffer';
import type { PacketProperties, PublishPacket } from '../packet.ts';
import { type PublishBytes, publishBytes, type WireProperties } from './publish-bytes.ts';
import type { OfferedAlias } from './topic-aliases.ts';

/** A message as aedes hands it to its emitter. */
export interface RoutedPacket extends PublishPacket {
  /** Of the client that published it, if one did. */
  readonly clientId?: string;
}

/** What only one client gets. */
export interface OwnProperties {
  /** One that the client knows stands in the place of the topic. */
  readonly alias: OfferedAlias | undefined;
  readonly identifiers: readonly number[];
  /** Left of the message's life. */
  readonly expirySeconds: number | undefined;
}

/** Only what travels from end to end; undefined when there is nothing. */
function commonProperties(from: PacketProperties | undefined): WireProperties | undefined {
  if (from === undefined) return undefined;
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = from;
  const { messageExpiryInterval } = from;
  const hasUser = userProperties !== undefined && Object.keys(userProperties).length > 0;
  const properties: WireProperties = {
    ...(payloadFormatIndicator !== undefined && { payloadFormatIndicator }),
    ...(messageExpiryInterval !== undefined && { messageExpiryInterval }),
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData !== undefined && { correlationData }),
    ...(hasUser && { userProperties }),
  };
  return Object.keys(properties).length > 0 ? properties : undefined;
}

export class Publication {
  #packet: RoutedPacket;
  readonly #properties: WireProperties | undefined;
  readonly #forms: (PublishBytes | undefined)[] = [];
  #isOwn = false;

  constructor(packet: RoutedPacket) {
    this.#packet = packet;
    this.#properties = commonProperties(packet.properties);
  }

  get packet(): RoutedPacket {
    return this.#packet;
  }

  /** Called before it is kept for later: a slice of what was read from a socket would hold on to all of it. */
  detach(): void {
    if (this.#isOwn) return;
    this.#isOwn = true;
    this.#packet = { ...this.#packet, payload: Buffer.from(this.#packet.payload) };
  }

  /** hot: once per delivery; guarded by the broker benchmark. */
  bytes(isVersion5: boolean, qos: 0 | 1 | 2, retain: boolean): PublishBytes {
    const key = (isVersion5 ? 8 : 0) | (qos << 1) | (retain ? 1 : 0);
    const known = this.#forms[key];
    if (known !== undefined) return known;
    const { topic, payload } = this.#packet;
    const made = publishBytes({ isVersion5, qos, retain, topic, payload, properties: this.#properties });
    this.#forms[key] = made;
    return made;
  }

  /** For MQTT 5 only. */
  ownBytes(qos: 0 | 1 | 2, retain: boolean, own: OwnProperties): PublishBytes {
    const { topic, payload } = this.#packet;
    const { alias } = own;
    const properties: WireProperties = {
      ...this.#properties,
      ...(own.expirySeconds !== undefined && { messageExpiryInterval: own.expirySeconds }),
      ...(alias !== undefined && { topicAlias: alias.alias }),
      ...(own.identifiers.length > 0 && { subscriptionIdentifier: own.identifiers }),
    };
    const wireTopic = alias?.isKnown ? '' : topic;
    return publishBytes({ isVersion5: true, qos, retain, topic: wireTopic, payload, properties });
  }
}
