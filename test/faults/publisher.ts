// Publishes numbered messages of one QoS, keeps what is not acknowledged and sends it again, as the standard asks.
// `acked` is the ledger: what is in there the house has promised to keep.
import { EventEmitter, once } from 'node:events';
import type { Packet } from 'mqtt-packet';
import { Link } from './link.ts';
import type { Dice } from './random.ts';
import { stamped } from './stamp.ts';

export interface PublisherOptions {
  readonly id: string;
  readonly topic: string;
  readonly qos: 1 | 2;
  readonly retain?: boolean;
  readonly dice: Dice;
}

interface Sent {
  readonly seq: number;
  readonly payload: string;
  /** QoS 2: the house has it, its PUBREL is next. */
  isReceived: boolean;
}

const window = 20;

export class Publisher {
  readonly options: PublisherOptions;
  /** Sequence numbers that the house acknowledged with PUBACK or PUBREC. */
  readonly acked = new Set<number>();
  /** Those that were sent more than once. */
  readonly repeated = new Set<number>();
  lastSent = 0;
  lastAcked = 0;
  /** Answers that speak of messages that nobody sent, or of a session that was lost. */
  readonly faults: string[] = [];
  readonly #underWay = new Map<number, Sent>();
  readonly #answers = new EventEmitter();
  #link: Link | undefined;
  #left = 0;
  #nextId = 1;
  #isKnown = false;

  constructor(options: PublisherOptions) {
    this.options = options;
  }

  /** Resolves when everything is acknowledged, rejects after `ms`. */
  async done(ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    while (this.#left > 0 || this.#underWay.size > 0) await once(this.#answers, 'answer', { signal });
  }

  async connect(port: number): Promise<void> {
    const { link, isResumed } = await Link.open({
      port,
      id: this.options.id,
      onPacket: (packet) => this.#onPacket(packet),
    });
    if (this.#isKnown && !isResumed) this.faults.push(`the session of ${this.options.id} is lost`);
    this.#isKnown = true;
    this.#link = link;
    for (const [messageId, sent] of this.#underWay) {
      if (sent.isReceived) link.send({ cmd: 'pubrel', messageId });
      else {
        this.repeated.add(sent.seq);
        this.#publish(messageId, sent, true);
      }
    }
    this.#pump();
  }

  /** So many more. */
  burst(count: number): void {
    this.#left += count;
    this.#pump();
  }

  /** No more than what is under way. */
  pause(): void {
    this.#left = 0;
  }

  async cut(): Promise<void> {
    await this.#link?.cut();
  }

  #pump(): void {
    if (this.#link?.isOpen !== true) return;
    while (this.#left > 0 && this.#underWay.size < window) {
      this.#left--;
      const seq = ++this.lastSent;
      const { id, dice } = this.options;
      const sent = {
        seq,
        payload: stamped({ publisher: id, seq }, dice.between(0, 300)),
        isReceived: false,
      };
      const messageId = this.#takeId();
      this.#underWay.set(messageId, sent);
      this.#publish(messageId, sent, false);
    }
  }

  #takeId(): number {
    while (this.#underWay.has(this.#nextId)) this.#nextId = (this.#nextId % 65_535) + 1;
    const id = this.#nextId;
    this.#nextId = (id % 65_535) + 1;
    return id;
  }

  #publish(messageId: number, { payload }: Sent, dup: boolean): void {
    const { topic, qos, retain = false } = this.options;
    this.#link?.publish({ topic, payload, qos, retain, dup, messageId });
  }

  #onPacket(packet: Packet): void {
    if (packet.cmd !== 'puback' && packet.cmd !== 'pubrec' && packet.cmd !== 'pubcomp') return;
    const messageId = packet.messageId ?? 0;
    const sent = this.#underWay.get(messageId);
    if (sent === undefined) {
      this.faults.push(`${this.options.id} got a ${packet.cmd} for ${messageId}, which is not under way`);
      return;
    }
    if (packet.cmd !== 'pubcomp') {
      this.acked.add(sent.seq);
      this.lastAcked = Math.max(this.lastAcked, sent.seq);
    }
    if (packet.cmd === 'pubrec') {
      sent.isReceived = true;
      this.#link?.send({ cmd: 'pubrel', messageId });
    } else {
      this.#underWay.delete(messageId);
      this.#pump();
      this.#answers.emit('answer');
    }
  }
}
