// Ids made from the names that people and firmware give.

const longestSlug = 60;

/** "Living Room/Lamp 2" → "living-room-lamp-2": letters and digits of any language, the rest as `-`. */
export function slugOf(text: string): string {
  return wordsOf(text.normalize('NFKC')).join('-').slice(0, longestSlug) || 'device';
}

/** "targetTemperature", "PM2.5" → "target_temperature", "pm2_5". */
export function propertyIdOf(text: string): string {
  return wordsOf(text.replace(/(\p{Ll}|\d)(\p{Lu})(?=\p{Ll})/gu, '$1 $2')).join('_');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
