// What each message of the harness says of itself, with a check sum so that half a message cannot pass for one.
import { crc32 } from 'node:zlib';

export interface Stamp {
  readonly publisher: string;
  readonly seq: number;
}

export function stamped({ publisher, seq }: Stamp, filler: number): string {
  const text = `${publisher} ${seq} ${'.'.repeat(filler)}`;
  return `${crc32(text)} ${text}`;
}

/** Undefined when the check sum is wrong. */
export function readStamp(payload: string): Stamp | undefined {
  const at = payload.indexOf(' ');
  const text = payload.slice(at + 1);
  if (Number(payload.slice(0, at)) !== crc32(text)) return undefined;
  const [publisher = '', seq = ''] = text.split(' ');
  return { publisher, seq: Number(seq) };
}
