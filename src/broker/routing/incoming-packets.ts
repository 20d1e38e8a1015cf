// Looks at each parsed packet before aedes does: for what the way out must know, and for what aedes would refuse or
// let pass wrongly.
import type { Client } from 'aedes';
import type { Connection } from '../connection.ts';
import type { AckPacket } from '../writer/parked-acks.ts';
import { IncomingAcks, type IncomingAcksOptions } from './incoming-acks.ts';
import { toInner } from './shared-filter.ts';

interface Properties {
  readonly receiveMaximum?: number;
  readonly maximumPacketSize?: number;
  readonly topicAliasMaximum?: number;
}

/** What mqtt-packet parses, as far as it matters here. */
interface IncomingPacket {
  readonly cmd: string;
  readonly protocolVersion?: number;
  readonly clean?: boolean;
  readonly qos?: number;
  readonly messageId?: number;
  readonly reasonCode?: number;
  readonly properties?: Properties;
  readonly subscriptions?: { topic: string; qos: number; rh?: number }[];
  readonly unsubscriptions?: string[];
}

const firstErrorCode = 0x80;
const receiveMaximumExceeded = 0x93;
/** Retained messages are not sent to shared subscriptions [MQTT-4.8.2]. */
const neverRetained = 2;

function isPacket(value: unknown): value is IncomingPacket {
  return typeof value === 'object' && value !== null && 'cmd' in value && typeof value.cmd === 'string';
}

function isAck(packet: IncomingPacket): packet is IncomingPacket & AckPacket {
  const { cmd } = packet;
  return cmd === 'puback' || cmd === 'pubrec' || cmd === 'pubrel' || cmd === 'pubcomp';
}

function welcome(packet: IncomingPacket, connection: Connection): void {
  const { properties } = packet;
  const isVersion5 = packet.protocolVersion === 5;
  connection.isCleanStart = packet.clean !== false;
  connection.outbox.welcome({
    isVersion5,
    receiveMaximum: properties?.receiveMaximum ?? 65_535,
    maximumPacketSize: properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY,
    topicAliasMaximum: properties?.topicAliasMaximum ?? 0,
  });
}

function renameShared(packet: IncomingPacket): void {
  for (const subscription of packet.subscriptions ?? []) {
    const inner = toInner(subscription.topic);
    if (inner === subscription.topic) continue;
    subscription.topic = inner;
    subscription.rh = neverRetained;
  }
  const { unsubscriptions } = packet;
  for (const [at, filter] of unsubscriptions?.entries() ?? []) {
    if (unsubscriptions !== undefined) unsubscriptions[at] = toInner(filter);
  }
}

export class IncomingPackets {
  readonly #highestQos: number;
  readonly #acks: IncomingAcks;

  constructor(highestQos: number, acks: IncomingAcksOptions) {
    this.#highestQos = highestQos;
    this.#acks = new IncomingAcks(acks);
  }

  /** hot: once per packet received; guarded by the broker benchmark. False: aedes must not see it. */
  admits(packet: unknown, client: Client, connection: Connection): boolean {
    if (!isPacket(packet)) return true;
    if (isAck(packet)) return this.#acks.admits(packet, client, connection);
    switch (packet.cmd) {
      case 'publish':
        return packet.qos !== 2 || this.#admitsQos2(packet, client, connection);
      case 'connect':
        welcome(packet, connection);
        return true;
      case 'subscribe':
        this.#lowerQos(packet);
        renameShared(packet);
        connection.asked.note(packet.messageId ?? 0, packet.subscriptions ?? []);
        return true;
      case 'unsubscribe':
        renameShared(packet);
        return true;
      case 'disconnect':
        connection.outbox.flush();
        return true;
      default:
        return true;
    }
  }

  /** What is granted is told in the SUBACK. */
  #lowerQos({ subscriptions = [] }: IncomingPacket): void {
    for (const subscription of subscriptions) subscription.qos = Math.min(subscription.qos, this.#highestQos);
  }

  /**
   * hot: as `admits`, once aedes has seen it. The session lets go of an identifier before the next message may take it,
   * or it would let go of that message.
   */
  handled(packet: unknown, connection: Connection): void {
    if (!isPacket(packet)) return;
    const { cmd, messageId = 0, reasonCode = 0 } = packet;
    const isEnd = cmd === 'puback' || cmd === 'pubcomp' || (cmd === 'pubrec' && reasonCode >= firstErrorCode);
    if (isEnd) connection.outbox.acknowledge(messageId);
  }

  /** Only MQTT 5 clients know the bound; older ones are cut by the persistence. */
  #admitsQos2(packet: IncomingPacket, client: Client, connection: Connection): boolean {
    if (client.version !== 5 || connection.receipts.begin(packet.messageId ?? 0)) return true;
    client.disconnect({ reasonCode: receiveMaximumExceeded });
    return false;
  }
}
