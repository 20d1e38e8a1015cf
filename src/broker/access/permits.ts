// What users may do who are not connected: owners of sessions and wills of an earlier run, publishers of what is
// retained, bridges. Bounded; the oldest is made anew.
import { Permit } from './permit.ts';
import type { RuleBook } from './rule-book.ts';
import type { UserBook } from './user-book.ts';

/** Who it was: `user` is null for an anonymous client. */
export interface Person {
  readonly user: string | null;
  readonly client: string;
}

const mostPermits = 5000;

export class Permits {
  readonly #users: UserBook;
  readonly #rules: RuleBook;
  readonly #known = new Map<string, Permit>();

  constructor(users: UserBook, rules: RuleBook) {
    this.#users = users;
    this.#rules = rules;
  }

  /** Undefined for somebody who is no user any more, and so may do nothing. */
  find({ user, client }: Person): Permit | undefined {
    const known = user === null ? undefined : this.#users.find(user);
    if (user !== null && known?.isEnabled !== true) return undefined;
    const standing = known?.standing ?? 'anonymous';
    const key = `${standing}\0${user ?? ''}\0${client}`;
    const permit = this.#known.get(key);
    if (permit !== undefined) return permit;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= mostPermits && oldest !== undefined) this.#known.delete(oldest);
    const made = new Permit({ client, user: user ?? undefined, standing }, this.#rules);
    this.#known.set(key, made);
    return made;
  }
}
