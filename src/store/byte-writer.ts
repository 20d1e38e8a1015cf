// A growing binary buffer that is handed to the other thread without copying. Knows no rows and no inputs.

/** Integers up to this size are written as varints, larger ones and fractions as eight bytes. */
export const largestVarint = 2 ** 51;

/** Characters; its length must fit into one byte of a varint. */
const shortText = 40;

export class ByteWriter {
  readonly #capacity: number;
  #bytes: Buffer<ArrayBuffer> | undefined;
  #length = 0;

  /** `capacity` is what is set aside at the first write; more is taken when needed. */
  constructor(capacity = 4096) {
    this.#capacity = capacity;
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    const bytes = this.#room(1);
    bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53. */
  unsigned(value: number): void {
    const bytes = this.#room(8);
    let rest = value;
    let at = this.#length;
    while (rest > 0x7fff_ffff) {
      bytes[at++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest > 0x7f) {
      bytes[at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    bytes[at++] = rest;
    this.#length = at;
  }

  /** A whole number of either sign up to `largestVarint`. */
  signed(value: number): void {
    this.unsigned(value < 0 ? value * -2 - 1 : value * 2);
  }

  double(value: number): void {
    this.#room(8).writeDoubleLE(value, this.#length);
    this.#length += 8;
  }

  text(value: string): void {
    if (value.length <= shortText && this.#ascii(value)) return;
    const size = Buffer.byteLength(value);
    this.unsigned(size);
    this.#room(size).write(value, this.#length);
    this.#length += size;
  }

  /** For a short text a loop is faster than the way out of the engine. False, and nothing written, when it is no ASCII. */
  #ascii(value: string): boolean {
    const size = value.length;
    const bytes = this.#room(size + 1);
    let at = this.#length;
    bytes[at++] = size;
    for (let i = 0; i < size; i++) {
      const code = value.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[at++] = code;
    }
    this.#length = at;
    return true;
  }

  blob(value: Uint8Array): void {
    this.unsigned(value.length);
    this.#room(value.length).set(value, this.#length);
    this.#length += value.length;
  }

  /** Hands over what was written, in an ArrayBuffer of its own, and starts anew. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes;
    const length = this.#length;
    this.#bytes = undefined;
    this.#length = 0;
    return bytes === undefined ? new Uint8Array() : new Uint8Array(bytes.buffer, 0, length);
  }

  #room(size: number): Buffer<ArrayBuffer> {
    const wanted = this.#length + size;
    const bytes = this.#bytes;
    if (bytes !== undefined && wanted <= bytes.length) return bytes;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#capacity, wanted, (bytes?.length ?? 0) * 2));
    if (bytes !== undefined) grown.set(bytes.subarray(0, this.#length));
    this.#bytes = grown;
    return grown;
  }
}
