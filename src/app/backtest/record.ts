// The record as the thread of a backtest reads it: chunk by chunk, the next on its way while one is worked at.
import type { MessagePort } from 'node:worker_threads';
import type { Input } from '../../rules/index.ts';
import {
  ChunkReader,
  checkedColumns,
  type Interest,
  type PackedChunk,
  unpackChunk,
} from '../../store/index.ts';
import type { FromBacktest, ToBacktest } from './messages.ts';

export interface RecordRange {
  /** Nothing up to this number. */
  readonly after: number;
  readonly interest: Interest;
}

export class Record {
  readonly #port: MessagePort;
  #wake: ((chunk: PackedChunk | null) => void) | undefined;
  #messages = 0;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', ({ chunk }: ToBacktest) => this.#wake?.(chunk));
  }

  /** Of the messages that count, how many there were in what was read. */
  get messages(): number {
    return this.#messages;
  }

  /** Gives each input that is wanted to `take`, in order; tells the time that was reached after each chunk. */
  async read(
    range: RecordRange,
    take: (input: Input) => void,
    reached: (at: number) => void = () => undefined,
  ): Promise<void> {
    this.#messages = 0;
    let next = this.#ask(range.after);
    for (let chunk = await next; chunk !== null; chunk = await next) {
      next = this.#ask(chunk.lastSeq);
      this.#readChunk(chunk, range, take);
      reached(chunk.lastAt);
    }
  }

  #readChunk(chunk: PackedChunk, { after, interest }: RecordRange, take: (input: Input) => void): void {
    const reader = new ChunkReader(unpackChunk(chunk.data), checkedColumns, interest);
    for (let input = reader.next(); input !== undefined; input = reader.next())
      if (input.seq > after && input.at <= interest.to) take(input);
    this.#messages += reader.messages;
  }

  #ask(after: number): Promise<PackedChunk | null> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#port.postMessage({ after } satisfies FromBacktest);
    });
  }
}
