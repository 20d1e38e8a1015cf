// What people and other programs did on the topics of a rule, held against what the rule would have done.
import type { Timestamp } from '../../base/index.ts';
import { Payload } from '../../devices/index.ts';
import type { MessageInput } from '../input.ts';
import { shown } from '../trace/shown.ts';
import { wanting } from './audience.ts';
import type { Agreement, BacktestEffect, BacktestFiring, ByHand } from './result.ts';

const mostHeard = 100_000;
const mostListed = 1000;

type Heard = Omit<ByHand, 'verdict' | 'effectAt'>;

interface Done {
  readonly at: Timestamp;
  readonly payload: string;
}

export class HandWatch {
  readonly #hasTopics: boolean;
  readonly #isTopic: (topic: string) => boolean;
  readonly #topics = new Map<string, boolean>();
  readonly #heard: Heard[] = [];
  #missed = 0;

  /** `filters`: of the topics that the rule may publish to. */
  constructor(filters: readonly string[]) {
    this.#hasTopics = filters.length > 0;
    this.#isTopic = wanting(filters);
  }

  /** Messages of the outside; a bridge and a flow are no hands. */
  hear({ at, topic, payload, origin, by }: MessageInput): void {
    if (!this.#hasTopics || (origin !== 'client' && origin !== 'api')) return;
    if (!this.#wants(topic)) return;
    if (this.#heard.length >= mostHeard) this.#missed++;
    else this.#heard.push({ at, topic, payload: shown(new Payload(payload).value ?? null), origin, by });
  }

  agreement(firings: readonly BacktestFiring[], windowMs: number): Agreement {
    const done = byTopic(firings);
    // What only a wildcard of its topic stands for counts where the rule did something.
    const byHand = this.#heard
      .filter(({ topic }) => done.has(topic))
      .map((heard) => judged(heard, done.get(heard.topic) ?? [], windowMs));
    const count = (wanted: ByHand['verdict']): number =>
      byHand.filter(({ verdict }) => verdict === wanted).length;
    return {
      windowMs,
      matched: count('matched'),
      contradicted: count('contradicted'),
      missed: count('missed') + this.#missed,
      byHand: byHand.slice(0, mostListed),
    };
  }

  #wants(topic: string): boolean {
    const known = this.#topics.get(topic);
    if (known !== undefined) return known;
    const isTopic = this.#isTopic(topic);
    this.#topics.set(topic, isTopic);
    return isTopic;
  }
}

function isSent(effect: BacktestEffect): effect is BacktestEffect & { readonly topic: string } {
  return effect.kind === 'publish' && effect.topic !== undefined && effect.refused === undefined;
}

/** Of each topic in order of time. */
function byTopic(firings: readonly BacktestFiring[]): ReadonlyMap<string, readonly Done[]> {
  const topics = new Map<string, Done[]>();
  for (const { at, topic, payload } of firings.flatMap(({ effects }) => effects.filter(isSent))) {
    const done = topics.get(topic) ?? [];
    done.push({ at, payload: JSON.stringify(payload ?? null) });
    topics.set(topic, done);
  }
  for (const done of topics.values()) done.sort((a, b) => a.at - b.at);
  return topics;
}

function judged(heard: Heard, done: readonly Done[], windowMs: number): ByHand {
  const payload = JSON.stringify(heard.payload);
  const near = done.filter(({ at }) => Math.abs(at - heard.at) <= windowMs);
  const same = near.findLast((one) => one.payload === payload);
  const other = near.findLast((one) => one.payload !== payload && one.at <= heard.at);
  const last = near.findLast(({ at }) => at <= heard.at);
  // What the rule did last before it counts: to switch back what it switched is no agreement.
  if (same !== undefined && (last === undefined || last.payload === payload))
    return { ...heard, verdict: 'matched', effectAt: same.at };
  if (other !== undefined) return { ...heard, verdict: 'contradicted', effectAt: other.at };
  return same === undefined
    ? { ...heard, verdict: 'missed' }
    : { ...heard, verdict: 'matched', effectAt: same.at };
}
