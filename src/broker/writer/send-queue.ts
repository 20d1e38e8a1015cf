// The bytes that wait for one connection: every packet stands in this one line. One write at a time, each of many
// packets, so that it shows whether the peer reads. Knows no packets.
import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { Undo } from '../../base/index.ts';
import type { Flusher } from './flusher.ts';

export interface SendQueueOptions {
  readonly stream: Duplex;
  readonly flusher: Flusher;
  /** Bytes past which a message that may be dropped is. */
  readonly limit: number;
  /** How long one write may stand still. */
  readonly patienceMs: number;
  readonly after: (ms: number, run: () => void) => Undo;
  /** Called when there is room again after there was none. */
  readonly onRoom: () => void;
  /** The peer has read nothing for `patienceMs`. */
  readonly onStuck: () => void;
}

/** Full at the first, with room again at the second. */
const highWater = 65_536;
const lowWater = 16_384;
/** Of one write. */
const chunkBytes = 65_536;

export class SendQueue {
  readonly #options: SendQueueOptions;
  #parts: Buffer[] = [];
  /** Bytes in `#parts`. */
  #queued = 0;
  /** Bytes of the write that is under way. */
  #writing = 0;
  #isInLine = false;
  #isFull = false;
  #isHeld = false;
  #patience: Undo | undefined;

  constructor(options: SendQueueOptions) {
    this.#options = options;
  }

  /** Bytes that the peer's socket has not taken. */
  get backlog(): number {
    return this.#queued + this.#writing;
  }

  /** Between reaching the high mark and falling below the low one. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Whether a packet that may be dropped still fits; alone, any does. */
  fits(bytes: number): boolean {
    const { backlog } = this;
    return backlog === 0 || backlog + bytes <= this.#options.limit;
  }

  /** hot: once per packet sent; guarded by the broker benchmark. The bytes are not copied and must not change. */
  push(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#queued += bytes.length;
    if (this.#queued + this.#writing >= highWater) this.#isFull = true;
    if (this.#isInLine || this.#writing > 0) return;
    this.#isInLine = true;
    this.#options.flusher.add(this);
  }

  /** Nothing is written until `release`. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.flush();
  }

  /** Writes now what can be written; for what must not wait for the end of the turn. */
  flush(): void {
    this.#isInLine = false;
    const { stream } = this.#options;
    if (this.#queued === 0 || this.#writing > 0 || this.#isHeld) return;
    if (stream.destroyed || !stream.writable) {
      this.clear();
      return;
    }
    const chunk = this.#nextChunk();
    this.#writing = chunk.length;
    this.#queued -= chunk.length;
    stream.write(chunk, this.#onWritten);
    if (stream.writableLength > 0) this.#watch();
  }

  /** Writes all that is left, for the stream is about to be destroyed; what is held is not for the peer yet. */
  finish(): void {
    const { stream } = this.#options;
    if (this.#queued > 0 && stream.writable && !this.#isHeld)
      stream.write(Buffer.concat(this.#parts, this.#queued));
    this.clear();
  }

  clear(): void {
    this.#parts = [];
    this.#queued = 0;
    this.#patience?.();
    this.#patience = undefined;
  }

  #nextChunk(): Buffer {
    const parts = this.#parts;
    let size = 0;
    let count = 0;
    for (const part of parts) {
      if (count > 0 && size + part.length > chunkBytes) break;
      size += part.length;
      count++;
    }
    const [first] = parts;
    if (count === 1 && first !== undefined) return this.#takeFirst(first);
    if (count === parts.length) {
      this.#parts = [];
      return Buffer.concat(parts, size);
    }
    return Buffer.concat(parts.splice(0, count), size);
  }

  /** A large packet goes out in pieces, for only a finished write shows that the peer reads. */
  #takeFirst(first: Buffer): Buffer {
    if (first.length <= chunkBytes) {
      this.#parts.shift();
      return first;
    }
    this.#parts[0] = first.subarray(chunkBytes);
    return first.subarray(0, chunkBytes);
  }

  readonly #onWritten = (): void => {
    this.#writing = 0;
    this.#patience?.();
    this.#patience = undefined;
    if (this.#queued > 0 && !this.#isInLine) {
      this.#isInLine = true;
      this.#options.flusher.add(this);
    }
    if (!this.#isFull || this.backlog > lowWater) return;
    this.#isFull = false;
    this.#options.onRoom();
  };

  #watch(): void {
    this.#patience = this.#options.after(this.#options.patienceMs, () => {
      this.#patience = undefined;
      this.#options.onStuck();
    });
  }
}
