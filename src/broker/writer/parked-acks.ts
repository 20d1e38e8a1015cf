// Acknowledgements of one connection, held until what they promise is on disk, and sent in the order they came.
import type { BatchNumber, Commits } from '../../base/index.ts';

export interface AckPacket {
  readonly cmd: 'puback' | 'pubrec' | 'pubrel' | 'pubcomp';
  readonly messageId?: number | undefined;
  /** Absent means success. */
  readonly reasonCode?: number;
}

/** A packet and the options that aedes gave its writer. */
export interface OutgoingAck {
  readonly packet: AckPacket;
  readonly options: object | undefined;
}

interface Ack extends OutgoingAck {
  /** Whether it is known which batch the promise is in; `batch` undefined then means: none. */
  isSettled: boolean;
  batch: BatchNumber | undefined;
}

export interface ParkedAcksOptions {
  readonly commits: Commits;
  readonly limit: number;
  /** Writes them to the connection, in this order; false when its buffer is full. */
  readonly write: (acks: readonly OutgoingAck[]) => boolean;
  /** Runs something after the present turn of the event loop. */
  readonly soon: (run: () => void) => void;
  /** Called when, after a refusal to take more, there is room again. */
  readonly onRoom: () => void;
}

export class ParkedAcks {
  readonly #options: ParkedAcksOptions;
  #queue: Ack[] = [];
  /** Those in the queue that are not settled, in the same order. */
  #unsettled: Ack[] = [];
  #watched: BatchNumber = 0;
  #committed: BatchNumber = 0;
  #isFull = false;
  #isClosed = false;
  #isFlushDue = false;

  constructor(options: ParkedAcksOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#queue.length;
  }

  /** Whether every message whose PUBACK is held has been published. */
  get isSettled(): boolean {
    return this.#unsettled.length === 0;
  }

  /** Takes a PUBACK that aedes writes before it publishes; `settle` follows. False: take no more for now. */
  hold(packet: AckPacket, options: object | undefined): boolean {
    const ack: Ack = { packet, options, isSettled: false, batch: undefined };
    this.#unsettled.push(ack);
    return this.#park(ack);
  }

  /** Takes an acknowledgement whose batch is known, undefined when there is nothing to wait for. */
  take(packet: AckPacket, options: object | undefined, batch: BatchNumber | undefined): boolean {
    if (this.#queue.length === 0 && (batch === undefined || batch <= this.#committed))
      return this.#options.write([{ packet, options }]);
    const isRoom = this.#park({ packet, options, isSettled: true, batch });
    if (batch !== undefined) this.#watch(batch);
    return isRoom;
  }

  /** Says which batch the held PUBACK of this message waits for. */
  settle(messageId: number, batch: BatchNumber | undefined): void {
    const at = this.#unsettled.findIndex((ack) => ack.packet.messageId === messageId);
    const ack = this.#unsettled[at];
    if (ack === undefined) return;
    if (at === 0) this.#unsettled.shift();
    else this.#unsettled.splice(at, 1);
    ack.isSettled = true;
    ack.batch = batch;
    if (batch !== undefined && batch > this.#committed) this.#watch(batch);
    else this.#flushSoon();
  }

  /** The connection is gone, and what was parked with it. */
  close(): void {
    this.#isClosed = true;
    this.#queue = [];
    this.#unsettled = [];
  }

  #park(ack: Ack): boolean {
    if (this.#isClosed) return true;
    this.#queue.push(ack);
    if (this.#queue.length < this.#options.limit) return true;
    this.#isFull = true;
    return false;
  }

  #watch(batch: BatchNumber): void {
    if (batch <= this.#watched) return;
    this.#watched = batch;
    this.#options.commits.whenCommitted(batch, () => {
      this.#committed = Math.max(this.#committed, batch);
      this.#flush();
    });
  }

  #isReady(ack: Ack): boolean {
    return ack.isSettled && (ack.batch === undefined || ack.batch <= this.#committed);
  }

  /** aedes publishes each message of a read in a turn of its own: one write for all of them, not one for each. */
  #flushSoon(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    this.#options.soon(() => {
      this.#isFlushDue = false;
      this.#flush();
    });
  }

  #flush(): void {
    let count = 0;
    for (const ack of this.#queue) {
      if (!this.#isReady(ack)) break;
      count++;
    }
    if (count === 0) return;
    this.#options.write(this.#queue.splice(0, count));
    this.#makeRoom();
  }

  /** What is not settled does not count: its publish may be waiting for this very room. */
  #makeRoom(): void {
    const waiting = this.#queue.length - this.#unsettled.length;
    if (!this.#isFull || waiting > this.#options.limit / 2) return;
    this.#isFull = false;
    this.#options.onRoom();
  }
}
