// The texts of topics by their bytes: one that comes again is the same string, which every table of the house finds
// without hashing it and comparing it letter by letter. Forgets at will: what it does not know is read anew.
import type { Buffer } from 'node:buffer';

/** A power of two. */
const slots = 1024;
/** Bytes; longer ones are read each time. */
const longest = 128;

/** Whether the bytes from `from` on are this text of ASCII characters. */
function isWritten(text: string, bytes: Buffer, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}

export class TopicNames {
  readonly #known: string[] = new Array<string>(slots).fill('');

  /** The bytes must be UTF-8. hot: once per message; guarded by the broker benchmark. */
  read(bytes: Buffer, from: number, to: number): string {
    const size = to - from;
    if (size > longest) return bytes.toString('utf8', from, to);
    let hash = size;
    let all = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      all |= byte;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (all >= 0x80) return bytes.toString('utf8', from, to);
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    const known = this.#known[slot];
    if (known !== undefined && known.length === size && isWritten(known, bytes, from)) return known;
    const text = bytes.toString('latin1', from, to);
    this.#known[slot] = text;
    return text;
  }
}
