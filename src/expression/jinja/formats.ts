// Formats of numbers: `'%.1f' | format(x)`, `'%d' % x`, `'{:.2f}'.format(x)`.
import { Untranslatable } from './ast.ts';
import { type Code, rank, within, written } from './code.ts';

const percent = /%(?:%|(0?)(\d*)(?:\.(\d+))?([dfsxX]))/g;
const brace = /\{\{|\}\}|\{(?::(0?)(\d*)(?:\.(\d+))?([dfsxX]))?\}/g;

interface Directive {
  readonly isPadded: boolean;
  readonly width: number;
  readonly places: number | undefined;
  readonly type: string;
}

function one(code: Code, { isPadded, width, places, type }: Directive): string {
  if (width > 0 && !isPadded) throw new Untranslatable('a width without 0 has no counterpart');
  const padded = (text: string): string => (width > 0 ? `$pad(${text}, -${width}, "0")` : text);
  switch (type) {
    case 'f':
      if (width > 0) throw new Untranslatable('a width of a fraction has no counterpart');
      return `$formatNumber(${code.text}, "${places === 0 ? '0' : `0.${'0'.repeat(places ?? 6)}`}")`;
    case 'd':
      return padded(`$string($floor(${code.text}))`);
    case 'x':
      return padded(`$formatBase(${code.text}, 16)`);
    case 'X':
      return padded(`$uppercase($formatBase(${code.text}, 16))`);
    default:
      return code.text;
  }
}

function joined(picture: string, pattern: RegExp, given: readonly (Code | undefined)[]): Code {
  const pieces: string[] = [];
  let at = 0;
  let next = 0;
  const literal = (text: string): void => {
    if (text !== '') pieces.push(written(text).text);
  };
  for (const found of picture.matchAll(pattern)) {
    literal(picture.slice(at, found.index));
    at = found.index + found[0].length;
    const [whole, zero, width, places, type] = found;
    if (whole.length === 2 && whole !== '{}' && type === undefined) {
      literal(whole.slice(1));
      continue;
    }
    const code = given[next++];
    if (code === undefined) throw new Untranslatable('a value of the format is missing');
    pieces.push(
      one(code.type === 'any' && type === undefined ? { ...code, text: within(code, rank.add) } : code, {
        isPadded: zero === '0',
        width: Number(width ?? 0),
        places: places === undefined ? undefined : Number(places),
        type: type ?? 's',
      }),
    );
  }
  literal(picture.slice(at));
  if (pieces.length === 0) return written('');
  return { text: pieces.join(' & '), rank: rank.add, type: 'text' };
}

function pictureOf(of: Code): string {
  if (typeof of.constant !== 'string') throw new Untranslatable('a format must be written out');
  return of.constant;
}

/** With `%`. */
export function formatted(of: Code, given: readonly (Code | undefined)[]): Code {
  const picture = pictureOf(of);
  if (picture.replaceAll(percent, '').includes('%'))
    throw new Untranslatable(`the format "${picture}" has no counterpart`);
  return joined(picture, percent, given);
}

/** With braces. */
export function formattedByBraces(of: Code, given: readonly (Code | undefined)[]): Code {
  const picture = pictureOf(of);
  if (/[{}]/.test(picture.replaceAll(brace, '')))
    throw new Untranslatable(`the format "${picture}" has no counterpart`);
  return joined(picture, brace, given);
}
