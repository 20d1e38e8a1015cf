// Contracts of all topics, learned off the message path: a message only notes its topic; a timer looks at each noted topic
// once a second at most, a slice at a time. Rows are written when a shape is new, otherwise seldom, and at the end.
import type { Clock, Timestamp, Undo } from '../../base/index.ts';
import { Payload } from '../payload.ts';
import type { ContractRow, ContractRows } from '../ports.ts';
import type { TopicState } from '../topic-state.ts';
import { type ContractFacts, type ContractNews, parseFacts, TopicContract } from './topic-contract.ts';

export interface ContractsObserver {
  news(topic: string, news: ContractNews): void;
  /** Fields, types or listed values of a topic are new, or it was looked at for the third time. */
  learned(topic: string): void;
}

export interface ContractsOptions {
  readonly clock: Clock;
  readonly rows: ContractRows;
  /** Topics whose contracts are kept; more are not and counted. */
  readonly most: number;
  readonly find: (topic: string) => TopicState | undefined;
  readonly observer: ContractsObserver;
  /** Topics that are no values: what discovery reads. */
  readonly isIgnored?: (topic: string) => boolean;
}

/** A topic that was seen so often speaks. */
export const enoughLooks = 3;

const lookEveryMs = 1000;
const sliceTopics = 200;
/** Between slices, so that messages come between them. */
const slicePauseMs = 5;
const silenceEveryMs = 60_000;
const writeShapesEveryMs = 60_000;
const writeAllEveryMs = 15 * 60_000;
/** What was silent for so long is forgotten at the next start. */
const forgottenAfterMs = 90 * 24 * 3_600_000;
const mostNewsPerMinute = 30;

interface Kept {
  readonly contract: TopicContract;
  /** Of the process, at the last look. */
  messages: number;
}

export class TopicContracts {
  readonly #options: ContractsOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #noted = new Set<string>();
  /** Topics whose rows are old; true: in shape. */
  readonly #unwritten = new Map<string, boolean>();
  #undo: Undo = () => undefined;
  #undoSilence: Undo = () => undefined;
  #shapesAt = 0;
  #allAt = 0;
  #newsMinute = 0;
  #newsInMinute = 0;
  #refused = 0;
  #untold = 0;

  constructor(options: ContractsOptions) {
    this.#options = options;
  }

  counters(): Readonly<Record<string, number>> {
    return { contracts: this.#kept.size, contractsRefused: this.#refused, contractNewsUntold: this.#untold };
  }

  /** Puts back what the last process learned. */
  load(rows: Iterable<ContractRow>): void {
    const now = this.#options.clock.now();
    for (const { topic, facts: text } of rows) {
      const facts = parseFacts(text);
      if (facts === undefined || now - facts.lastAt > forgottenAfterMs) {
        this.#options.rows.delete(topic);
        continue;
      }
      const contract = TopicContract.of(lastLevel(topic), facts);
      contract.wasDeaf(now);
      this.#kept.set(topic, { contract, messages: 0 });
    }
  }

  /** Time begins to count. */
  start(): void {
    const { clock } = this.#options;
    this.#shapesAt = clock.monotonic();
    this.#allAt = clock.monotonic();
    this.#later(lookEveryMs, () => this.#look());
    this.#undoSilence = clock.after(silenceEveryMs, () => this.#listen());
  }

  /** Learns what is noted and writes what is not written. */
  stop(): void {
    this.#undo();
    this.#undoSilence();
    while (this.#noted.size > 0) this.#slice();
    this.#write([...this.#unwritten.keys()]);
  }

  /** A message was kept. */
  // hot: test/bench/engine.ts
  note(topic: string): void {
    this.#noted.add(topic);
  }

  topics(): Iterable<string> {
    return this.#kept.keys();
  }

  find(topic: string): ContractFacts | undefined {
    return this.#kept.get(topic)?.contract.facts();
  }

  #later(ms: number, run: () => void): void {
    this.#undo = this.#options.clock.after(ms, run);
  }

  #look(): void {
    this.#slice();
    if (this.#noted.size > 0) return this.#later(slicePauseMs, () => this.#look());
    this.#writeDue();
    this.#later(lookEveryMs, () => this.#look());
  }

  #slice(): void {
    let left = sliceTopics;
    for (const topic of this.#noted) {
      if (left-- === 0) break;
      this.#noted.delete(topic);
      this.#learn(topic);
    }
  }

  #learn(topic: string): void {
    const { find, observer } = this.#options;
    const state = find(topic);
    // Of a payload too big to keep only its length is known; one of no length was taken back.
    if (state === undefined || state.digest !== undefined || state.bytes === 0) return;
    const kept = this.#kept.get(topic) ?? this.#begin(topic, state.at);
    if (kept === undefined) return;
    const messages = Math.max(1, state.messages - kept.messages);
    kept.messages = state.messages;
    // A payload of its own: what it is parsed to is not kept.
    const { value } = new Payload(state.payload.bytes);
    for (const news of kept.contract.hear({ at: state.at, value, messages })) this.#tell(topic, news);
    const isNew = kept.contract.takeShapeChange();
    this.#unwritten.set(topic, isNew || this.#unwritten.get(topic) === true);
    if (isNew || kept.contract.count === enoughLooks) observer.learned(topic);
  }

  #begin(topic: string, at: Timestamp): Kept | undefined {
    if (isNoValue(topic) || this.#options.isIgnored?.(topic) === true) return undefined;
    if (this.#kept.size >= this.#options.most) {
      this.#refused++;
      return undefined;
    }
    const kept = { contract: new TopicContract(lastLevel(topic), at), messages: 0 };
    this.#kept.set(topic, kept);
    return kept;
  }

  #listen(): void {
    const { clock } = this.#options;
    const now = clock.now();
    for (const [topic, { contract }] of this.#kept) {
      const news = contract.silence(now);
      if (news !== undefined) this.#tell(topic, news);
    }
    this.#undoSilence = clock.after(silenceEveryMs, () => this.#listen());
  }

  /** What happens to a hundred topics at once is one happening; the rest of it is counted. */
  #tell(topic: string, news: ContractNews): void {
    const { clock, observer } = this.#options;
    const minute = Math.floor(clock.monotonic() / 60_000);
    if (minute !== this.#newsMinute) this.#newsInMinute = 0;
    this.#newsMinute = minute;
    if (this.#newsInMinute++ < mostNewsPerMinute) observer.news(topic, news);
    else this.#untold++;
  }

  #writeDue(): void {
    const now = this.#options.clock.monotonic();
    if (now - this.#allAt >= writeAllEveryMs) {
      this.#allAt = now;
      this.#shapesAt = now;
      this.#write([...this.#unwritten.keys()]);
    } else if (now - this.#shapesAt >= writeShapesEveryMs) {
      this.#shapesAt = now;
      this.#write([...this.#unwritten].filter(([, isNew]) => isNew).map(([topic]) => topic));
    }
  }

  #write(topics: readonly string[]): void {
    const { rows, clock } = this.#options;
    const at = clock.now();
    for (const topic of topics) {
      const facts = this.find(topic);
      if (facts !== undefined) rows.put({ topic, at, facts: JSON.stringify(facts) });
      this.#unwritten.delete(topic);
    }
  }
}

function lastLevel(topic: string): string {
  return topic.slice(topic.lastIndexOf('/') + 1);
}

/** What the house and the broker say themselves, and attributes of Homie devices. */
function isNoValue(topic: string): boolean {
  return topic.startsWith('$') || topic.startsWith('homerule/') || topic.includes('/$');
}
