// Words of payloads and what they mean. Python's True is JSON's true here: who announces one and sends the other means it.

function textOf(value: unknown): string {
  const text = String(value).trim();
  return text === 'True' || text === 'False' ? text.toLowerCase() : text;
}

export type Meanings<Meaning> = readonly (readonly [word: unknown, meaning: Meaning])[];

/** What the first of the words means that is this one; undefined: none is. */
export function meaningOf<Meaning>(meanings: Meanings<Meaning>): (value: unknown) => Meaning | undefined {
  const known = new Map<string, Meaning>();
  for (const [word, meaning] of meanings)
    if (word !== undefined && !known.has(textOf(word))) known.set(textOf(word), meaning);
  return (value) => known.get(textOf(value));
}

/** The word for a meaning, as it stands in the discovery message; what is no text is Python's text of it. */
export function wordFor<Meaning>(meanings: Meanings<Meaning>): (meaning: unknown) => unknown {
  const words = new Map<unknown, unknown>();
  for (const [word, meaning] of meanings) if (!words.has(meaning)) words.set(meaning, payloadOf(word));
  return (meaning) => words.get(meaning);
}

/** A payload as Home Assistant would send it. */
export function payloadOf(word: unknown): unknown {
  return typeof word === 'boolean' ? (word ? 'True' : 'False') : word;
}

/** `None` and null: not known. Empty: nothing is said. */
export function orUnknown(
  convert: (value: unknown) => unknown = (value) => value,
): (value: unknown) => unknown {
  return (value) => {
    if (value === '' || value === undefined) return undefined;
    return value === null || value === 'None' ? null : convert(value);
  };
}

/** Undefined when it is no number. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
