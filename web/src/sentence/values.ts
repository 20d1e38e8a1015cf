// Values of a document as people read them: durations, payloads, days, lists.
import { durationMs } from '../base/duration.ts';
import { inline } from '../base/json.ts';
import { listOf, type Path } from '../document/edit.ts';
import { formatDuration } from '../i18n/format.ts';
import type { TextKey } from '../i18n/texts.ts';
import { at, code, joined, type Sentence, type Speaker } from './part.ts';

export function duration({ language }: Speaker, value: unknown, path: Path): Sentence {
  const ms = durationMs(value);
  return ms === undefined ? code(inline(value), path) : at(formatDuration(language, ms), path);
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
