// Matches one after the other: of a regular expression, or of a function that was written to find them.
import { Failure } from './errors.ts';
import { apply, type FunctionValue, isFunctionValue, nativeFunction } from './function-value.ts';
import { type Pattern, stepsFor } from './regex/pattern.ts';
import type { Run } from './run.ts';
import { collapse, isObject } from './values.ts';

/** What a match is as a value; of a function that was written by a user any part may be missing. */
export type MatchValue = Readonly<Record<string, unknown>>;

export interface Matches {
  /** The next match, the first one to begin with; undefined after the last. */
  next(run: Run): MatchValue | undefined;
}

/** For all matches in a text of this length: those after the first cost little more. */
function pay(run: Run, { power, longest }: Pattern, length: number): void {
  if (length > longest) throw new Failure('text-too-long', { value: length, value2: longest });
  run.charge(stepsFor(power, length));
}

/** One use of a regular expression: like a RegExp, it goes on where it stopped, whichever match is asked for the next. */
class Search {
  readonly #pattern: Pattern;
  #at = 0;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
  }

  first(run: Run, text: string, from: number): MatchValue | undefined {
    pay(run, this.#pattern, text.length - Math.min(text.length, Math.max(0, from)));
    this.#at = from;
    return this.#find(run, text);
  }

  next(run: Run, text: string): MatchValue | undefined {
    if (this.#at >= text.length) return undefined;
    const found = this.#find(run, text);
    if (found?.['match'] !== '') return found;
    const { regex, position } = this.#pattern;
    throw new Failure('D1004', { value: regex.source }, position);
  }

  #find(run: Run, text: string): MatchValue | undefined {
    const { regex } = this.#pattern;
    run.charge(1);
    regex.lastIndex = this.#at;
    const found = regex.exec(text);
    this.#at = regex.lastIndex;
    if (found === null) return undefined;
    const [match, ...groups] = found;
    run.allocateItems(groups.length + 1);
    const start = found.index;
    const next = nativeFunction(0, (later) => this.next(later, text));
    return { match, start, end: start + match.length, groups, next };
  }
}

function matchesOfPattern(pattern: Pattern, text: string): Matches {
  const search = new Search(pattern);
  let isFirst = true;
  return {
    next(run) {
      if (!isFirst) return search.next(run, text);
      isFirst = false;
      return search.first(run, text, 0);
    },
  };
}

/** Whether a function found something; what it found must look like a match. */
function foundBy(run: Run, matcher: FunctionValue, args: readonly unknown[]): MatchValue | undefined {
  const found = collapse(apply(run, matcher, args, null));
  if (found === undefined) return undefined;
  const isMatch =
    isObject(found) &&
    (typeof found['start'] === 'number' || Array.isArray(found['groups']) || isFunctionValue(found['next']));
  if (!isMatch) throw new Failure('T1010', { value: found });
  return found;
}

function matchesOfFunction(matcher: FunctionValue, text: string): Matches {
  let previous: MatchValue | undefined;
  return {
    next(run) {
      const follower = previous === undefined ? matcher : previous['next'];
      if (!isFunctionValue(follower)) throw new Failure('T1010', { value: previous });
      run.charge(2);
      previous = foundBy(run, follower, previous === undefined ? [text] : [undefined]);
      return previous;
    },
  };
}

export function matchesOf(matcher: FunctionValue, text: string): Matches {
  return matcher.pattern ? matchesOfPattern(matcher.pattern, text) : matchesOfFunction(matcher, text);
}

/** Whether there is a match, without making it a value. */
export function isMatched(run: Run, matcher: FunctionValue, text: string): boolean {
  const { pattern } = matcher;
  if (pattern === undefined) return foundBy(run, matcher, [text]) !== undefined;
  pay(run, pattern, text.length);
  pattern.regex.lastIndex = 0;
  return pattern.regex.test(text);
}

/** What it looks at when it is called as a function. */
function subjectOf(value: unknown): string | undefined {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? String(value) : undefined;
}

/** A regular expression as a value: a function of a text, and of where to begin in it, which $map does not give it. */
export function patternFunction(pattern: Pattern): FunctionValue {
  const search = new Search(pattern);
  const call = nativeFunction(1, (run, [value, from]) => {
    const text = subjectOf(value);
    return text === undefined ? undefined : search.first(run, text, typeof from === 'number' ? from : 0);
  });
  return Object.assign(call, { params: 2 });
}

/** The same where only a built-in function gets hold of it: nobody can see where it stopped. */
export function patternArgument(pattern: Pattern): FunctionValue {
  return Object.assign(patternFunction(pattern), { pattern });
}
