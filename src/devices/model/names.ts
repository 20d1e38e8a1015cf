// Ids made from the names that people and firmware give.

/** "Living Room/Lamp 2" → "living-room-lamp-2"; empty when nothing of it is a letter or a digit. */
export function slugOf(text: string): string {
  return wordsOf(text).join('-');
}

/** "targetTemperature", "PM2.5" → "target_temperature", "pm2_5". */
export function propertyIdOf(text: string): string {
  return wordsOf(text.replace(/(\p{Ll}|\d)(\p{Lu})(?=\p{Ll})/gu, '$1 $2')).join('_');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
