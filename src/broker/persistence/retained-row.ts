// Retained messages to rows and back. Properties are JSON with correlationData in base64.
import { Buffer } from 'node:buffer';
import { messageOf, type Timestamp } from '../../base/index.ts';
import { fail } from '../errors.ts';
import { type PacketProperties, type PublishPacket, toMessageProperties } from '../packet.ts';
import type { RetainedRow } from '../ports.ts';

function propertiesToJson(from: PacketProperties | undefined): string | null {
  const properties = toMessageProperties(from);
  if (properties === undefined) return null;
  const { correlationData, ...rest } = properties;
  if (correlationData === undefined) return JSON.stringify(rest);
  return JSON.stringify({ ...rest, correlationData: Buffer.from(correlationData).toString('base64') });
}

function isUserProperties(value: unknown): value is Record<string, string | string[]> {
  if (typeof value !== 'object' || value === null) return false;
  const isText = (item: unknown): boolean => typeof item === 'string';
  return Object.values(value).every((item) => isText(item) || (Array.isArray(item) && item.every(isText)));
}

/** Reads what `propertiesToJson` wrote; a key of the wrong type is left out, never an exception. */
function propertiesFromJson(text: string): PacketProperties | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const from = new Map<string, unknown>(Object.entries(value));
  const textOf = (key: string): string | undefined => {
    const found = from.get(key);
    return typeof found === 'string' ? found : undefined;
  };
  const expiry = from.get('messageExpiryInterval');
  const format = from.get('payloadFormatIndicator');
  const user = from.get('userProperties');
  const correlation = textOf('correlationData');
  return toMessageProperties({
    contentType: textOf('contentType'),
    responseTopic: textOf('responseTopic'),
    correlationData: correlation === undefined ? undefined : Buffer.from(correlation, 'base64'),
    messageExpiryInterval: typeof expiry === 'number' ? expiry : undefined,
    payloadFormatIndicator: typeof format === 'boolean' ? format : undefined,
    userProperties: isUserProperties(user) ? user : undefined,
  });
}

export function toRetainedRow(packet: PublishPacket, at: Timestamp): RetainedRow {
  return {
    topic: packet.topic,
    payload: packet.payload,
    qos: packet.qos,
    properties: propertiesToJson(packet.properties),
    at,
  };
}

/** Throws `bad-retained-row` when the properties column holds no JSON. */
export function fromRetainedRow(row: RetainedRow): PublishPacket {
  const packet: PublishPacket = {
    cmd: 'publish',
    topic: row.topic,
    payload: Buffer.from(row.payload),
    qos: row.qos,
    retain: true,
    dup: false,
  };
  if (row.properties === null) return packet;
  try {
    const properties = propertiesFromJson(row.properties);
    if (properties !== undefined) packet.properties = properties;
  } catch (cause) {
    const why = `the properties of the retained message of "${row.topic}" are no JSON: ${messageOf(cause)}`;
    throw fail('bad-retained-row', why, { cause });
  }
  return packet;
}
