// Names of topics in the Bemfa cloud: letters and digits, one level, and three endings with a meaning.

/** `/set` is not sent back to who published it, `/up` goes to nobody, `/app` hears without counting as a device. */
export type BemfaEnding = 'bare' | 'set' | 'up' | 'app';

export interface BemfaAddress {
  /** The name that subscribers see, without the ending. */
  readonly topic: string;
  readonly ending: BemfaEnding;
}

export const longestBemfaTopic = 64;

const endings: readonly BemfaEnding[] = ['set', 'up', 'app'];

export function parseBemfaAddress(text: string): BemfaAddress {
  const at = text.lastIndexOf('/');
  const ending = endings.find((name) => at >= 0 && name === text.slice(at + 1));
  return ending === undefined ? { topic: text, ending: 'bare' } : { topic: text.slice(0, at), ending };
}

/** Why no topic of that name can be created; undefined when it can. Older ones may hold a `_`. */
export function bemfaTopicFault(name: string): string | undefined {
  if (name === '') return 'a topic needs a name';
  if (name.length > longestBemfaTopic) {
    return `a topic has at most ${longestBemfaTopic} characters, this one has ${name.length}`;
  }
  return /^[A-Za-z0-9]+$/.test(name) ? undefined : `a topic is made of letters and digits, not "${name}"`;
}
