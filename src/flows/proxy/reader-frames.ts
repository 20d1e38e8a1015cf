// What who may only look can say on the socket of the editor: which topics it wants. Node-RED believes every message there, and one
// that it does not expect ends its process. Pings and ends pass; all else is left out, and what is no short text ends the socket.
import { Transform, type TransformCallback } from 'node:stream';
import { z } from 'zod';

const longest = 4096;
const text = 0x81;
const firstControl = 8;
/** Node-RED makes a regular expression of it: no part of it may be read in more than one way. */
const subscription = z.strictObject({ subscribe: z.string().regex(/^[\w./:-]{1,200}#?$/) });

interface Frame {
  /** Its first byte: whether it is whole, and what it carries. */
  readonly kind: number;
  readonly size: number;
  readonly payload: Buffer;
}

/** Undefined until all of it is there. Throws for what a browser does not send. */
function frameOf(bytes: Buffer): Frame | undefined {
  if (bytes.length < 4) return undefined;
  const [kind = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (second < 0x80 || short === 127 || length > longest) throw new RangeError('no short masked frame');
  const begin = short === 126 ? 8 : 6;
  const size = begin + length;
  if (bytes.length < size) return undefined;
  const mask = bytes.subarray(begin - 4, begin);
  const payload = Buffer.from(bytes.subarray(begin, size));
  for (let at = 0; at < length; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return { kind, size, payload };
}

function isSubscription(payload: Buffer): boolean {
  try {
    return subscription.safeParse(JSON.parse(payload.toString())).success;
  } catch {
    return false; // no JSON
  }
}

export class ReaderFrames extends Transform {
  #rest: Buffer = Buffer.alloc(0);

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    try {
      for (let frame = frameOf(this.#rest); frame !== undefined; frame = frameOf(this.#rest)) {
        this.#judge(frame, this.#rest.subarray(0, frame.size));
        this.#rest = this.#rest.subarray(frame.size);
      }
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #judge({ kind, payload }: Frame, bytes: Buffer): void {
    const isControl = (kind & 0x0f) >= firstControl;
    if (!isControl && kind !== text) throw new RangeError('no whole text');
    if (isControl || isSubscription(payload)) this.push(bytes);
  }
}
