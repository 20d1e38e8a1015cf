// Sentences by a code of the server: there may be none, or it may come without what its sentence needs.
import type { CodedKey } from './texts.ts';
import type { Say } from './use-words.ts';

/** Stands in a sentence for a value that was not given. */
export const hole = '\u0000';

export function sentenceOf(
  say: Say,
  key: CodedKey,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const sentence = say(key, values);
  return sentence === key || sentence.includes(hole) ? undefined : sentence;
}
