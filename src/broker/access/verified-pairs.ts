// Pairs of name and password that were right lately, so that a storm of reconnects costs no hashes. Holds no password:
// only a keyed digest of the pair and of the stored hash, so that a changed password is another pair.
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../base/index.ts';
import type { KnownUser } from './user-book.ts';

const lastsMs = 300_000;
const mostPairs = 10_000;

export class VerifiedPairs {
  readonly #clock: Clock;
  readonly #secret = randomBytes(32);
  /** Digest → when it ends; the oldest first. */
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  digest(known: KnownUser, password: Uint8Array): string {
    const hmac = createHmac('sha256', this.#secret);
    for (const part of [known.name, known.text]) hmac.update(`${part.length}:${part}`);
    return hmac.update(password).digest('base64');
  }

  /** A number that depends on the name alone, and that nobody can foresee. */
  numberOf(name: string): number {
    return createHmac('sha256', this.#secret).update(name).digest().readUInt32BE();
  }

  has(digest: string): boolean {
    const until = this.#until.get(digest);
    if (until === undefined) return false;
    if (until > this.#clock.monotonic()) return true;
    this.#until.delete(digest);
    return false;
  }

  add(digest: string): void {
    this.#until.delete(digest);
    const [oldest] = this.#until.keys();
    if (this.#until.size >= mostPairs && oldest !== undefined) this.#until.delete(oldest);
    this.#until.set(digest, this.#clock.monotonic() + lastsMs);
  }
}
