// Function signatures (`<s-nn?:s>`): which arguments fit, when the context stands in, when one value becomes a list.
import { Failure } from './errors.ts';
import { isFunctionValue } from './function-value.ts';
import type { Run } from './run.ts';

interface Param {
  /** The letter, or the letters of a choice. */
  readonly letters: string;
  readonly takesContext: boolean;
  readonly isOptional: boolean;
  readonly isRepeated: boolean;
  readonly isArray: boolean;
  /** What the items of an array must be: one letter. */
  readonly items: string | undefined;
}

const itemNames: Readonly<Record<string, string>> = {
  a: 'arrays',
  b: 'booleans',
  f: 'functions',
  n: 'numbers',
  o: 'objects',
  s: 'strings',
};

/** The letter of a value; `m` is missing. */
function letterOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 's';
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'function':
      return 'f';
    case 'object':
      return value === null ? 'l' : Array.isArray(value) ? 'a' : 'o';
    default:
      return 'm';
  }
}

/** The letters of a parameter that accepts whatever there is. */
const anyLetter = 'asnblfom';

/** The letters that a parameter accepts. */
function acceptedBy(written: string): string {
  if (written === 'a' || written === 'x') return anyLetter;
  if (written === 'j') return 'asnblom';
  return written === 'f' ? 'f' : `${written}m`;
}

const paramPattern = /\(([^)]*)\)|([snblofajx])/y;

/** The types of the items, brackets inside them included; the package looks at the first letter only. */
function itemsAt(text: string, start: number): string | undefined {
  if (text[start] !== '<') return undefined;
  let depth = 0;
  for (let end = start; end < text.length; end++) {
    if (text[end] === '<') depth++;
    else if (text[end] === '>' && --depth === 0) return text.slice(start + 1, end);
  }
  return text.slice(start + 1);
}

function parseParams(signature: string): Param[] {
  const params: Param[] = [];
  for (let at = 1; at < signature.length && signature[at] !== ':'; ) {
    paramPattern.lastIndex = at;
    const [whole, choice, letter = ''] = paramPattern.exec(signature) ?? [];
    at += whole?.length ?? 1;
    if (whole === undefined) continue;
    const items = itemsAt(signature, at);
    if (items !== undefined) at += items.length + 2;
    const marks = /^[-?+]*/.exec(signature.slice(at))?.[0] ?? '';
    at += marks.length;
    params.push({
      letters: choice === undefined ? acceptedBy(letter) : `${choice}m`,
      takesContext: marks.includes('-'),
      isOptional: marks.includes('?'),
      isRepeated: marks.includes('+'),
      isArray: letter === 'a',
      items: letter === 'a' ? items : undefined,
    });
  }
  return params;
}

/** How many letters each parameter takes. */
type Match = readonly number[];

/**
 * Which letters belong to which parameter, as a regular expression of them would say, but never tried twice: a written
 * signature must not cost more than its length times that of the arguments.
 */
class Matcher {
  readonly #params: readonly Param[];
  readonly #letters: string;
  readonly #isWhole: boolean;
  readonly #failed = new Set<number>();

  constructor(params: readonly Param[], letters: string, isWhole: boolean) {
    this.#params = params;
    this.#letters = letters;
    this.#isWhole = isWhole;
  }

  /** From this parameter on, beginning with that letter. Undefined when they do not fit. */
  match(index = 0, from = 0): Match | undefined {
    const param = this.#params[index];
    if (param === undefined) return this.#isWhole && from < this.#letters.length ? undefined : [];
    const state = from * (this.#params.length + 1) + index;
    if (this.#failed.has(state)) return undefined;
    for (const count of this.#counts(param, from)) {
      const rest = this.match(index + 1, from + count);
      if (rest !== undefined) return [count, ...rest];
    }
    this.#failed.add(state);
    return undefined;
  }

  /** How many letters the parameter may take, in the order in which that is tried. */
  #counts(param: Param, from: number): number[] {
    const { letters, takesContext, isOptional, isRepeated } = param;
    const most = isRepeated ? this.#letters.length - from : 1;
    let fitting = 0;
    while (fitting < most && letters.includes(this.#letters.charAt(from + fitting) || '-')) fitting++;
    const least = takesContext || isOptional ? 0 : 1;
    const counts = Array.from({ length: Math.max(0, fitting - least + 1) }, (_, n) => fitting - n);
    return takesContext && isOptional ? counts.reverse() : counts;
  }
}

export class Signature {
  readonly params: readonly Param[];

  constructor(text: string) {
    this.params = parseParams(text);
  }

  /** For that many arguments, tests that together let them be passed on as they are; undefined when that takes more. */
  testsFor(count: number): readonly Test[] | undefined {
    const left = this.params.slice(count);
    if (count > this.params.length || left.some((param) => !param.isOptional || param.takesContext))
      return undefined;
    const given = this.params.slice(0, count);
    return given.some((param) => param.isRepeated || param.items !== undefined)
      ? undefined
      : given.map(testOf);
  }

  /** Whether the context can come to stand in for an argument. The root of bindings is an object: it fits few. */
  mayTakeContext(given: number, isRoot: boolean): boolean {
    if (given >= this.params.length) return false;
    return this.params.some(({ takesContext, letters }, index) => {
      const later = this.params.slice(index + 1);
      const needed = later.filter((param) => !param.takesContext && !param.isOptional).length;
      const isTaken = given - index > needed && letters === anyLetter;
      return takesContext && !isTaken && (!isRoot || letters.includes('o'));
    });
  }

  /** These arguments with what is left out as missing; functions cannot be missing. */
  padded(args: readonly unknown[]): readonly unknown[] {
    const left = this.params.slice(args.length);
    const end = left.findIndex(({ letters }) => !letters.includes('m'));
    return [...args, ...left.slice(0, end < 0 ? left.length : end).map(() => undefined)];
  }

  /** Whether these arguments can be passed on as they are. */
  fits(run: Run, args: readonly unknown[]): boolean {
    if (args.length !== this.params.length) return false;
    for (let i = 0; i < args.length; i++) {
      const param = this.params[i];
      if (param === undefined || param.isRepeated || !fitsParam(run, param, args[i])) return false;
    }
    return true;
  }

  /** The arguments to call with; throws when they do not fit. */
  validate(run: Run, args: readonly unknown[], context: unknown): readonly unknown[] {
    if (this.fits(run, args)) return args;
    const letters = args.map(letterOf).join('');
    run.charge(this.#worstCase(letters));
    const match = new Matcher(this.params, letters, true).match();
    if (match === undefined) throw this.#mismatch(run, args, letters);
    const result: unknown[] = [];
    let index = 0;
    let letterIndex = 0;
    for (const [number, param] of this.params.entries()) {
      const matched = letters.slice(letterIndex, letterIndex + (match[number] ?? 0));
      letterIndex += matched.length;
      if (matched === '' && param.takesContext) result.push(contextFor(param, context, index));
      else if (matched === '') result.push(args[index++]);
      else
        for (const letter of matched)
          result.push(passed(run, param, { value: args[index++], letter, matched, index }));
    }
    return result;
  }

  /** Each parameter may begin at each letter and take any number of them. */
  #worstCase(letters: string): number {
    return (this.params.length * letters.length * letters.length) >> 5;
  }

  /** Which argument is the first that does not fit. */
  #mismatch(run: Run, args: readonly unknown[], letters: string): Failure {
    run.charge(this.params.length * this.#worstCase(letters));
    let good = 0;
    for (let count = 1; count <= this.params.length; count++) {
      const match = new Matcher(this.params.slice(0, count), letters, false).match();
      if (match === undefined) break;
      good = match.reduce((taken, one) => taken + one, 0);
    }
    return new Failure('T0410', { value: args[good], index: good + 1 });
  }
}

/** Whether a value fits without further ado. */
export type Test = (value: unknown) => boolean;

const quickTests: Readonly<Record<string, Test>> = {
  sm: (value) => typeof value === 'string' || value === undefined,
  nm: (value) => typeof value === 'number' || value === undefined,
  bm: (value) => typeof value === 'boolean' || value === undefined,
  // functions go the long way, unless they stand for no call
  f: (value) => isFunctionValue(value) && value.pattern !== undefined,
  sfm: (value) =>
    typeof value === 'string' ||
    value === undefined ||
    (isFunctionValue(value) && value.pattern !== undefined),
};

function testOf({ letters, isArray }: Param): Test {
  if (isArray) return (value) => Array.isArray(value) || value === undefined;
  if (letters === anyLetter) return () => true;
  return quickTests[letters] ?? ((value) => letters.includes(letterOf(value)));
}

function fitsParam(run: Run, param: Param, value: unknown): boolean {
  const letter = letterOf(value);
  if (!param.letters.includes(letter)) return false;
  if (!param.isArray || letter === 'm') return true;
  if (!Array.isArray(value)) return false;
  return param.items === undefined || areAll(run, value, param.items);
}

function areAll(run: Run, items: readonly unknown[], letters: string): boolean {
  run.charge(items.length);
  const letter = letters.charAt(0);
  for (let index = 0; index < items.length; index++) if (letterOf(items[index]) !== letter) return false;
  return true;
}

function contextFor(param: Param, context: unknown, index: number): unknown {
  if (param.letters.includes(letterOf(context))) return context;
  throw new Failure('T0411', { value: context, index: index + 1 });
}

interface Passed {
  readonly value: unknown;
  readonly letter: string;
  /** All letters that the parameter took. */
  readonly matched: string;
  /** Number of the argument, from 1. */
  readonly index: number;
}

/** One argument as the function gets it: a single value becomes a list where a list is asked for. */
function passed(run: Run, param: Param, { value, letter, matched, index }: Passed): unknown {
  if (!param.isArray) return value;
  if (letter === 'm') return undefined;
  const { items } = param;
  const isFitting =
    items === undefined || (Array.isArray(value) ? areAll(run, value, items) : matched === items);
  if (!isFitting) throw new Failure('T0412', { value, index, text: itemNames[items] ?? items });
  return Array.isArray(value) ? value : [value];
}
