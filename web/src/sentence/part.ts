// What sentences are made of: words, and parts that stand for a place in the document. Texts of both languages decide the
// order of the parts.
import type { Path } from '../document/edit.ts';
import type { Language } from '../i18n/language.ts';
import type { TextKey } from '../i18n/texts.ts';
import type { Say } from '../i18n/use-words.ts';

export interface Part {
  readonly text: string;
  /** Where in the document it is said. */
  readonly path?: Path;
  /** As it is written there. */
  readonly isCode?: boolean;
}

export type Sentence = readonly Part[];

export interface Speaker {
  readonly say: Say;
  readonly language: Language;
  /** What people call a device; undefined when it is not known. */
  readonly deviceName?: (id: string) => string | undefined;
  readonly ruleName?: (id: string) => string | undefined;
}

const mark = '\u0001';

function asSentence(value: Sentence | string): Sentence {
  return typeof value === 'string' ? [{ text: value }] : value;
}

/** A text with its places filled in. */
export function filled(
  { say }: Pick<Speaker, 'say'>,
  key: TextKey,
  values: Readonly<Record<string, Sentence | string>> = {},
): Sentence {
  const marks = Object.keys(values).map((name) => [name, `${mark}${name}${mark}`] as const);
  const pieces = say(key, Object.fromEntries(marks)).split(mark);
  return pieces.flatMap((piece, at) => {
    if (at % 2 === 1) return asSentence(values[piece] ?? '');
    return piece === '' ? [] : [{ text: piece }];
  });
}

/** One behind the other by a text with the places `a` and `b`. */
export function joined(speaker: Speaker, key: TextKey, sentences: readonly Sentence[]): Sentence {
  const [first = [], ...rest] = sentences;
  return rest.reduce<Sentence>((a, b) => filled(speaker, key, { a, b }), first);
}

/** A sentence with what is said only sometimes. */
export function withClauses(
  speaker: Speaker,
  sentence: Sentence,
  clauses: readonly (Sentence | undefined)[],
): Sentence {
  const said = clauses.filter((clause) => clause !== undefined);
  return joined(speaker, 'sentence.more', [sentence, ...said]);
}

export function code(text: string, path?: Path): Sentence {
  return [{ text, isCode: true, ...(path && { path }) }];
}

export function at(text: string, path: Path): Sentence {
  return [{ text, path }];
}

export function plainText(sentence: Sentence): string {
  return sentence.map(({ text }) => text).join('');
}
