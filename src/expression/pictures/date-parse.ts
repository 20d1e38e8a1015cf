// Text to an instant, by a picture: a regular expression finds the components, the clock and zero fill in what is missing.
import { Failure } from '../errors.ts';
import { judgeRegex, type Pattern, patternOf, stepsFor } from '../regex/pattern.ts';
import type { Run } from '../run.ts';
import { dayNames, fieldOf, monthNames } from './date-fields.ts';
import type { DatePart, Marker } from './date-picture.ts';
import { integerPattern, parseInteger } from './integer-picture.ts';

interface Reader {
  readonly component: string;
  readonly pattern: string;
  /** Undefined where the text names nothing. */
  readonly read: (text: string) => number | undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** `+05:30`, `-0330`, `+1`, also after `GMT`. */
function zoneReader({ component, integer }: Marker): Reader {
  const separator = integer?.decimal.isRegular
    ? escaped(integer.decimal.separators[0]?.text ?? '')
    : undefined;
  const rest = separator === undefined ? '' : `${separator}[0-9]+`;
  const pattern = `${component === 'z' ? 'GMT' : ''}[-+][0-9]+${rest}`;
  const read = (text: string): number => {
    const [hours = '', minutes] = text.match(/\d+/g) ?? [];
    const size =
      minutes === undefined
        ? Number(hours.slice(0, 2)) * 60 + Number(hours.slice(2))
        : Number(hours) * 60 + Number(minutes);
    return text.includes('-') ? -size : size;
  };
  return { component, pattern, read };
}

function nameReader({ component, mostLetters }: Marker): Reader {
  const halves = component === 'P' ? ['am', 'pm'] : undefined;
  const list = component === 'M' || component === 'x' ? monthNames : component === 'F' ? dayNames : halves;
  if (list === undefined) throw new Failure('D3133', { value: component });
  const known = list.map((name) => name.slice(0, mostLetters).toLowerCase());
  const first = halves ? 0 : 1;
  const read = (text: string): number | undefined => {
    const index = known.indexOf(text.toLowerCase());
    return index < 0 ? undefined : index + first;
  };
  return { component, pattern: '[a-zA-Z]+', read };
}

function numberReader(marker: Marker, next: DatePart | undefined): Reader {
  const { component, integer, names } = marker;
  if (component === 'f')
    return {
      component,
      pattern: '[0-9]+',
      read: (text) => Number(text.slice(0, 3).padEnd(3, '0')),
    };
  if (integer === undefined || names !== undefined) return nameReader(marker);
  const isFollowed = typeof next === 'object' && next.integer !== undefined && !'Zz'.includes(next.component);
  const width = isFollowed && integer.decimal.mandatory > 0 ? integer.decimal.mandatory : undefined;
  return {
    component,
    pattern: integerPattern(integer, width),
    read: (text) => parseInteger(text, integer),
  };
}

function readerOf(part: DatePart, next: DatePart | undefined): Reader {
  if (typeof part === 'string') return { component: '', pattern: escaped(part), read: () => undefined };
  return part.component === 'Z' || part.component === 'z' ? zoneReader(part) : numberReader(part, next);
}

type Components = ReadonlyMap<string, number>;

/** Whether components are there, not zero, and all among these. */
function areOnly(found: Components, all: string, some: string): boolean {
  const present = [...all].filter((component) => found.get(component));
  return present.length > 0 && present.every((component) => some.includes(component));
}

const dateComponents = 'YXMxWwdD';
const timeComponents = 'PHhmsf';

interface Order {
  /** Components from the greatest to the least. */
  readonly components: string;
  readonly isDayOfYear: boolean;
  readonly isHalfDay: boolean;
}

function orderOf(found: Components): Order {
  const isDayOfYear = !areOnly(found, dateComponents, 'YMD') && areOnly(found, dateComponents, 'Yd');
  const isWeek = areOnly(found, dateComponents, 'Xxw') || areOnly(found, dateComponents, 'XW');
  if (isWeek) throw new Failure('D3136');
  const isHalfDay = !areOnly(found, timeComponents, 'Hmsf') && areOnly(found, timeComponents, 'Phmsf');
  const date = isDayOfYear ? 'YD' : 'YMD';
  return { components: date + (isHalfDay ? 'Phmsf' : 'Hmsf'), isDayOfYear, isHalfDay };
}

/** What is greater than the first given component is now, what is less than the last one is the least; gaps are errors. */
function filledUp(found: Components, order: string, now: Date): Components {
  const all = new Map(found);
  let [isStarted, isEnded] = [false, false];
  for (const component of order) {
    if (found.has(component)) {
      if (isEnded) throw new Failure('D3136');
      isStarted = true;
    } else if (isStarted) {
      all.set(component, 'MD'.includes(component) ? 1 : 0);
      isEnded = true;
    } else all.set(component, fieldOf(now, component));
  }
  return all;
}

function instantOf(found: Components, now: Date): number {
  const { components, isDayOfYear, isHalfDay } = orderOf(found);
  const all = filledUp(found, components, now);
  const get = (component: string): number => all.get(component) ?? 0;
  const [month, date] = isDayOfYear ? [0, get('d')] : [Math.max(0, get('M') - 1), get('D')];
  const hour = isHalfDay ? (get('h') === 12 ? 0 : get('h')) + 12 * Number(found.get('P') === 1) : get('H');
  const local = Date.UTC(get('Y'), month, date, hour, get('m'), get('s'), get('f'));
  if (Number.isNaN(local)) throw new Failure('D1001', { value: local });
  return local - (get('Z') || get('z')) * 60_000;
}

export interface DateParser {
  readonly readers: readonly Reader[];
  readonly pattern: Pattern;
}

export function dateParser(parts: readonly DatePart[]): DateParser {
  const readers = parts.map((part, index) => readerOf(part, parts[index + 1]));
  const regex = new RegExp(`^${readers.map(({ pattern }) => `(${pattern})`).join('')}$`, 'i');
  const judged = judgeRegex(regex);
  if ('fault' in judged) throw new Failure('slow-picture');
  return { readers, pattern: patternOf(regex, 0, judged.power) };
}

/** Undefined where the text does not fit the picture. */
export function parseDate(run: Run, text: string, { readers, pattern }: DateParser): number | undefined {
  const { power, longest, regex } = pattern;
  if (text.length > longest) throw new Failure('text-too-long', { value: text.length, value2: longest });
  run.charge(stepsFor(power, text.length));
  const found = regex.exec(text);
  if (found === null) return undefined;
  const components = new Map<string, number>();
  for (const [index, { component, read }] of readers.entries()) {
    if (component === '') continue;
    const value = read(found[index + 1] ?? '');
    if (value === undefined) return undefined;
    components.set(component, value);
  }
  return components.size === 0 ? undefined : instantOf(components, new Date(run.scope.at));
}
