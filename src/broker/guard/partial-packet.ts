// The first bytes of a packet whose rest has not come yet. Grows with what comes, never with what is claimed.
import { badLength, incomplete, lengthSize, remainingLength } from './packet-header.ts';

const maxHeader = 5;
const firstCapacity = 4096;

export class PartialPacket {
  #bytes = Buffer.allocUnsafe(maxHeader);
  #size = 0;
  /** 0 as long as the header is not whole. */
  #total = 0;

  /** What is here so far. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  /** Takes bytes from `at` until the packet is whole; returns how many. A bad header takes five at most. */
  take(chunk: Buffer, at: number): number {
    let next = at;
    while (this.#total === 0 && this.#size < maxHeader && next < chunk.length) {
      this.#bytes[this.#size++] = chunk[next++] ?? 0;
      this.#measure();
    }
    const count = Math.min(Math.max(0, this.#total - this.#size), chunk.length - next);
    if (count === 0) return next - at;
    this.#reserve(this.#size + count);
    chunk.copy(this.#bytes, this.#size, next, next + count);
    this.#size += count;
    return next + count - at;
  }

  #measure(): void {
    const length = remainingLength(this.#bytes, 1, this.#size);
    if (length !== incomplete && length !== badLength) this.#total = 1 + lengthSize(length) + length;
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    const capacity = Math.min(this.#total, Math.max(size, firstCapacity, 2 * this.#bytes.length));
    const grown = Buffer.allocUnsafe(capacity);
    this.#bytes.copy(grown, 0, 0, this.#size);
    this.#bytes = grown;
  }
}
