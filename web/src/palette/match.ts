// Whether words find a name: as they are written, or by the pinyin of its Chinese where the table of it is there.

export interface Found {
  /** Lower is better. */
  readonly rank: number;
  /** First and last character of the name that was found; absent when only what is said beside it was. */
  readonly span?: readonly [first: number, last: number];
}

export type FindIn = (text: string, word: string) => Found | undefined;

export interface Named {
  readonly name: string;
  /** A room, an id: found too. */
  readonly beside: string;
}

function literal(name: string, word: string): Found | undefined {
  const at = name.toLocaleLowerCase().indexOf(word);
  if (at < 0) return undefined;
  const begins = at === 0 || /[\s/_\-.]/.test(name.charAt(at - 1));
  return { rank: at === 0 ? 0 : begins ? 1 : 2, span: [at, at + word.length - 1] };
}

function wordFound({ name, beside }: Named, word: string, byPinyin: FindIn | undefined): Found | undefined {
  const inName = literal(name, word) ?? byPinyin?.(name, word);
  if (inName) return inName;
  return (literal(beside, word) ?? byPinyin?.(beside, word)) ? { rank: 4 } : undefined;
}

/** Every word must be found, in the name or beside it. */
export function find(named: Named, words: string, byPinyin: FindIn | undefined): Found | undefined {
  const wanted = words
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = wanted.map((word) => wordFound(named, word, byPinyin));
  if (found.some((one) => one === undefined)) return undefined;
  const rank = found.reduce((sum, one) => sum + (one?.rank ?? 0), 0);
  const span = found.find((one) => one?.span)?.span;
  return { rank, ...(span && { span }) };
}
