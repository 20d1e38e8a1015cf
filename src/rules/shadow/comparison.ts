// Compares what shadow rules would have done with what happens: by topic and by device, within a window of time on either
// side. It sees only what it is told, and answers with verdicts.
import { isDeepStrictEqual } from 'node:util';
import type { Timestamp } from '../../base/index.ts';

/** Of a topic its value under the empty name, of a device its properties. */
export type Values = Readonly<Record<string, unknown>>;

export interface Seen {
  readonly at: Timestamp;
  /** Origin and id. */
  readonly by: string;
}

/** Something that is the case, as it came about. */
export interface Happening extends Seen {
  readonly values: Values;
  /** People or devices did it, not rules, and it was no repetition. */
  readonly isByHand: boolean;
}

export interface Wish {
  readonly id: string;
  readonly rule: string;
  readonly target: string;
  readonly at: Timestamp;
  readonly values: Values;
  /** The house was down in a part of its time: whether nobody did it cannot be known. */
  readonly isGappy?: boolean;
}

export interface Verdicts {
  matched(wish: Wish, seen: Seen): void;
  missed(wish: Wish): void;
  byHand(rule: string, target: string, happening: Happening): void;
}

interface Deed {
  readonly target: string;
  readonly happening: Happening;
  /** Rules that it is news for. */
  readonly rules: Set<string>;
}

interface Watch {
  readonly rules: Set<string>;
  readonly wishes: Set<Wish>;
  readonly deeds: Set<Deed>;
}

type Open = { readonly wish: Wish } | { readonly deed: Deed };

/** Before and after. */
export const comparisonWindowMs = 60_000;
/** Of one target; of the oldest nothing is told. */
const mostDeeds = 100;

function holds(values: Values, wanted: Values): boolean {
  return Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(values[name], value));
}

export class Comparison {
  readonly #verdicts: Verdicts;
  readonly #watches = new Map<string, Watch>();
  /** What is still to be decided, in the order in which its time is over. */
  #open: Open[] = [];

  constructor(verdicts: Verdicts) {
    this.#verdicts = verdicts;
  }

  isWatched(target: string): boolean {
    return this.#watches.has(target);
  }

  /** From now on what people do to it is news for the rule. */
  watch(rule: string, target: string): void {
    this.#watchOf(target).rules.add(rule);
  }

  forget(rule: string): void {
    for (const [target, { rules }] of this.#watches) {
      rules.delete(rule);
      if (rules.size === 0) this.#watches.delete(target);
    }
    this.#open = this.#open.filter((each) => !('wish' in each) || each.wish.rule !== rule);
  }

  /** What a rule would have done, and was not so already. */
  wish(wish: Wish): void {
    this.passed(wish.at);
    const watch = this.#watchOf(wish.target);
    watch.rules.add(wish.rule);
    this.explain(wish);
    watch.wishes.add(wish);
    this.#open.push({ wish });
  }

  /** What people did shortly before is what the rule would have done, too. */
  explain({ target, rule, values }: Wish): void {
    for (const { happening, rules } of this.#watches.get(target)?.deeds ?? [])
      if (holds(values, happening.values)) rules.delete(rule);
  }

  /** `now`: all that is the case with the target. */
  happened(target: string, happening: Happening, now: Values): void {
    this.passed(happening.at);
    const watch = this.#watches.get(target);
    if (watch === undefined) return;
    const unexplained = new Set(watch.rules);
    for (const wish of watch.wishes) {
      if (holds(wish.values, happening.values)) unexplained.delete(wish.rule);
      if (!holds(now, wish.values)) continue;
      watch.wishes.delete(wish);
      this.#verdicts.matched(wish, happening);
    }
    if (happening.isByHand) this.#note(watch, { target, happening, rules: unexplained });
  }

  #note({ deeds }: Watch, deed: Deed): void {
    const { at, values } = deed.happening;
    const isKnown = [...deeds].some(({ happening: one }) => one.at === at && holds(one.values, values));
    if (isKnown || deed.rules.size === 0 || deeds.size >= mostDeeds) return;
    deeds.add(deed);
    this.#open.push({ deed });
  }

  /** Decides what had its time. */
  passed(now: Timestamp): void {
    const before = now - comparisonWindowMs;
    for (let [first] = this.#open; first !== undefined; [first] = this.#open) {
      const at = 'wish' in first ? first.wish.at : first.deed.happening.at;
      if (at > before) return;
      this.#open.shift();
      if ('wish' in first) this.#missed(first.wish);
      else this.#told(first.deed);
    }
  }

  #missed(wish: Wish): void {
    if (this.#watches.get(wish.target)?.wishes.delete(wish) === true) this.#verdicts.missed(wish);
  }

  #told(deed: Deed): void {
    const { target, happening, rules } = deed;
    this.#watches.get(target)?.deeds.delete(deed);
    for (const rule of rules) this.#verdicts.byHand(rule, target, happening);
  }

  #watchOf(target: string): Watch {
    const known = this.#watches.get(target);
    if (known !== undefined) return known;
    const made = { rules: new Set<string>(), wishes: new Set<Wish>(), deeds: new Set<Deed>() };
    this.#watches.set(target, made);
    return made;
  }
}
