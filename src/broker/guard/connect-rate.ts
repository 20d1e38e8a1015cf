// How many connections one address may open: a bucket of one second's worth that fills up again evenly.
import type { Clock } from '../../base/index.ts';

interface Bucket {
  left: number;
  at: number;
}

/** Past this many addresses the one that was quiet longest is forgotten. */
const maxAddresses = 10_000;

export class ConnectRate {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  admits(address: string, perSecond: number): boolean {
    const now = this.#clock.monotonic();
    const bucket = this.#buckets.get(address) ?? { left: perSecond, at: now };
    bucket.left = Math.min(perSecond, bucket.left + ((now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    this.#remember(address, bucket);
    if (bucket.left < 1) return false;
    bucket.left--;
    return true;
  }

  #remember(address: string, bucket: Bucket): void {
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    if (this.#buckets.size <= maxAddresses) return;
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
