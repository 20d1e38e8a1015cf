// Sentences by a code of the server: there may be none, or it may come without what its sentence needs.
import { hole } from './language.ts';
import type { CodedKey } from './texts.ts';
import type { Say } from './use-words.ts';

export function sentenceOf(
  say: Say,
  key: CodedKey,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const sentence = say(key, values);
  return sentence === key || sentence.includes(hole) ? undefined : sentence;
}
