// What became of a rule, in sentences: the server tells codes and values.
import type { ExplanationEntry } from '../api/types.ts';
import { inline } from '../base/json.ts';
import { reasonWords } from '../i18n/code-words.ts';
import { faultWords } from '../i18n/fault-words.ts';
import { formatMoment, formatSpan, inSequence } from '../i18n/format.ts';
import { useWords, type Words } from '../i18n/use-words.ts';
import { useMissWords } from './miss-words.ts';

type Entry<Code extends ExplanationEntry['code']> = Extract<ExplanationEntry, { readonly code: Code }>;
type Woken = Entry<'ran' | 'condition' | 'refused' | 'failed' | 'unconfirmed'>;
type Circumstance = Exclude<
  ExplanationEntry,
  Woken | Entry<'missed' | 'hold-reset' | 'holding' | 'not-true' | 'already-true' | 'not-due'>
>;

function wokenWords({ say }: Words, { code, topic, payload, reason, error }: Woken): string {
  const by = topic === undefined ? '' : say('why.by', { topic, value: inline(payload, 60) });
  const became = say(`why.did.${code}`);
  const why =
    code === 'refused' && reason !== undefined
      ? reasonWords(say, 'refused', reason)
      : error && faultWords(say, error);
  return inSequence([by, became, why]);
}

function holdWords({ say, language }: Words, entry: Entry<'hold-reset' | 'holding'>): string {
  const { about, since, due, at, topic, value } = entry;
  const wanted = formatSpan(language, due - since);
  if (entry.code === 'holding')
    return say('why.holding', { about, wanted, since: formatMoment(language, since, due) });
  const held = formatSpan(language, at - since);
  return say('why.holdReset', { about, held, wanted, topic: topic ?? about, value: inline(value, 60) });
}

function dueWords({ say, language }: Words, { at, due }: Entry<'not-due'>): string {
  return due === undefined
    ? say('why.neverDue')
    : say('why.notDue', { time: formatMoment(language, due, at) });
}

function heardWords({ say, language }: Words, entry: Entry<'unheard' | 'silent'>): string {
  const { topic } = entry;
  if (entry.code === 'unheard') {
    const { nearest } = entry;
    const meant = nearest === undefined ? '' : say('why.nearest', { nearest });
    return inSequence([say('why.unheard', { topic }), meant]);
  }
  const { lastAt } = entry;
  const last = lastAt === undefined ? '' : say('why.last', { time: formatMoment(language, lastAt, 0) });
  return inSequence([say('why.silent', { topic }), last]);
}

function absenceWords({ say, language }: Words, { from, to }: Entry<'house-down' | 'gap'>): string {
  const [start, end] = [formatMoment(language, from, 0), formatMoment(language, to, from)];
  return say('why.stretch', { from: start, to: end });
}

function circumstanceWords(words: Words, entry: Circumstance): string {
  const { say, language } = words;
  switch (entry.code) {
    case 'unheard':
    case 'silent':
      return heardWords(words, entry);
    case 'disabled':
    case 'deleted':
    case 'suspended':
    case 'not-yet':
      return say(`why.rule.${entry.code}`);
    case 'other-version': {
      const { version, present, now } = entry;
      const was = say('why.version', { version, present });
      return inSequence([was, now === 'ran' ? say('why.version.ran') : '']);
    }
    case 'house-down':
    case 'gap':
      return inSequence([say(`why.house.${entry.code}`), absenceWords(words, entry)]);
    case 'denied': {
      const { client, topic, count, reason } = entry;
      return say('why.denied', { client, topic, count, reason });
    }
    case 'client-away': {
      const { client, topic, from } = entry;
      return say('why.away', { client, topic, time: formatMoment(language, from, 0) });
    }
  }
}

export function useEntryWords(): (entry: ExplanationEntry) => string {
  const words = useWords();
  const missWords = useMissWords();
  return (entry) => {
    switch (entry.code) {
      case 'ran':
      case 'condition':
      case 'refused':
      case 'failed':
      case 'unconfirmed':
        return wokenWords(words, entry);
      case 'missed':
        return missWords(entry);
      case 'hold-reset':
      case 'holding':
        return holdWords(words, entry);
      case 'not-true':
      case 'already-true':
        return words.say(`why.truth.${entry.code}`);
      case 'not-due':
        return dueWords(words, entry);
      default:
        return circumstanceWords(words, entry);
    }
  };
}
