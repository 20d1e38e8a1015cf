// What users may do who are not connected: owners of sessions and wills of an earlier run, publishers of what is
// retained, bridges. Bounded; the oldest is made anew.
import { Permit } from './permit.ts';
import type { RuleBook } from './rule-book.ts';
import type { Standing, UserBook } from './user-book.ts';

/** Who it was: `user` is empty for an anonymous client. */
export interface Person {
  readonly user: string;
  readonly client: string;
}

const mostPermits = 5000;

export class Permits {
  readonly #users: UserBook;
  readonly #rules: RuleBook;
  readonly #areNamesCertified: boolean;
  readonly #known = new Map<string, Permit>();

  /** `areNamesCertified`: a name that is in no list may be that of a certificate. */
  constructor(users: UserBook, rules: RuleBook, areNamesCertified: boolean) {
    this.#users = users;
    this.#rules = rules;
    this.#areNamesCertified = areNamesCertified;
  }

  /** Undefined for somebody who is no user any more, and so may do nothing. */
  find({ user, client }: Person): Permit | undefined {
    const standing = this.#standingOf(user);
    if (standing === undefined) return undefined;
    const key = `${standing}\0${user}\0${client}`;
    const permit = this.#known.get(key);
    if (permit !== undefined) return permit;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= mostPermits && oldest !== undefined) this.#known.delete(oldest);
    const made = new Permit({ client, user: user === '' ? undefined : user, standing }, this.#rules);
    this.#known.set(key, made);
    return made;
  }

  #standingOf(user: string): Standing | undefined {
    if (user === '') return 'anonymous';
    const known = this.#users.find(user);
    if (known !== undefined) return known.isEnabled ? known.standing : undefined;
    return this.#areNamesCertified ? this.#rules.standingOfCertified : undefined;
  }
}
