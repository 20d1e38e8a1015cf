// Regular expressions of Python as those of JSONata, as far as both mean the same.
import { Untranslatable } from './ast.ts';
import type { Code } from './code.ts';

interface Pattern {
  readonly text: string;
  readonly groups: number;
}

/** Groups that are named or look around, flags within, and backslashes that Python alone knows. */
const beyond = /\(\?(?!:)|\\[AZzGpPNkgQ]/;

/** `start` makes it hold at the beginning only, as Python's `match` does. */
export function patternOf(find: Code | undefined, ignoresCase?: Code, start = ''): Pattern {
  const pattern = find?.constant;
  if (typeof pattern !== 'string' || pattern === '')
    throw new Untranslatable('a pattern must be written out in the template');
  if (beyond.test(pattern)) throw new Untranslatable(`the pattern "${pattern}" has no counterpart`);
  const groups = pattern.replaceAll(/\\./g, '').replaceAll(/\[[^\]]*\]/g, '');
  const slashed = pattern.replaceAll(/\\.|\//g, (each) => (each === '/' ? '\\/' : each));
  const whole = start === '' ? slashed : `${start}(?:${slashed})`;
  return {
    text: `/${whole}/${ignoresCase?.constant === true ? 'i' : ''}`,
    groups: [...groups.matchAll(/\((?!\?)/g)].length,
  };
}

/** `\1` is `$1` here, and `$` is `$$`. */
export function replacementOf(by: Code | undefined): string {
  if (by === undefined) return '""';
  if (typeof by.constant !== 'string') throw new Untranslatable('a replacement must be written out');
  return JSON.stringify(by.constant.replaceAll('$', '$$$$').replaceAll(/\\(\d)/g, '$$$1'));
}
