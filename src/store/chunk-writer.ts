// Writes inputs into one chunk of the journal after another. Must stay well under a microsecond for each.
import type { Input, MessageInput } from '../rules/index.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Chunk, changes, flag, kinds, origins } from './chunk-format.ts';

export class ChunkWriter {
  readonly #bytes: ByteWriter;
  readonly #words = new Map<string, number>();
  #count = 0;
  #firstSeq = 0;
  #lastSeq = 0;
  #firstAt = 0;
  #lastAt = 0;
  #previousAt = 0;

  constructor(capacity?: number) {
    this.#bytes = new ByteWriter(capacity);
  }

  get count(): number {
    return this.#count;
  }

  get length(): number {
    return this.#bytes.length;
  }

  // hot: one call for every input of the house
  append(input: Input): void {
    // Before anything is written: it may throw, and a chunk must stay whole.
    const json = jsonOf(input);
    const at = Math.round(input.at);
    this.#head(input, at);
    this.#fields(input, at, json);
  }

  /** Hands over the chunk and starts the next; undefined when nothing was appended. */
  take(): Chunk | undefined {
    if (this.#count === 0) return undefined;
    const chunk = {
      firstSeq: this.#firstSeq,
      lastSeq: this.#lastSeq,
      firstAt: this.#firstAt,
      lastAt: this.#lastAt,
      count: this.#count,
      data: this.#bytes.take(),
    };
    this.#words.clear();
    this.#count = 0;
    return chunk;
  }

  #head(input: Input, at: number): void {
    if (this.#count++ === 0) {
      this.#firstSeq = input.seq;
      this.#lastSeq = 0;
      this.#firstAt = at;
      this.#lastAt = at;
      this.#previousAt = 0;
    }
    this.#bytes.byte(kinds.indexOf(input.kind));
    this.#bytes.signed(input.seq - this.#lastSeq);
    this.#bytes.signed(at - this.#previousAt);
    this.#lastSeq = input.seq;
    this.#previousAt = at;
    if (at < this.#firstAt) this.#firstAt = at;
    if (at > this.#lastAt) this.#lastAt = at;
  }

  #fields(input: Input, at: number, json: string): void {
    const bytes = this.#bytes;
    switch (input.kind) {
      case 'message':
        this.#message(input);
        break;
      case 'timer':
        bytes.text(input.run);
        bytes.byte(input.byHand === undefined ? 0 : input.byHand ? 2 : 1);
        break;
      case 'schedule':
        this.#word(input.rule);
        bytes.unsigned(input.trigger);
        bytes.signed(Math.round(input.due) - at);
        break;
      case 'command':
        this.#word(input.by);
        bytes.text(json);
        break;
      case 'rule':
        this.#word(input.rule);
        bytes.unsigned(input.version);
        bytes.byte(changes.indexOf(input.change) * 2 + (input.enabled ? 1 : 0));
        this.#word(input.by);
        break;
      case 'signal':
      case 'answer':
        bytes.text(json);
        break;
      case 'clock':
        bytes.signed(input.stepMs);
        break;
      case 'restored':
        bytes.signed(Math.round(input.stoppedAt) - at);
        break;
      case 'recalled':
        this.#word(input.topic);
        this.#word(input.path);
        bytes.unsigned(Math.round(input.keepMs));
        bytes.unsigned(input.before);
        bytes.signed(Math.round(input.from) - at);
        break;
      case 'startup':
      case 'shutdown':
        break;
    }
  }

  #message(input: MessageInput): void {
    const bytes = this.#bytes;
    const { cause, stored, userProperties } = input;
    let flags: number = input.qos;
    if (input.retain) flags |= flag.retain;
    if (stored !== undefined) flags |= flag.hasStored;
    if (stored === true) flags |= flag.stored;
    if (cause !== undefined) flags |= flag.cause;
    if (userProperties !== undefined) flags |= flag.userProperties;
    bytes.byte(flags);
    bytes.byte(origins.indexOf(input.origin));
    bytes.unsigned(input.depth);
    this.#word(input.topic);
    this.#word(input.by);
    bytes.blob(input.payload);
    if (cause !== undefined) bytes.text(cause);
    if (userProperties !== undefined) bytes.text(JSON.stringify(userProperties));
  }

  /** A text that is likely to come again in this chunk: 0 and the text, afterwards its number. */
  #word(text: string): void {
    const known = this.#words.get(text);
    if (known !== undefined) {
      this.#bytes.unsigned(known);
      return;
    }
    this.#bytes.byte(0);
    this.#bytes.text(text);
    this.#words.set(text, this.#words.size + 1);
  }
}

/** What of an input is written as JSON. */
function jsonOf(input: Input): string {
  if (input.kind === 'command') {
    const { command, origin, depth, cause } = input;
    return JSON.stringify({ ...command, origin, depth, cause });
  }
  if (input.kind !== 'signal' && input.kind !== 'answer') return '';
  const { kind: _kind, seq: _seq, at: _at, ...rest } = input;
  return JSON.stringify(rest);
}
