// The journal as the rest of the house has it: inputs are appended to a buffer in this thread and flushed in chunks.
// Best effort by design: what cannot be kept is counted and leaves a gap, and nobody waits for it.
import { type Clock, type Logger, messageOf, type Timestamp, type Undo } from '../base/index.ts';
import type { Input } from '../rules/index.ts';
import { ChunkReader } from './chunk-reader.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { FailureState } from './failure-state.ts';
import { checkedColumns } from './parse-json.ts';
import type { Gap, Pause } from './protocol.ts';
import type { ReaderLink } from './reader-link.ts';
import type { WorkerLink } from './worker-link.ts';

export interface JournalQuery {
  readonly from: Timestamp;
  readonly to: Timestamp;
  /** MQTT filter; only messages then. */
  readonly filter?: string;
  /** Only messages of exactly these topics. */
  readonly topics?: readonly string[];
  readonly limit: number;
  /** Go on after this sequence number, or before it when the newest are wanted. */
  readonly after?: number;
  /** The last `limit` instead of the first; still given oldest first. */
  readonly newest?: boolean;
  /** Answers with what was found after so long; `next` and `reached` say how far that is. */
  readonly patienceMs?: number;
}

export interface JournalPage {
  /** In the order in which they were decided. */
  readonly inputs: readonly Input[];
  /** What is known to be missing between `from` and `to`. */
  readonly gaps: readonly Gap[];
  /** When the house was stopped between `from` and `to`. */
  readonly pauses: readonly Pause[];
  /** Whether there may be more beyond `limit`. */
  readonly hasMore: boolean;
  /** Give it as `after` to go on. */
  readonly next: number | undefined;
  /** Of what came before, or with `newest` after, nothing is left out. */
  readonly reached: Timestamp;
}

export interface JournalOptions {
  readonly link: WorkerLink;
  readonly reader: ReaderLink;
  readonly clock: Clock;
  readonly log: Logger;
  /** Bytes on their way to the worker beyond which new inputs are dropped. */
  readonly maxBehindBytes: number;
  /** What the series count, after they heard a chunk. */
  readonly heard: (counters: Readonly<Record<string, number>>) => void;
}

const flushMs = 5000;
const flushBytes = 256 * 1024;
/** A larger payload is not journalled. */
const maxPayloadBytes = 2 ** 20;

export class Journal {
  readonly #options: JournalOptions;
  readonly #writer = new ChunkWriter(flushBytes + 16 * 1024);
  readonly #failure: FailureState;
  #undoTimer: Undo | undefined;
  #isStopped = false;
  #gap: Gap | undefined;
  #behindBytes = 0;
  #dropped = 0;
  #droppedBytes = 0;
  #appended = 0;
  #storedBytes = 0;
  #lastSeq = -1;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#failure = new FailureState(options.log, 'writes of the journal');
  }

  get failure(): string | undefined {
    return this.#failure.text;
  }

  /** Of the last input that came, kept or not. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** The next input has a higher number. */
  beginsAfter(seq: number): void {
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  counters(): Readonly<Record<string, number>> {
    return {
      journalEntries: this.#appended,
      journalStoredBytes: this.#storedBytes,
      journalBehindBytes: this.#behindBytes,
      journalDroppedEntries: this.#dropped,
      journalDroppedBytes: this.#droppedBytes,
      journalFailedWrites: this.#failure.count,
    };
  }

  // hot: called for every input
  append(input: Input): void {
    this.#lastSeq = input.seq;
    const bytes = input.kind === 'message' ? input.payload.length : 0;
    if (this.#behindBytes > this.#options.maxBehindBytes) {
      this.#drop(input.at, bytes, 'overload');
      return;
    }
    if (bytes > maxPayloadBytes || !this.#write(input)) {
      this.#drop(input.at, bytes, 'not-storable');
      return;
    }
    this.#appended++;
    if (this.#writer.length >= flushBytes) this.flush();
    else this.#arm();
  }

  /** Sends what was gathered to the worker. */
  flush(): void {
    this.#undoTimer?.();
    this.#undoTimer = undefined;
    const chunk = this.#writer.take() ?? null;
    const gap = this.#gap ?? null;
    if (chunk === null && gap === null) return;
    this.#gap = undefined;
    const size = chunk?.data.length ?? 0;
    const lost =
      chunk === null ? undefined : { from: chunk.firstAt, to: chunk.lastAt, count: chunk.count, size };
    this.#behindBytes += size;
    const message = { input: { chunk, gap }, transfer: chunk === null ? [] : [chunk.data.buffer] };
    this.#options.link.send('writeChunk', message, {
      done: ({ stored, series }) => {
        this.#behindBytes -= size;
        this.#storedBytes += stored;
        this.#options.heard(series);
        this.#failure.worked();
      },
      failed: (error) => {
        this.#behindBytes -= size;
        this.#failure.failed(error.message);
        if (gap !== null) this.#widen(gap);
        if (lost !== undefined) this.#lose(lost);
      },
    });
  }

  /** Sends the rest; afterwards nothing is flushed by itself. */
  stop(): void {
    this.#isStopped = true;
    this.flush();
  }

  /** Sees everything appended before the call. */
  async read(query: JournalQuery): Promise<JournalPage> {
    this.flush();
    const { clock, link, reader } = this.#options;
    const { from, to, limit, newest, patienceMs = Number.POSITIVE_INFINITY } = query;
    const isNewestFirst = newest === true;
    const { filter = null, topics = null } = query;
    const start = clock.monotonic();
    // Answered after what was flushed is on disk, where the reader sees it.
    const { gaps, pauses } = await link.ask('gaps', { from, to });
    let inputs: Input[] = [];
    let after: number | null = query.after ?? null;
    let reached: Timestamp;
    do {
      const rest = { filter, topics, isNewestFirst, after, limit: limit - inputs.length };
      const slice = await reader.ask('readChunk', { from, to, ...rest });
      const found = [...new ChunkReader(slice.data, checkedColumns)];
      inputs = isNewestFirst ? [...found, ...inputs] : [...inputs, ...found];
      after = slice.next;
      reached = slice.reached;
    } while (after !== null && inputs.length < limit && clock.monotonic() - start < patienceMs);
    const next = after ?? undefined;
    return { inputs, gaps, pauses, hasMore: after !== null, next, reached };
  }

  #arm(): void {
    if (!this.#isStopped) this.#undoTimer ??= this.#options.clock.after(flushMs, () => this.flush());
  }

  /** False when the input holds what JSON cannot say; the writer is then as it was. */
  #write(input: Input): boolean {
    try {
      this.#writer.append(input);
      return true;
    } catch (error) {
      this.#options.log.warn({ kind: input.kind, error: messageOf(error) }, 'an input cannot be journalled');
      return false;
    }
  }

  #drop(at: Timestamp, bytes: number, reason: Gap['reason']): void {
    this.#dropped++;
    this.#droppedBytes += bytes;
    this.#widen({ from: at, to: at, reason, lost: 1 });
    this.#arm();
  }

  #lose(lost: {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly size: number;
  }): void {
    this.#dropped += lost.count;
    this.#droppedBytes += lost.size;
    this.#widen({ from: lost.from, to: lost.to, reason: 'write-failed', lost: lost.count });
    this.#arm();
  }

  /** One gap is kept until the next flush; more of them become one. */
  #widen(gap: Gap): void {
    const known = this.#gap;
    this.#gap = {
      from: Math.min(gap.from, known?.from ?? gap.from),
      to: Math.max(gap.to, known?.to ?? gap.to),
      reason: gap.reason,
      lost: (gap.lost ?? 0) + (known?.lost ?? 0),
    };
  }
}
