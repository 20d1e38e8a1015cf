// What an action says of itself in a trace, in words. What is not known here is shown as it is: values, answers.
import type { RunStatus } from '../api/types.ts';
import type { Say } from '../i18n/use-words.ts';

type Words = (say: Say, found: string) => string;

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
  [/^late (.+)$/, (say, time) => say('trace.late', { time })],
  [/^overdue (.+)$/, (say, time) => say('trace.overdue', { time })],
  [/^(held already)$/, (say) => say('trace.heldAlready')],
  [/^(this step and those behind it were left out)$/, (say) => say('trace.cut')],
];

export function resultWords(say: Say, result: string): string {
  const ending = endings.find((each) => each === result);
  if (ending !== undefined) return say(`status.${ending}`);
  for (const [pattern, words] of known) {
    const found = pattern.exec(result)?.[1];
    if (found !== undefined) return words(say, found);
  }
  return result;
}
