// Properties of a message as JSON for a column of a row, and back.
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { MessageProperties } from '../broker/index.ts';

const kept = z.object({
  contentType: z.string().exactOptional(),
  responseTopic: z.string().exactOptional(),
  correlationData: z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .exactOptional(),
  messageExpiryInterval: z.number().exactOptional(),
  payloadFormatIndicator: z.boolean().exactOptional(),
  userProperties: z.record(z.string(), z.union([z.string(), z.array(z.string())])).exactOptional(),
});

export function propertiesToJson(properties: MessageProperties | undefined): string | null {
  if (properties === undefined) return null;
  const { correlationData, ...rest } = properties;
  if (correlationData === undefined) return JSON.stringify(rest);
  return JSON.stringify({ ...rest, correlationData: Buffer.from(correlationData).toString('base64') });
}

/** What cannot be read is left out: the message itself matters more. */
export function propertiesFromJson(text: string | null): MessageProperties | undefined {
  if (text === null) return undefined;
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
