// The PROXY protocol, versions 1 and 2: who a connection that a proxy passes on comes from. Pure; reads no socket.
// https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
import { Buffer } from 'node:buffer';
import { isIPv4, isIPv6 } from 'node:net';

export interface ProxyHeader {
  /** Length of the header; what follows belongs to the client. */
  readonly bytes: number;
  /** Absent when the proxy speaks for itself or does not know. */
  readonly source?: string;
}

/** `incomplete`: so far it may be one. */
export type ProxyReading = ProxyHeader | 'incomplete' | 'wrong';

const longestText = 107;
/** Addresses take 216 bytes at most; the rest is room for what a proxy adds, such as the name asked for by TLS. */
const longestBinary = 4096;
const textStart = Buffer.from('PROXY ');
const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
const binaryStart = 16;

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

function startsLike(bytes: Buffer, start: Buffer): boolean {
  const length = Math.min(bytes.length, start.length);
  return bytes.subarray(0, length).equals(start.subarray(0, length));
}

function parseText(bytes: Buffer): ProxyReading {
  const end = bytes.subarray(0, longestText).indexOf('\r\n');
  if (end < 0) return bytes.length < longestText ? 'incomplete' : 'wrong';
  const length = end + 2;
  const [, family, source = '', target = '', ...ports] = bytes.toString('latin1', 0, end).split(' ');
  if (family === 'UNKNOWN') return { bytes: length };
  const isAddress = family === 'TCP4' ? isIPv4 : family === 'TCP6' ? isIPv6 : () => false;
  const isRight = isAddress(source) && isAddress(target) && ports.length === 2 && ports.every(isPort);
  return isRight ? { bytes: length, source } : 'wrong';
}

function addressOf(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  return (bytes.toString('hex').match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
}

/** Bytes of one address by the byte that names family and transport; others than these say nothing of an address. */
const addressLengths: Readonly<Record<number, number>> = { 17: 4, 33: 16 };
const families: ReadonlySet<number> = new Set([0x00, 0x11, 0x21, 0x31]);

function parseBinary(bytes: Buffer): ProxyReading {
  if (bytes.length < binaryStart) return 'incomplete';
  const command = bytes.readUInt8(12);
  const family = bytes.readUInt8(13);
  const rest = bytes.readUInt16BE(14);
  const length = binaryStart + rest;
  if ((command !== 0x20 && command !== 0x21) || rest > longestBinary) return 'wrong';
  const isOwn = command === 0x20;
  const width = addressLengths[family] ?? 0;
  if (!isOwn && (!families.has(family) || rest < 2 * width + (width > 0 ? 4 : 0))) return 'wrong';
  if (bytes.length < length) return 'incomplete';
  if (isOwn || width === 0) return { bytes: length };
  return { bytes: length, source: addressOf(bytes.subarray(binaryStart, binaryStart + width)) };
}

/** Of the first bytes of a connection, however many have come. */
export function parseProxyHeader(bytes: Buffer): ProxyReading {
  if (bytes.length === 0) return 'incomplete';
  if (startsLike(bytes, textStart)) return bytes.length < textStart.length ? 'incomplete' : parseText(bytes);
  return startsLike(bytes, signature) ? parseBinary(bytes) : 'wrong';
}
