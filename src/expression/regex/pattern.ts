// A regular expression with what it may cost: how its time grows with the text is known before it is ever used.
import { Ambiguity } from './ambiguity.ts';
import { Builder } from './automaton.ts';
import { anything, choicesIn, isAnchored, looksIn, readRegex, TooLarge, type Tree } from './syntax.ts';

export interface Pattern {
  readonly regex: RegExp;
  /** End of the literal, where its own errors are reported. */
  readonly position: number;
  /** Time grows with this power of the length of the text. */
  readonly power: number;
  /** The longest text that it may be used on. */
  readonly longest: number;
}

export type Judged =
  | { readonly power: number }
  | { readonly fault: string; readonly why: 'exponential' | 'power' | 'large' };

/** More than this and even short texts take long. */
const mostPower = 4;
/** Choices beyond this many doublings are checked as if they could be repeated. */
const mostChoices = 8;

/** Characters that stand for all: each that is mentioned, its neighbours, its other case, and one of each common class. */
function samplesOf(source: string): string[] {
  const codes = new Set([0xa0, 0xe9, 0x2028, 0x4e00, 0xffff, ...Array(128).keys()]);
  const mention = (char: string): void => {
    for (const one of [char, char.toLowerCase(), char.toUpperCase()]) {
      const code = one.charCodeAt(0);
      for (const near of [code - 1, code, code + 1]) codes.add(near & 0xffff);
    }
  };
  for (const [, hex = ''] of source.matchAll(/\\[ux]([\da-fA-F]{4}|[\da-fA-F]{2})/g))
    mention(String.fromCharCode(Number.parseInt(hex, 16)));
  for (const char of source.match(/[^\0-\x7f]/g) ?? []) mention(char);
  return [...codes].map((code) => String.fromCharCode(code));
}

/** What an atom matches is asked of the engine itself. */
function setReader({ source, flags }: RegExp): (atom: string) => bigint {
  const samples = samplesOf(source);
  const known = new Map<string, bigint>();
  return (atom) => {
    const found = known.get(atom);
    if (found !== undefined) return found;
    const regex = new RegExp(`^(?:${atom})$`, flags.replace(/[gm]/g, ''));
    const bits = samples.map((sample) => (regex.test(sample) ? '1' : '0')).join('');
    const set = BigInt(`0b${bits}`);
    known.set(atom, set);
    return set;
  };
}

function powerOf(tree: Tree, setOf: (atom: string) => bigint): number | undefined {
  const builder = new Builder(setOf, choicesIn(tree) > mostChoices);
  builder.build(tree);
  return new Ambiguity(builder).power();
}

/** Without `^` the engine tries again at every character: as if anything could come before. */
function searched(tree: Tree): Tree {
  const before: Tree = { type: 'repeat', item: anything, min: 0, max: Number.POSITIVE_INFINITY };
  return { type: 'sequence', items: [before, tree] };
}

const exponential =
  'this regular expression can take exponential time: text can go around a repetition in more than one way; ' +
  'nest no repetitions, as (a+)+, and let alternatives begin with different characters';

function totalPower(regex: RegExp): number | undefined {
  const tree = readRegex(regex.source);
  const hasModifiers = /\(\?[a-z]*-?[a-z]+:/.test(regex.source);
  const isStart = isAnchored(tree) && !regex.multiline && !hasModifiers;
  const setOf = setReader(hasModifiers ? new RegExp(regex.source, 'i') : regex);
  let total = powerOf(isStart ? tree : searched(tree), setOf);
  for (const look of looksIn(tree)) {
    const power = powerOf(look, setOf);
    total = total === undefined || power === undefined ? undefined : total + power;
  }
  return total;
}

/** Whether it ends in good time on every text. */
export function judgeRegex(regex: RegExp): Judged {
  try {
    const power = totalPower(regex);
    if (power === undefined) return { fault: exponential, why: 'exponential' };
    if (power <= mostPower) return { power };
    const fault = `the time of this regular expression grows with the length of the text to the power of ${power}; `;
    const advice = 'begin it with ^, and instead of .* say what cannot follow, as [^,]*';
    return { fault: `${fault}${advice}`, why: 'power' };
  } catch (thrown) {
    if (thrown instanceof TooLarge)
      return { fault: 'this regular expression is too large to be checked', why: 'large' };
    throw thrown;
  }
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

const unitsPerStep = 128;

/** Steps of one way through a text of this length, paid for before it begins. */
export function stepsFor(power: number, length: number): number {
  return 1 + Math.floor(length ** power / factorial(power) / unitsPerStep);
}

/** The largest part of a usual budget that one search may take. */
const mostSteps = 50_000;

export function patternOf(regex: RegExp, position: number, power: number): Pattern {
  const longest = Math.floor((mostSteps * unitsPerStep * factorial(power)) ** (1 / power));
  return { regex, position, power, longest };
}
