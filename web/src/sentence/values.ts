// Values of a document as people read them: durations, payloads, days, lists.
import { inline } from '../base/json.ts';
import { listOf, type Path } from '../document/edit.ts';
import type { Language } from '../i18n/language.ts';
import type { TextKey } from '../i18n/texts.ts';
import { at, code, joined, type Sentence, type Speaker } from './part.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
  ['millisecond', 1],
] as const;

/** Undefined where it is computed, or none. A bare number is seconds. */
export function durationMs(value: unknown): number | undefined {
  if (typeof value === 'number') return value * 1_000;
  if (typeof value !== 'string') return undefined;
  const clock = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(value);
  if (clock) return (Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3])) * 1_000;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(value)) return undefined;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce((sum, [, size, unit]) => sum + Number(size) * unitMs[unit as keyof typeof unitMs], 0);
}

function spanWords(language: Language, ms: number): string {
  let left = Math.abs(ms);
  const words = units.flatMap(([unit, size]) => {
    const count = unit === 'millisecond' ? left : Math.floor(left / size);
    left -= count * size;
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' });
    return count > 0 ? [format.format(count)] : [];
  });
  return words.length === 0 ? '0' : words.join(' ');
}

export function duration({ language }: Speaker, value: unknown, path: Path): Sentence {
  const ms = durationMs(value);
  return ms === undefined ? code(inline(value), path) : at(spanWords(language, ms), path);
}

function unquoted(text: string): string {
  const alone = /^\{\{([^{}]*)\}\}$/.exec(text);
  return alone?.[1]?.trim() ?? text;
}

/** A text, number or structure as it stands in a document. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '…' : inline(value, 60);
}

export function value(speaker: Speaker, given: unknown, path: Path): Sentence {
  if (given === true || given === false)
    return at(speaker.say(given ? 'literal.true' : 'literal.false'), path);
  if (given === null) return at(speaker.say('literal.nothing'), path);
  if (typeof given === 'string' && given.includes('{{')) return code(unquoted(given), path);
  if (typeof given === 'string') return at(speaker.say('literal.text', { text: given }), path);
  return code(valueText(given), path);
}

/** Names as they are written: topics, ids. Several are joined by «or». */
export function names(speaker: Speaker, given: unknown, path: Path, key: TextKey = 'sentence.or'): Sentence {
  const list = listOf(given);
  const isList = Array.isArray(given);
  if (list.length === 0) return at('…', path);
  const said = list.map((name, index) => code(valueText(name), isList ? [...path, index] : path));
  return joined(speaker, key, said);
}

/** `a = 1, b = 2` of an object, as far as there is room. */
export function pairs(speaker: Speaker, given: unknown, path: Path): Sentence {
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  if (entries.length === 0) return code(valueText(given), path);
  const said = entries
    .slice(0, 3)
    .map(([name, each]) => [{ text: `${name} = ` }, ...value(speaker, each, [...path, name])]);
  return joined(speaker, 'sentence.comma', entries.length > 3 ? [...said, [{ text: '…' }]] : said);
}

export const dayNames = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
  'weekdays',
  'weekend',
  'workdays',
  'restdays',
] as const;
type DayName = (typeof dayNames)[number];

export function isDayName(name: unknown): name is DayName {
  return dayNames.some((each) => each === name);
}

export function days(speaker: Speaker, given: unknown, path: Path): Sentence {
  const said = listOf(given).map((day) =>
    isDayName(day) ? at(speaker.say(`days.${day}`), path) : code(valueText(day), path),
  );
  return joined(speaker, 'sentence.comma', said);
}
