// What the outside answered in the record, for runs of a replay that ask the same about the same time.
import type { Timestamp } from '../../base/index.ts';
import type { CallEffect } from '../effect.ts';
import type { AnswerInput } from '../input.ts';
import { digestOf } from '../live/digest.ts';
import type { TimedAnswer } from '../replay/pending-answers.ts';

/** So much earlier or later than in the record the same question gets the same answer. */
const toleranceMs = 60_000;

interface Known extends TimedAnswer {
  readonly askedAt: Timestamp;
  isTaken: boolean;
}

export class RecordedAnswers {
  readonly #known = new Map<string, Known[]>();

  /** In the order of the record. */
  add({ at, answer, asked }: AnswerInput): void {
    if (asked === undefined) return;
    const key = keyOf(asked.rule, asked.digest);
    const known = this.#known.get(key) ?? [];
    known.push({ at, answer, askedAt: asked.at, isTaken: false });
    this.#known.set(key, known);
  }

  /** The one asked for nearest to the time of the call, once; it takes as long as it took. */
  take(call: CallEffect): TimedAnswer | undefined {
    const known = this.#known.get(keyOf(call.rule, digestOf(call))) ?? [];
    let best: Known | undefined;
    for (const one of known) {
      const distance = Math.abs(one.askedAt - call.at);
      if (one.isTaken || distance > toleranceMs) continue;
      if (best === undefined || distance < Math.abs(best.askedAt - call.at)) best = one;
    }
    if (best === undefined) return undefined;
    best.isTaken = true;
    return { at: call.at + Math.max(0, best.at - best.askedAt), answer: best.answer };
  }
}

const keyOf = (rule: string, digest: string): string => `${rule}\n${digest}`;
