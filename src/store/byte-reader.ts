// Reads what ByteWriter wrote. A reader past the end throws; it never returns made-up values.
import { storeError } from './errors.ts';

export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw this.#cutShort();
    return value;
  }

  unsigned(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  double(): number {
    const start = this.#skip(8);
    return this.#bytes.readDoubleLE(start);
  }

  text(): string {
    const size = this.unsigned();
    const start = this.#skip(size);
    return this.#bytes.toString('utf8', start, start + size);
  }

  /** A view into the buffer that is read; copy it when it outlives the buffer. */
  blob(): Buffer {
    const size = this.unsigned();
    const start = this.#skip(size);
    return this.#bytes.subarray(start, start + size);
  }

  /** Moves on beyond a text or a blob. */
  pass(): void {
    this.#skip(this.unsigned());
  }

  /** Moves on by `size` and returns where that began. */
  #skip(size: number): number {
    const start = this.#at;
    this.#at += size;
    if (this.#at > this.#bytes.length) throw this.#cutShort();
    return start;
  }

  #cutShort(): Error {
    return storeError('store-bad-chunk', `the data ends at byte ${this.#bytes.length}, more was expected`);
  }
}
