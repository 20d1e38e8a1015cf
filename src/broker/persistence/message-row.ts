// Stored messages (retained, queued, wills) to packets and back.
import { Buffer } from 'node:buffer';
import { messageOf, type Timestamp } from '../../base/index.ts';
import type { Person } from '../access/permits.ts';
import { fail } from '../errors.ts';
import type { PublishPacket } from '../packet.ts';
import type { RetainedRow } from '../ports.ts';
import { propertiesFromJson, propertiesToJson } from './properties-json.ts';

export function toRetainedRow(packet: PublishPacket, at: Timestamp, author?: Person): RetainedRow {
  return {
    topic: packet.topic,
    payload: packet.payload,
    qos: packet.qos,
    properties: propertiesToJson(packet.properties),
    at,
    user: author?.user ?? null,
    client: author?.client ?? null,
  };
}

/** What rows of messages have in common. */
export interface MessageColumns {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly properties: string | null;
  /** Retained rows lack it: they are retained. */
  readonly retain?: boolean;
}

/** Throws `bad-message-row` when the properties column holds no JSON. */
export function packetOfRow(row: MessageColumns): PublishPacket {
  const packet: PublishPacket = {
    cmd: 'publish',
    topic: row.topic,
    payload: Buffer.from(row.payload),
    qos: row.qos,
    retain: row.retain ?? true,
    dup: false,
  };
  if (row.properties === null) return packet;
  try {
    const properties = propertiesFromJson(row.properties);
    if (properties !== undefined) packet.properties = properties;
  } catch (cause) {
    const why = `the properties of the stored message of "${row.topic}" are no JSON: ${messageOf(cause)}`;
    throw fail('bad-message-row', why, { cause });
  }
  return packet;
}
