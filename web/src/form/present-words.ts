// How a trigger or condition stands now, in a few words: the values that were compared and how far they are from turning.
import type { PresentEntryView } from '../api/types.ts';
import { inline } from '../base/json.ts';
import { faultWords } from '../i18n/fault-words.ts';
import { formatAge, formatMoment } from '../i18n/format.ts';
import type { Words as AllWords } from '../i18n/use-words.ts';

type Words = Pick<AllWords, 'say' | 'language'>;
type Clause = NonNullable<PresentEntryView['clauses']>[number];

const longest = 22;

/** Text as it is; an empty one would not be seen. */
function short(value: unknown): string {
  return typeof value === 'string' && value !== '' && value.length <= longest
    ? value
    : inline(value, longest);
}

function number(language: Words['language'], value: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value);
}

function clauseWords({ say, language }: Words, clause: Clause, isFailing: boolean): string {
  const { operator, left, right, distance, missing, source, value } = clause;
  if (missing !== undefined) return say('present.missing', { names: missing.join(', ') });
  const said =
    operator === undefined ? `${source} = ${short(value)}` : `${short(left)} ${operator} ${short(right)}`;
  const isShort = isFailing && distance !== undefined && distance > 0;
  return isShort ? `${said} · ${say('present.short', { distance: number(language, distance) })}` : said;
}

/** What is nearest to turning the whole; where several keep it from passing, what is missing is said first. */
function decidingOf({ clauses = [], verdict }: PresentEntryView): Clause | undefined {
  const lacking = clauses.find(({ missing }) => missing !== undefined);
  return verdict === 'pass' ? clauses[0] : (lacking ?? clauses[0]);
}

function triggerWords({ say, language }: Words, entry: PresentEntryView, now: number): string | undefined {
  const { value, wanted, heardAt, due, verdict } = entry;
  const age = heardAt === undefined ? undefined : formatAge(say, language, now - heardAt);
  if (due !== undefined) return say('present.due', { time: formatMoment(language, due, now) });
  if (value === undefined) return age;
  const told =
    wanted === undefined
      ? short(value)
      : `${short(value)} ${verdict === 'pass' ? '=' : '≠'} ${short(wanted)}`;
  return age === undefined ? told : `${told} · ${age}`;
}

export function presentWords(words: Words, entry: PresentEntryView, now: number): string {
  const { error, clauses = [], verdict } = entry;
  if (error !== undefined) return faultWords(words.say, error);
  const clause = decidingOf(entry);
  if (clause === undefined) {
    const isTrigger = entry.path.startsWith('triggers');
    return triggerWords(words, entry, now) ?? (isTrigger ? words.say('present.unheard') : '');
  }
  const said = clauseWords(words, clause, verdict !== 'pass');
  return clauses.length > 1 ? `${said} · +${clauses.length - 1}` : said;
}
