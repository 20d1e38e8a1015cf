// ASN.1 values in DER, as far as certificates need them (X.690). Writes only.
import { Buffer } from 'node:buffer';

function lengthBytes(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** One value: its tag, its length, its parts. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthBytes(content.length), content]);
}

export const derTags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  /** Of a primitive value, to which its number is added. */
  context: 0x80,
  /** Of a value made of others, to which its number is added. */
  contextOfValues: 0xa0,
} as const;

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(derTags.sequence, ...parts);

/** A positive number, its bytes from the highest. */
export function integer(bytes: Uint8Array): Buffer {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return der(derTags.integer, ...(isNegative ? [Buffer.from([0])] : []), bytes);
}

/** With this many bits of the last byte left over. */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return der(derTags.bitString, Buffer.from([unused]), bytes);
}

/** `1.2.840.10045.4.3.2` */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((number) => {
    const groups = [number & 0x7f];
    for (let left = number >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return der(0x06, Buffer.from(bytes));
}

/** Whole seconds; with two digits for the year up to 2049, as X.509 wants it. */
export function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  const isShort = Number(digits.slice(0, 4)) < 2050;
  return isShort ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}
