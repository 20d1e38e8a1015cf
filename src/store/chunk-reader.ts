// Reads a chunk of the journal back into inputs.
import type { Input, MessageInput } from '../rules/index.ts';
import { ByteReader } from './byte-reader.ts';
import { changes, flag, kinds, origins } from './chunk-format.ts';
import { storeError } from './errors.ts';

type Fields<Kind extends Input['kind']> = Omit<Extract<Input, { kind: Kind }>, 'kind' | 'seq' | 'at'>;

/** How the parts of inputs are read that are written as JSON. */
export interface JsonColumns {
  command(text: string): Omit<Fields<'command'>, 'by'>;
  userProperties(text: string): NonNullable<MessageInput['userProperties']>;
  signal(text: string): Fields<'signal'>;
  answer(text: string): Fields<'answer'>;
}

/** Which messages are read, which are only counted. */
export interface Interest {
  /** Asked once for each topic of a chunk. */
  wants(topic: string): boolean;
  /** Messages of this time count. */
  readonly from: number;
  readonly to: number;
}

type CommandInput = Extract<Input, { kind: 'command' }>;
type RuleInput = Extract<Input, { kind: 'rule' }>;

/** Reads one chunk from its first entry to its last. */
export class ChunkReader {
  readonly #bytes: ByteReader;
  readonly #json: JsonColumns;
  readonly #words: string[] = [];
  readonly #interest: Interest | undefined;
  /** By word, as far as it was asked. */
  readonly #isWanted: (boolean | undefined)[] = [];
  #seq = 0;
  #at = 0;
  #messages = 0;

  /** With an `interest` messages on other topics are passed over: nothing is made of them. */
  constructor(data: Uint8Array, json: JsonColumns, interest?: Interest) {
    this.#bytes = new ByteReader(data);
    this.#json = json;
    this.#interest = interest;
  }

  /** Those that count so far, read or passed over. */
  get messages(): number {
    return this.#messages;
  }

  /** Payloads are views into the chunk. */
  *[Symbol.iterator](): Generator<Input> {
    for (let input = this.next(); input !== undefined; input = this.next()) yield input;
  }

  // hot: for every input of the journal, in the worker; test/bench/engine.ts
  /** Undefined behind the last; its payload is a view into the chunk. */
  next(): Input | undefined {
    const bytes = this.#bytes;
    while (!bytes.isAtEnd) {
      const kind = pick(kinds, bytes.byte());
      this.#seq += bytes.signed();
      this.#at += bytes.signed();
      if (kind !== 'message') return this.#other(kind);
      if (this.#counts()) this.#messages++;
      const message = this.#message();
      if (message !== undefined) return message;
    }
    return undefined;
  }

  #other(kind: Exclude<Input['kind'], 'message'>): Input {
    const bytes = this.#bytes;
    const head = { seq: this.#seq, at: this.#at };
    switch (kind) {
      case 'timer':
        return { kind, ...head, run: bytes.text(), ...byHand(bytes.byte()) };
      case 'schedule':
        return {
          kind,
          ...head,
          rule: this.#word(),
          trigger: bytes.unsigned(),
          due: this.#at + bytes.signed(),
        };
      case 'clock':
        return { kind, ...head, stepMs: bytes.signed() };
      case 'restored':
        return { kind, ...head, stoppedAt: this.#at + bytes.signed() };
      case 'recalled':
        return {
          kind,
          ...head,
          topic: this.#word(),
          path: this.#word(),
          keepMs: bytes.unsigned(),
          before: bytes.unsigned(),
          from: this.#at + bytes.signed(),
          told: undefined,
        };
      case 'startup':
      case 'shutdown':
        return { kind, ...head };
      case 'command':
        return this.#command(head);
      case 'rule':
        return this.#rule(head);
      case 'signal':
        return { kind, ...head, ...this.#json.signal(bytes.text()) };
      case 'answer':
        return { kind, ...head, ...this.#json.answer(bytes.text()) };
    }
  }

  /** Undefined when nobody wants it. */
  #message(): MessageInput | undefined {
    const bytes = this.#bytes;
    const flags = bytes.byte();
    const bits = flags & 3;
    const origin = bytes.byte();
    const depth = bytes.unsigned();
    const topic = this.#number();
    const by = this.#number();
    if (this.#interest !== undefined && !this.#wants(topic, this.#interest)) return this.#pass(flags);
    const message = {
      kind: 'message',
      seq: this.#seq,
      at: this.#at,
      qos: bits === 1 || bits === 2 ? bits : 0,
      retain: (flags & flag.retain) !== 0,
      origin: pick(origins, origin),
      depth,
      topic: pick(this.#words, topic),
      by: pick(this.#words, by),
      payload: bytes.blob(),
    } as const;
    if ((flags & (flag.hasStored | flag.cause | flag.userProperties)) === 0) return message;
    return {
      ...message,
      ...(flags & flag.hasStored ? { stored: (flags & flag.stored) !== 0 } : {}),
      ...(flags & flag.cause ? { cause: bytes.text() } : {}),
      ...(flags & flag.userProperties ? { userProperties: this.#json.userProperties(bytes.text()) } : {}),
    };
  }

  #command(head: { readonly seq: number; readonly at: number }): CommandInput {
    const by = this.#word();
    return { kind: 'command', ...head, ...this.#json.command(this.#bytes.text()), by };
  }

  #rule(head: { readonly seq: number; readonly at: number }): RuleInput {
    const rule = this.#word();
    const version = this.#bytes.unsigned();
    const code = this.#bytes.byte();
    const change = pick(changes, code >> 1);
    return { kind: 'rule', ...head, rule, version, change, enabled: (code & 1) === 1, by: this.#word() };
  }

  #counts(): boolean {
    const interest = this.#interest;
    return interest === undefined || (this.#at >= interest.from && this.#at <= interest.to);
  }

  #wants(word: number, interest: Interest): boolean {
    const known = this.#isWanted[word];
    if (known !== undefined) return known;
    const isWanted = interest.wants(pick(this.#words, word));
    this.#isWanted[word] = isWanted;
    return isWanted;
  }

  /** Moves on beyond what is left of a message. */
  #pass(flags: number): undefined {
    this.#bytes.pass();
    if ((flags & flag.cause) !== 0) this.#bytes.pass();
    if ((flags & flag.userProperties) !== 0) this.#bytes.pass();
    return undefined;
  }

  #word(): string {
    return pick(this.#words, this.#number());
  }

  /** Of a word among those of the chunk. */
  #number(): number {
    const number = this.#bytes.unsigned();
    if (number > 0) return number - 1;
    return this.#words.push(this.#bytes.text()) - 1;
  }
}

function byHand(code: number): { byHand?: boolean } {
  return code === 0 ? {} : { byHand: code === 2 };
}

function pick<Item>(list: readonly Item[], index: number): Item {
  const item = list[index];
  if (item === undefined) throw storeError('store-bad-chunk', `${index} is not in a list of ${list.length}`);
  return item;
}
