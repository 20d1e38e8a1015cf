// Properties of messages as JSON for a column of a row, correlationData in base64, and back.
import { Buffer } from 'node:buffer';
import { type PacketProperties, toMessageProperties } from '../packet.ts';

export function propertiesToJson(from: PacketProperties | undefined): string | null {
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

/** Throws when the text is no JSON; a key of the wrong type is left out. */
export function propertiesFromJson(text: string): PacketProperties | undefined {
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
