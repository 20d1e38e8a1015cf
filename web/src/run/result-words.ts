// What an action says of itself in a trace, in words. What is not known here is shown as it is: values, answers.
import type { RunStatus } from '../api/types.ts';
import { durationMs } from '../base/duration.ts';
import { formatSpan } from '../i18n/format.ts';
import type { Language } from '../i18n/language.ts';
import type { Say, Words as Spoken } from '../i18n/use-words.ts';

type Words = (say: Say, found: string, language: Language) => string;

function spanIn(language: Language, written: string): string {
  const ms = durationMs(written);
  return ms === undefined ? written : formatSpan(language, ms);
}

const endings: readonly RunStatus[] = [
  'finished',
  'stopped',
  'superseded',
  'timed-out',
  'failed',
  'cancelled',
];

const known: readonly (readonly [pattern: RegExp, words: Words])[] = [
  [/^(then)$/, (say) => say('trace.branch.then')],
  [/^(else)$/, (say) => say('trace.branch.else')],
  [/^choose\[(\d+)\]$/, (say, index) => say('trace.branch', { name: String(Number(index) + 1) })],
  [/^turn (\d+)$/, (say, number) => say('trace.turn', { number })],
  [/^(\d+) turns$/, (say, count) => say('trace.turns', { count: Number(count) })],
  [/^(confirmed)$/, (say) => say('trace.confirmed')],
  [/^confirmed after (\d+) times$/, (say, count) => say('trace.confirmed.after', { count: Number(count) })],
  [/^(unconfirmed)$/, (say) => say('trace.unconfirmed')],
  [/^retry (\d+)$/, (say, number) => say('trace.retry', { number })],
  [/^(by hand)$/, (say) => say('trace.byHand')],
  [/^late (.+)$/, (say, time, language) => say('trace.late', { time: spanIn(language, time) })],
  [/^overdue (.+)$/, (say, time, language) => say('trace.overdue', { time: spanIn(language, time) })],
  [/^(held already)$/, (say) => say('trace.heldAlready')],
  [/^(this step and those behind it were left out)$/, (say) => say('trace.cut')],
];

export function resultWords({ say, language }: Pick<Spoken, 'say' | 'language'>, result: string): string {
  const ending = endings.find((each) => each === result);
  if (ending !== undefined) return say(`status.${ending}`);
  for (const [pattern, words] of known) {
    const found = pattern.exec(result)?.[1];
    if (found !== undefined) return words(say, found, language);
  }
  return result;
}
