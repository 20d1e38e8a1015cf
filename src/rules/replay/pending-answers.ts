// What the outside will have said in a replay, by time. A house that is down hears nothing: as in the one that lives,
// what may be asked again is, and any other call is interrupted.
import type { Timestamp } from '../../base/index.ts';
import type { CallEffect } from '../effect.ts';
import type { Answer, AnswerInput, Unnumbered } from '../input.ts';
import { interrupted } from '../live/calls.ts';

/** What the outside said, and when; not before the call. */
export interface TimedAnswer {
  readonly at: Timestamp;
  readonly answer: Answer;
}

interface Pending extends TimedAnswer {
  readonly call: Pick<CallEffect, 'id' | 'isIdempotent'>;
}

export class PendingAnswers {
  #answers: Pending[] = [];

  /** When the next one comes. */
  get nextAt(): Timestamp | undefined {
    return this.#answers[0]?.at;
  }

  add(call: Pending['call'], { at, answer }: TimedAnswer): void {
    const index = this.#answers.findLastIndex((other) => other.at <= at);
    this.#answers.splice(index + 1, 0, { at, answer, call });
  }

  /** The next one, at `at`. */
  take(at: Timestamp): Unnumbered<AnswerInput> | undefined {
    const taken = this.#answers.shift();
    return taken && { kind: 'answer', at, call: taken.call.id, answer: taken.answer };
  }

  /** Nobody listened until `until`; devices have had a moment to come back at `notBefore`. */
  putOff(until: Timestamp, notBefore: Timestamp): void {
    const missed = this.#answers.filter(({ at }) => at < until);
    this.#answers = this.#answers.slice(missed.length);
    for (const { call, answer } of missed)
      this.add(call, { at: notBefore, answer: call.isIdempotent ? answer : interrupted });
  }
}
