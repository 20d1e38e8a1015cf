// What one client may do, remembered for each topic until a rule changes. Cheap enough to ask for every delivery.

import type { AccessKind } from './rule.ts';
import type { Identity, Judge, RuleBook } from './rule-book.ts';

/** Topics that a client is asked about again and again are few; one that brings more is looked up anew. */
const remembered = 128;

export class Permit {
  readonly identity: Identity;
  readonly #rules: RuleBook;
  readonly #known: Readonly<Record<AccessKind, Map<string, boolean>>> = { read: new Map(), write: new Map() };
  #judge: Judge;
  #epoch: number;
  #isClosed = false;

  constructor(identity: Identity, rules: RuleBook) {
    this.identity = identity;
    this.#rules = rules;
    this.#judge = rules.judgeOf(identity);
    this.#epoch = rules.epoch;
  }

  /** hot: once per publish and once per delivery; guarded by the broker benchmark. */
  may(kind: AccessKind, topic: string): boolean {
    if (this.#isClosed) return false;
    if (this.#epoch !== this.#rules.epoch) this.#renew();
    const known = this.#known[kind];
    const before = known.get(topic);
    if (before !== undefined) return before;
    const { isAllowed } = this.#judge(topic, kind);
    if (known.size >= remembered) known.clear();
    known.set(topic, isAllowed);
    return isAllowed;
  }

  /** Nothing may be done with it any more. */
  close(): void {
    this.#isClosed = true;
  }

  #renew(): void {
    this.#judge = this.#rules.judgeOf(this.identity);
    this.#epoch = this.#rules.epoch;
    this.#known.read.clear();
    this.#known.write.clear();
  }
}
