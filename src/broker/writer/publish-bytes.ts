// PUBLISH packets as bytes. Plain ones are written here; those with properties by mqtt-packet.
import { Buffer } from 'node:buffer';
import type { PacketProperties } from '../packet.ts';
import { packetBytes } from './packet-bytes.ts';

/** What goes over the wire; only in MQTT 5 with properties. */
export interface WirePublish {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly isVersion5: boolean;
  readonly properties: WireProperties | undefined;
}

export interface WireProperties extends Omit<PacketProperties, 'willDelayInterval'> {
  readonly topicAlias?: number;
  readonly subscriptionIdentifier?: readonly number[];
}

/** Bytes that several clients may share. With QoS 1 and 2 the identifier, at `idAt`, is not theirs yet. */
export interface PublishBytes {
  readonly bytes: Buffer;
  /** 0 with QoS 0. */
  readonly idAt: number;
}

const publishType = 0x30;
const dupFlag = 0x08;

function lengthSize(length: number): number {
  if (length < 128) return 1;
  if (length < 16_384) return 2;
  return length < 2_097_152 ? 3 : 4;
}

function writeLength(bytes: Buffer, from: number, length: number): number {
  let at = from;
  let left = length;
  while (left >= 128) {
    bytes[at++] = (left & 127) | 128;
    left >>>= 7;
  }
  bytes[at++] = left;
  return at;
}

/** hot: once per message and form, not per subscriber; guarded by the broker benchmark. */
function plainBytes(publish: WirePublish): PublishBytes {
  const { topic, payload, qos, retain, isVersion5 } = publish;
  const topicBytes = Buffer.byteLength(topic);
  const length = 2 + topicBytes + (qos > 0 ? 2 : 0) + (isVersion5 ? 1 : 0) + payload.length;
  const bytes = Buffer.allocUnsafe(1 + lengthSize(length) + length);
  bytes[0] = publishType | (qos << 1) | (retain ? 1 : 0);
  let at = bytes.writeUInt16BE(topicBytes, writeLength(bytes, 1, length));
  at += bytes.write(topic, at);
  const idAt = qos > 0 ? at : 0;
  if (qos > 0) at = bytes.writeUInt16BE(0, at);
  if (isVersion5) bytes[at++] = 0;
  bytes.set(payload, at);
  return { bytes, idAt };
}

function withProperties(publish: WirePublish): PublishBytes {
  const { topic, payload, qos, retain, properties } = publish;
  const packet = { cmd: 'publish', topic, payload, qos, retain, dup: false, messageId: 1, properties };
  const bytes = packetBytes(packet, { protocolVersion: 5 });
  let at = 1;
  while ((bytes[at++] ?? 0) >= 128);
  return { bytes, idAt: qos > 0 ? at + 2 + bytes.readUInt16BE(at) : 0 };
}

/** Throws what mqtt-packet throws when a property is of the wrong type. */
export function publishBytes(publish: WirePublish): PublishBytes {
  return publish.isVersion5 && publish.properties !== undefined
    ? withProperties(publish)
    : plainBytes(publish);
}

/** A copy for one client, with its own identifier. */
export function withMessageId(shared: PublishBytes, messageId: number, isRepeated: boolean): Buffer {
  const bytes = Buffer.allocUnsafe(shared.bytes.length);
  bytes.set(shared.bytes);
  bytes.writeUInt16BE(messageId, shared.idAt);
  if (isRepeated) bytes[0] = (bytes[0] ?? 0) | dupFlag;
  return bytes;
}
