// How often somebody may call: a burst, then so many a second. Bounded in what it remembers.
import type { Clock } from './clock.ts';

interface Bucket {
  readonly left: number;
  readonly at: number;
}

const mostCallers = 1000;

export class RateLimit {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, { burst, perSecond }: { readonly burst: number; readonly perSecond: number }) {
    this.#clock = clock;
    this.#burst = burst;
    this.#perSecond = perSecond;
  }

  /** False when the caller has to wait. */
  take(caller: string): boolean {
    const at = this.#clock.monotonic();
    const bucket = this.#buckets.get(caller) ?? { left: this.#burst, at };
    const left = Math.min(this.#burst, bucket.left + ((at - bucket.at) / 1000) * this.#perSecond);
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { left: Math.max(0, left - 1), at });
    this.#forgetOldest();
    return left >= 1;
  }

  #forgetOldest(): void {
    if (this.#buckets.size <= mostCallers) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
