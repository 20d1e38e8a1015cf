// Functions that look for something in a text: another text, a regular expression, or what a function finds.
import { Failure } from '../errors.ts';
import { apply, type FunctionValue } from '../function-value.ts';
import { isMatched, type MatchValue, matchesOf } from '../matcher.ts';
import type { Run } from '../run.ts';
import { collapse, Sequence } from '../values.ts';

type Text = string | undefined;
type Wanted = string | FunctionValue;

export function contains(run: Run, text: Text, wanted: Wanted | undefined): boolean | undefined {
  if (text === undefined || wanted === undefined) return undefined;
  if (typeof wanted !== 'string') return isMatched(run, wanted, text);
  run.search(text, wanted);
  return text.includes(wanted);
}

/** The next match is looked for even where the limit was reached, as in the jsonata package. */
export function match(run: Run, text: Text, ...rest: readonly [FunctionValue, number | undefined]): unknown {
  if (text === undefined) return undefined;
  const [matcher, limit = Number.POSITIVE_INFINITY] = rest;
  if (limit < 0) throw new Failure('D3040', { value: limit });
  const all = new Sequence();
  if (!(limit > 0)) return all;
  const matches = matchesOf(matcher, text);
  for (let found = matches.next(run); found !== undefined && all.length < limit; found = matches.next(run)) {
    run.allocateItems(1);
    all.push({ match: found['match'], index: found['start'], groups: found['groups'] });
  }
  return all;
}

function numberIn(found: MatchValue, field: 'start' | 'end'): number {
  const value = found[field];
  if (typeof value !== 'number') throw new Failure('T1010', { value: found });
  return value;
}

function textIn(found: MatchValue): string {
  const value = found['match'];
  if (typeof value !== 'string') throw new Failure('T1010', { value: found });
  return value;
}

interface SplitOptions {
  readonly separator: Wanted | undefined;
  readonly limit: number | undefined;
}

function splitAtText(run: Run, text: string, separator: string, limit?: number): string[] {
  if (separator === '') run.charge(text.length);
  run.search(text, separator);
  const pieces = text.split(separator, limit);
  run.allocateItems(pieces.length);
  return pieces;
}

function splitAtMatches(run: Run, text: string, matcher: FunctionValue, limit: number): string[] {
  const pieces: string[] = [];
  const matches = matchesOf(matcher, text);
  let start = 0;
  for (
    let found = matches.next(run);
    found !== undefined && pieces.length < limit;
    found = matches.next(run)
  ) {
    run.allocateItems(1);
    pieces.push(text.substring(start, numberIn(found, 'start')));
    start = numberIn(found, 'end');
  }
  if (pieces.length < limit) pieces.push(text.substring(start));
  return pieces;
}

/** The limit is looked at before the separator, as in the jsonata package. */
export function split(run: Run, text: Text, { separator, limit }: SplitOptions): string[] | undefined {
  if (text === undefined) return undefined;
  if (limit !== undefined && limit < 0) throw new Failure('D3020', { value: limit });
  if (limit !== undefined && !(limit > 0)) return [];
  if (typeof separator === 'string') return splitAtText(run, text, separator, limit);
  if (separator === undefined) throw new Failure('T0410', { index: 2 });
  return splitAtMatches(run, text, separator, limit ?? Number.POSITIVE_INFINITY);
}

interface ReplaceOptions {
  readonly pattern: Wanted | undefined;
  readonly replacement: Wanted | undefined;
  readonly limit: number | undefined;
}

interface Expanded {
  readonly text: string;
  /** How many characters after the `$` stood for it. */
  readonly length: number;
}

/** `$$` is a dollar, `$0` the match, `$1`… its groups: as many digits as the number of groups has, if there are so many. */
function expandedAt(template: string, at: number, found: MatchValue): Expanded {
  if (template[at] === '$') return { text: '$', length: 1 };
  if (template[at] === '0') return { text: textIn(found), length: 1 };
  const groups: readonly unknown[] = Array.isArray(found['groups']) ? found['groups'] : [];
  const digits = String(groups.length).length;
  let group = Number.parseInt(template.slice(at, at + digits), 10);
  if (digits > 1 && group > groups.length) group = Number.parseInt(template.slice(at, at + digits - 1), 10);
  if (Number.isNaN(group)) return { text: '$', length: 0 };
  return { text: String(groups[group - 1] ?? ''), length: String(group).length };
}

function expanded(run: Run, template: string, found: MatchValue): string {
  let result = '';
  let position = 0;
  for (let at = template.indexOf('$'); at >= 0; at = template.indexOf('$', position)) {
    const { text, length } = expandedAt(template, at + 1, found);
    run.charge(1);
    run.allocate(text.length);
    result += template.slice(position, at) + text;
    position = at + 1 + length;
  }
  return result + template.slice(position);
}

function replacementFor(run: Run, found: MatchValue, replacement: Wanted): string {
  if (typeof replacement === 'string') {
    run.allocate(replacement.length);
    run.charge(replacement.length >> 6);
    return expanded(run, replacement, found);
  }
  run.charge(1);
  const made = collapse(apply(run, replacement, [found], null));
  if (typeof made !== 'string') throw new Failure('D3012', { value: made });
  return made;
}

interface Replacing {
  readonly replacement: Wanted;
  readonly limit: number;
}

function replaceMatches(
  run: Run,
  text: string,
  { matcher, replacement, limit }: Replacing & { matcher: FunctionValue },
) {
  const matches = matchesOf(matcher, text);
  let result = '';
  let position = 0;
  let count = 0;
  for (let found = matches.next(run); found !== undefined && count < limit; found = matches.next(run)) {
    const start = numberIn(found, 'start');
    const made = text.substring(position, start) + replacementFor(run, found, replacement);
    run.allocate(made.length);
    result += made;
    position = start + textIn(found).length;
    count++;
  }
  return result + text.substring(position);
}

function replaceText(
  run: Run,
  text: string,
  { wanted, replacement, limit }: Replacing & { wanted: string },
): string {
  run.search(text, wanted);
  let result = '';
  let position = 0;
  for (let count = 0, at = text.indexOf(wanted); at >= 0 && count < limit; count++) {
    if (typeof replacement !== 'string') throw new Failure('T0410', { value: replacement, index: 3 });
    run.charge(1);
    run.allocate(replacement.length);
    result += text.slice(position, at) + replacement;
    position = at + wanted.length;
    at = text.indexOf(wanted, position);
  }
  return result + text.slice(position);
}

export function replace(run: Run, text: Text, options: ReplaceOptions): Text {
  if (text === undefined) return undefined;
  const { pattern, replacement, limit = Number.POSITIVE_INFINITY } = options;
  if (pattern === '') throw new Failure('D3010', { value: pattern });
  if (limit < 0) throw new Failure('D3011', { value: limit });
  if (!(limit > 0)) return text;
  if (pattern === undefined) throw new Failure('T0410', { index: 2 });
  if (replacement === undefined) throw new Failure('T0410', { index: 3 });
  run.allocate(text.length);
  if (typeof pattern === 'string') return replaceText(run, text, { wanted: pattern, replacement, limit });
  return replaceMatches(run, text, { matcher: pattern, replacement, limit });
}
