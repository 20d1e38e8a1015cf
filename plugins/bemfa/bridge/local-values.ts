// What a payload on a topic of the house says, as values of well-known properties.
import type { Values } from './translation.ts';

const flags: Readonly<Record<string, boolean>> = { on: true, true: true, off: false, false: false };

/** An object as it is, `ON` and `true` as `{ on: true }`; nothing of anything else. */
export function valuesOf(text: string): Values {
  const flag = flags[text.trim().replace(/^"|"$/g, '').toLowerCase()];
  if (flag !== undefined) return { on: flag };
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {}; // a text that says nothing to the cloud
  }
}
