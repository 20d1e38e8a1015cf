// A regular expression as a tree, only as deep as the check of its running time needs. Its text is known to be well formed.

export type Tree =
  /** One character out of a set, as written. */
  | { readonly type: 'atom'; readonly source: string }
  /** Takes no character: `\b`, `$`, nothing at all. */
  | { readonly type: 'empty' }
  | { readonly type: 'start' }
  | { readonly type: 'sequence'; readonly items: readonly Tree[] }
  | { readonly type: 'choice'; readonly items: readonly Tree[] }
  | { readonly type: 'repeat'; readonly item: Tree; readonly min: number; readonly max: number }
  | { readonly type: 'look'; readonly item: Tree };

export const anything: Tree = { type: 'atom', source: '[\\s\\S]' };
const infinity = Number.POSITIVE_INFINITY;
/** Whatever a back reference takes, it takes no more than this. */
const anyText: Tree = { type: 'repeat', item: anything, min: 0, max: infinity };

const quantifier = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/y;
const lookaround = /\(\?<?[=!]/y;
const group = /\((?:\?(?:<[^>]*>|[a-z-]*:))?/y;
const assertion = /\\[bB]|[$^]/y;
const reference = /\\(?:k<[^>]*>|[1-9]\d*)/y;
const atom =
  /\[(?:\\[\s\S]|[^\]\\])*\]|\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|[0-7]{1,3}|[\s\S])|[\s\S]/y;

/** Larger or deeper than any regular expression that people write. */
export class TooLarge extends Error {}

const deepestGroups = 50;

class Reader {
  readonly #source: string;
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): Tree {
    const items = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at++;
      items.push(this.#sequence());
    }
    return items.length === 1 && items[0] ? items[0] : { type: 'choice', items };
  }

  #sequence(): Tree {
    const items: Tree[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? ''))
      items.push(this.#quantified(this.#term()));
    return { type: 'sequence', items };
  }

  #term(): Tree {
    if (this.#take(lookaround)) return { type: 'look', item: this.#bracketed() };
    if (this.#take(group)) return this.#bracketed();
    const asserted = this.#take(assertion)?.[0];
    if (asserted !== undefined) return { type: asserted === '^' ? 'start' : 'empty' };
    if (this.#take(reference)) return anyText;
    return { type: 'atom', source: this.#take(atom)?.[0] ?? '' };
  }

  #bracketed(): Tree {
    if (++this.#depth > deepestGroups) throw new TooLarge();
    const inner = this.choice();
    this.#depth--;
    this.#at++;
    return inner;
  }

  #quantified(item: Tree): Tree {
    const found = this.#take(quantifier);
    if (found === undefined) return item;
    const [, sign, least, comma, most] = found;
    if (sign !== undefined)
      return { type: 'repeat', item, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : infinity };
    const min = Number(least);
    return { type: 'repeat', item, min, max: comma === undefined ? min : most ? Number(most) : infinity };
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source) ?? undefined;
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}

export function readRegex(source: string): Tree {
  return new Reader(source).choice();
}

/** Whether every match begins where the text begins. */
export function isAnchored(tree: Tree): boolean {
  if (tree.type === 'start') return true;
  if (tree.type === 'choice') return tree.items.every(isAnchored);
  const first = tree.type === 'sequence' ? tree.items[0] : undefined;
  return first !== undefined && isAnchored(first);
}

function partsOf(tree: Tree): readonly Tree[] {
  if (tree.type === 'sequence' || tree.type === 'choice') return tree.items;
  return tree.type === 'repeat' || tree.type === 'look' ? [tree.item] : [];
}

/** What is looked at ahead or behind, at any depth. */
export function looksIn(tree: Tree): Tree[] {
  const inner = partsOf(tree).flatMap(looksIn);
  return tree.type === 'look' ? [tree.item, ...inner] : inner;
}

/** Counted repetitions up to here are written out; longer ones are taken for endless. */
export const longestWrittenOut = 4;

export function isEndless(tree: Tree): boolean {
  return tree.type === 'repeat' && tree.max > longestWrittenOut;
}

/** In how many ways the tree can be gone through without any loop, as a power of two. */
export function choicesIn(tree: Tree): number {
  if (isEndless(tree)) return 0;
  const inner = partsOf(tree).reduce((sum, part) => sum + choicesIn(part), 0);
  if (tree.type === 'choice') return inner + Math.log2(tree.items.length);
  return tree.type === 'repeat' ? inner * tree.max + (tree.max - tree.min) : inner;
}
