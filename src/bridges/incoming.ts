// Messages of the remote on their way into the house: mapped, cleared of our own, published through the accept seam.
import { Buffer } from 'node:buffer';
import { type BatchNumber, HomeruleError } from '../base/index.ts';
import type { MessageProperties } from '../broker/index.ts';
import type { Echoes } from './echoes.ts';
import type { BridgeCounters } from './figures.ts';
import type { PublishPacket } from './link.ts';
import type { LocalBroker } from './ports.ts';
import type { TopicMap } from './topic-map.ts';
import { isLoop, trailOf, withTrail } from './trail.ts';

export interface IncomingOptions {
  readonly bridge: string;
  readonly house: string;
  readonly map: TopicMap;
  readonly local: LocalBroker;
  readonly echoes: Echoes;
  readonly counters: BridgeCounters;
  /** The house that the remote is, if it is one. */
  readonly remoteHouse: () => string | undefined;
  /** Whether something newer of ours is on its way to this topic of the remote. */
  readonly isOvertaken: (remoteTopic: string) => boolean;
  readonly onRefused: (reason: string) => void;
}

export function messageProperties({ properties }: PublishPacket): MessageProperties | undefined {
  if (properties === undefined) return undefined;
  const { contentType, responseTopic, correlationData, payloadFormatIndicator } = properties;
  const { messageExpiryInterval, userProperties } = properties;
  return {
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData !== undefined && { correlationData }),
    ...(messageExpiryInterval !== undefined && { messageExpiryInterval }),
    ...(payloadFormatIndicator !== undefined && { payloadFormatIndicator }),
    ...(userProperties !== undefined && { userProperties: { ...userProperties } }),
  };
}

export class Incoming {
  readonly #options: IncomingOptions;

  constructor(options: IncomingOptions) {
    this.#options = options;
  }

  /** Returns the batch that keeps it; undefined when there is nothing to wait for. */
  receive(packet: PublishPacket, isStored: boolean, mayEcho: boolean): BatchNumber | undefined {
    const { map, counters, bridge, local, onRefused } = this.#options;
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const properties = this.#withRemote(messageProperties(packet));
    if (this.#isOurs(packet.topic, payload, { properties, isStored, mayEcho })) return undefined;
    const to = map.toLocal(packet.topic);
    if (to === undefined) {
      counters.refused++;
      return undefined;
    }
    const { qos, retain } = packet;
    const message = { topic: to.topic, payload, qos, retain, origin: 'bridge' as const, by: bridge };
    try {
      const batch = local.publish({
        ...message,
        ...(isStored && { stored: true }),
        ...(properties !== undefined && { properties }),
      });
      counters.received++;
      return batch;
    } catch (error) {
      if (!(error instanceof HomeruleError)) throw error;
      counters.refused++;
      onRefused(`"${packet.topic.slice(0, 80)}" was not taken: ${error.message}`);
      return undefined;
    }
  }

  /** A house that we fetch from leaves no mark of its own. */
  #withRemote(properties: MessageProperties | undefined): MessageProperties | undefined {
    const remote = this.#options.remoteHouse();
    if (remote === undefined || trailOf(properties).includes(remote)) return properties;
    return withTrail(properties, remote);
  }

  #isOurs(
    topic: string,
    payload: Uint8Array,
    facts: {
      readonly properties: MessageProperties | undefined;
      readonly isStored: boolean;
      readonly mayEcho: boolean;
    },
  ): boolean {
    const { counters, house, echoes, isOvertaken } = this.#options;
    if (isLoop(facts.properties, house)) {
      counters.loops++;
      return true;
    }
    const isEcho = facts.mayEcho && echoes.take(topic, payload);
    if (isEcho) counters.echoes++;
    return isEcho || (facts.isStored && isOvertaken(topic));
  }
}
