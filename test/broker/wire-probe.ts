// Sends bytes to any broker and says what became of the connection.
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { bytesFrom, type Version } from './packet-notation.ts';

/** `accepted`, `closed`, `connack 0x85` or `disconnect 0x82`. */
export type Outcome = string;

export interface Probe {
  readonly version: Version;
  /** `send` begins with the CONNECT itself. */
  readonly isStranger: boolean;
  readonly send: Buffer;
}

interface Frame {
  readonly type: number;
  readonly body: Buffer;
}

const connack = 2;
const pingresp = 13;
const disconnect = 14;
const ping = Buffer.from([0xc0, 0]);

/** A correct CONNECT. */
export function greeting(version: Version, id = 'probe'): Buffer {
  return bytesFrom(`10 (name 02 0000 p "${id}")`, version);
}

/** Frames of a correct sender; an incomplete one stays in `rest`. */
function framesOf(bytes: Buffer): { frames: Frame[]; rest: Buffer } {
  const frames: Frame[] = [];
  let at = 0;
  for (;;) {
    let length = 0;
    let size = 0;
    let byte = 0x80;
    while (byte >= 0x80 && at + 1 + size < bytes.length) {
      byte = bytes[at + 1 + size] ?? 0;
      length |= (byte & 0x7f) << (7 * size++);
    }
    const end = at + 1 + size + length;
    if (byte >= 0x80 || end > bytes.length) return { frames, rest: bytes.subarray(at) };
    frames.push({ type: (bytes[at] ?? 0) >> 4, body: bytes.subarray(at + 1 + size, end) });
    at = end;
  }
}

function judged(frames: readonly Frame[], isClosed: boolean): Outcome | undefined {
  for (const { type, body } of frames) {
    const code = `0x${(body[type === connack ? 1 : 0] ?? 0).toString(16).padStart(2, '0')}`;
    if (type === pingresp) return 'accepted';
    if (type === disconnect) return `disconnect ${code}`;
    if (type === connack && code !== '0x00') return `connack ${code}`;
  }
  return isClosed ? 'closed' : undefined;
}

/** Ends when a PINGREQ after the bytes is answered, or when the broker has closed. */
export async function probe(port: number, { version, isStranger, send }: Probe): Promise<Outcome> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const events = new EventEmitter();
  const frames: Frame[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let isClosed = false;
  let isSent = isStranger;
  const payload = Buffer.concat([send, ping]);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const parsed = framesOf(Buffer.concat([rest, Buffer.from(chunk)]));
    frames.push(...parsed.frames);
    rest = parsed.rest;
    if (!isSent) {
      isSent = true;
      socket.write(payload);
    }
    events.emit('change');
  });
  socket.on('close', () => {
    isClosed = true;
    events.emit('change');
  });
  socket.write(isStranger ? payload : greeting(version));
  let outcome = judged(frames, isClosed);
  while (outcome === undefined || (outcome !== 'accepted' && !isClosed)) {
    await once(events, 'change');
    outcome = judged(frames, isClosed);
  }
  socket.destroy();
  return outcome;
}
