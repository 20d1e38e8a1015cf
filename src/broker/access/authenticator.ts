// Decides who a CONNECT comes from. Unknown names and wrong passwords get the same answer after the same work.
import { type Clock, verifyPassword } from '../../base/index.ts';
import type { BrokerCounters } from '../counters.ts';
import type { AccessBook } from './access-book.ts';
import { FailedAttempts } from './failed-attempts.ts';
import { HashQueue } from './hash-queue.ts';
import type { Identity } from './rule-book.ts';
import type { KnownUser } from './user-book.ts';
import { VerifiedPairs } from './verified-pairs.ts';

/** What a client says of itself. */
export interface Offer {
  readonly client: string;
  readonly user: string | undefined;
  readonly password: Uint8Array | undefined;
  /** The name in its verified certificate, where such names count; then the password does not. */
  readonly certifiedName: string | undefined;
  readonly address: string;
  /** Whether it comes from this machine itself. */
  readonly isLocal: boolean;
}

export type Answer =
  | { readonly identity: Identity }
  | { readonly refusal: 'not-authorized' | 'paused' | 'busy' };

const mostWaiting = 500;
/** Longer ones are no passwords of people or devices; nothing is computed of them. */
const longestPassword = 1024;
const notAuthorized: Answer = { refusal: 'not-authorized' };

export class Authenticator {
  readonly #book: AccessBook;
  readonly #counters: BrokerCounters;
  readonly #attempts: FailedAttempts;
  readonly #pairs: VerifiedPairs;
  readonly #hashes = new HashQueue(mostWaiting);
  /** The same pair asked for several times at once is computed once. */
  readonly #running = new Map<string, Promise<boolean>>();

  constructor(book: AccessBook, counters: BrokerCounters, clock: Clock) {
    this.#book = book;
    this.#counters = counters;
    this.#attempts = new FailedAttempts(clock);
    this.#pairs = new VerifiedPairs(clock);
  }

  /** The user was changed: earlier failures count no more. */
  forget(user: string): void {
    this.#attempts.forget(user);
  }

  /** Calls `done` at once unless a hash must be computed. */
  authenticate(offer: Offer, done: (answer: Answer) => void): void {
    const { user, password, certifiedName } = offer;
    if (certifiedName !== undefined) done(this.#withCertificate(offer, certifiedName));
    else if (user === undefined || !this.#book.hasUsers) done(this.#withoutName(offer));
    else if (password === undefined || password.length === 0 || password.length > longestPassword) {
      done(this.#refused());
    } else this.#withName({ ...offer, user, password }, done);
  }

  /** As long as nobody has a name, what a client of this machine calls itself does not matter. */
  #withoutName({ client, isLocal }: Offer): Answer {
    if (isLocal && this.#book.allowAnonymous) {
      return { identity: { client, user: undefined, standing: 'anonymous' } };
    }
    this.#counters.refusedLogins++;
    return notAuthorized;
  }

  /** Who is nobody's user yet is a device like any other, or a name in the ACL file. */
  #withCertificate({ client }: Offer, user: string): Answer {
    const known = this.#book.users.find(user);
    if (known?.isEnabled === false) return this.#refused();
    const standing = known?.standing ?? this.#book.rules.standingOfCertified;
    return { identity: { client, user, standing } };
  }

  #withName(offer: Offer & { user: string; password: Uint8Array }, done: (answer: Answer) => void): void {
    const { user, password, address } = offer;
    if (this.#attempts.isPaused(user, address)) {
      this.#counters.pausedLogins++;
      done({ refusal: 'paused' });
      return;
    }
    const known = this.#book.users.find(user);
    const tried = known ?? this.#book.users.decoy(this.#pairs.numberOf(user));
    if (tried === undefined) {
      done(this.#refused());
      return;
    }
    const digest = this.#pairs.digest(tried, password);
    if (known !== undefined && this.#pairs.has(digest)) {
      done(this.#finished(offer, known, true));
      return;
    }
    const computed = this.#computed(digest, tried, password);
    if (computed === undefined) {
      this.#counters.loginsOverflowed++;
      done({ refusal: 'busy' });
    } else void computed.then((isRight) => done(this.#finished(offer, known, isRight)));
  }

  /** Never rejects: what cannot be computed is not right. */
  #computed(digest: string, tried: KnownUser, password: Uint8Array): Promise<boolean> | undefined {
    const running = this.#running.get(digest);
    if (running !== undefined) return running;
    const copy = Uint8Array.from(password);
    const started = this.#hashes.run(() => verifyPassword(copy, tried.hash));
    if (started === undefined) return undefined;
    const settled = started
      .catch(() => {
        this.#counters.caught++;
        return false;
      })
      .finally(() => this.#running.delete(digest));
    this.#running.set(digest, settled);
    return settled.then((isRight) => {
      if (isRight) this.#pairs.add(digest);
      return isRight;
    });
  }

  /** The user may have been changed or deleted while the hash was computed. */
  #finished(offer: Offer & { user: string }, known: KnownUser | undefined, isRight: boolean): Answer {
    const { user, client, address } = offer;
    const now = this.#book.users.find(user);
    if (!isRight || known === undefined || now?.text !== known.text || !now.isEnabled) {
      this.#attempts.failed(user, address);
      return this.#refused();
    }
    this.#attempts.succeeded(user, address);
    return { identity: { client, user, standing: now.standing } };
  }

  #refused(): Answer {
    this.#counters.refusedLogins++;
    return notAuthorized;
  }
}
