// Which houses a message has come through, in an MQTT 5 user property: what comes home again is a loop.
import type { MessageProperties } from '../broker/index.ts';

export const trailProperty = 'homerule-via';
/** A message that went through more houses than this goes no further. */
const longestTrail = 16;

export function trailOf(properties: MessageProperties | undefined): readonly string[] {
  const value = properties?.userProperties?.[trailProperty];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

export function isLoop(properties: MessageProperties | undefined, house: string): boolean {
  const trail = trailOf(properties);
  return trail.length >= longestTrail || trail.includes(house);
}

export function withTrail(properties: MessageProperties | undefined, house: string): MessageProperties {
  const trail = [...trailOf(properties), house];
  return { ...properties, userProperties: { ...properties?.userProperties, [trailProperty]: trail } };
}
