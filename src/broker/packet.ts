// Messages as aedes and mqtt-packet carry them, and the way from and to our own.
import { Buffer } from 'node:buffer';
import type { Message, MessageProperties } from './ports.ts';

/** MQTT 5 properties under the names of mqtt-packet; hop-by-hop ones such as `topicAlias` may be among them. */
export interface PacketProperties {
  readonly contentType?: string | undefined;
  readonly responseTopic?: string | undefined;
  readonly correlationData?: Uint8Array | undefined;
  readonly messageExpiryInterval?: number | undefined;
  readonly payloadFormatIndicator?: boolean | undefined;
  readonly userProperties?: Readonly<Record<string, string | readonly string[]>> | undefined;
  readonly willDelayInterval?: number | undefined;
}

export interface PublishPacket {
  readonly cmd: 'publish';
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly dup: boolean;
  retain: boolean;
  readonly messageId?: number | undefined;
  properties?: PacketProperties;
  /** Set by aedes: when the message ends, in epoch milliseconds. */
  messageExpiry?: number;
  readonly brokerId?: string;
  readonly brokerCounter?: number;
}

/** Only what travels end to end, without keys that are undefined; undefined when nothing is left. */
export function toMessageProperties(from: PacketProperties | undefined): MessageProperties | undefined {
  if (from === undefined) return undefined;
  const properties: MessageProperties = {
    ...(from.contentType !== undefined && { contentType: from.contentType }),
    ...(from.responseTopic !== undefined && { responseTopic: from.responseTopic }),
    ...(from.correlationData !== undefined && { correlationData: from.correlationData }),
    ...(from.messageExpiryInterval !== undefined && { messageExpiryInterval: from.messageExpiryInterval }),
    ...(from.payloadFormatIndicator !== undefined && { payloadFormatIndicator: from.payloadFormatIndicator }),
    ...(from.userProperties !== undefined && { userProperties: from.userProperties }),
  };
  return Object.keys(properties).length > 0 ? properties : undefined;
}

/** A view of the same bytes as a Buffer; nothing is copied. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function toPacketProperties(from: MessageProperties): PacketProperties {
  return from.correlationData === undefined
    ? { ...from }
    : { ...from, correlationData: bufferOf(from.correlationData) };
}

export function toPacket(message: Message): PublishPacket {
  const packet: PublishPacket = {
    cmd: 'publish',
    topic: message.topic,
    payload: bufferOf(message.payload),
    qos: message.qos,
    retain: message.retain,
    dup: false,
  };
  if (message.properties !== undefined) packet.properties = toPacketProperties(message.properties);
  return packet;
}

/** hot: once per message of a client; guarded by the broker benchmark. */
export function fromClientPacket(packet: PublishPacket, by: string): Message {
  const properties = toMessageProperties(packet.properties);
  const { topic, payload, qos, retain } = packet;
  return properties === undefined
    ? { topic, payload, qos, retain, origin: 'client', by }
    : { topic, payload, qos, retain, origin: 'client', by, properties };
}
