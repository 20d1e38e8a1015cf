// What bytes mean: the one reading of payloads for state, rules, live views and replay (rules.md section 1).
import { isUtf8 } from 'node:buffer';
import { maxNesting, nestsDeeperThan } from './nesting.ts';

const empty = new Uint8Array(0);

/** A byte that may begin a JSON text: whitespace, a bracket, a quote, a digit, a minus, or t f n. */
function mayBeginJson(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  if (byte >= 0x30 && byte <= 0x39) return true;
  return (
    byte === 0x7b ||
    byte === 0x5b ||
    byte === 0x22 ||
    byte === 0x2d ||
    byte === 0x74 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x20 ||
    byte === 0x09 ||
    byte === 0x0a ||
    byte === 0x0d
  );
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** One message's payload. Parsed when first read, once; the value is shared and must not be changed. */
export class Payload {
  #bytes: Uint8Array;
  #raw: string | undefined;
  #value: unknown;
  #isRead = false;
  #isDetached = false;

  constructor(bytes: Uint8Array = empty) {
    this.#bytes = bytes;
  }

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /**
   * For one that is kept when its message has been dealt with: a payload as it comes is a view of a socket's buffer, a
   * thousand times its size. Not sooner, for the view is read several times as fast as the copy.
   */
  detach(): void {
    if (this.#isDetached) return;
    this.#isDetached = true;
    if (this.#bytes.buffer.byteLength > this.#bytes.byteLength) this.#bytes = new Uint8Array(this.#bytes);
  }

  /** Always text; bytes that are no UTF-8 are shown in base64. */
  get raw(): string {
    if (this.#raw === undefined) {
      const buffer = view(this.bytes);
      this.#raw = buffer.toString(isUtf8(buffer) ? 'utf8' : 'base64');
    }
    return this.#raw;
  }

  /** JSON when it is JSON, other text as text, other bytes as `{ $binary: base64 }`, nothing (length 0) as undefined. */
  get value(): unknown {
    if (!this.#isRead) {
      this.#value = this.#read();
      this.#isRead = true;
    }
    return this.#value;
  }

  #read(): unknown {
    if (this.#bytes.length === 0) return undefined;
    const buffer = view(this.#bytes);
    if (!isUtf8(buffer)) return { $binary: buffer.toString('base64') };
    this.#raw ??= buffer.toString();
    const raw = this.#raw;
    if (!mayBeginJson(buffer[0])) return raw;
    try {
      const value: unknown = JSON.parse(raw);
      const isDeep = buffer.length > 2 * maxNesting && nestsDeeperThan(value, maxNesting);
      return isDeep ? raw : value;
    } catch {
      return raw;
    }
  }
}

/** Whether two payloads are the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  if (a.length > 128) return view(a).equals(b);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function binaryOf(value: unknown): Buffer | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '$binary')) return undefined;
  const text: unknown = Reflect.get(value, '$binary');
  return typeof text === 'string' && Object.keys(value).length === 1
    ? Buffer.from(text, 'base64')
    : undefined;
}

/** Outgoing: text as it is, `{ $binary }` as bytes, null as nothing, everything else as JSON. */
export function encodePayload(value: unknown): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value);
  if (value === null || value === undefined) return empty;
  return binaryOf(value) ?? Buffer.from(JSON.stringify(value));
}
