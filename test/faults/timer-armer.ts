// Sets timers with numbered messages of QoS 1, a few under way at a time. What a kill left unanswered is not sent again.
import { EventEmitter, once } from 'node:events';
import type { Packet } from 'mqtt-packet';
import { Link } from './link.ts';

/** One timer as the harness knows it; the house promised it when `ackedAt` is there. */
export interface Timer {
  readonly kind: string;
  readonly n: number;
  readonly ms: number;
  sentAt?: number;
  ackedAt?: number;
}

interface Order {
  readonly topic: string;
  readonly payload: string;
  readonly timer?: Timer;
}

const window = 20;

export class Armer {
  readonly #left: Order[] = [];
  readonly #underWay = new Map<number, Order>();
  readonly #answers = new EventEmitter();
  #link: Link | undefined;
  #nextId = 0;

  get left(): number {
    return this.#left.length + this.#underWay.size;
  }

  /** Resolves when everything is answered, rejects after `ms`. */
  async done(ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    while (this.left > 0) await once(this.#answers, 'answer', { signal });
  }

  async connect(port: number): Promise<void> {
    const onPacket = (packet: Packet): void => this.#onPacket(packet);
    this.#link = (await Link.open({ port, id: 'armer', isClean: true, onPacket })).link;
    this.#pump();
  }

  async cut(): Promise<void> {
    await this.#link?.cut();
    this.#link = undefined;
    // A gate has no number and must be set.
    this.#left.unshift(...[...this.#underWay.values()].filter(({ timer }) => timer === undefined));
    this.#underWay.clear();
  }

  arm(timers: readonly Timer[]): void {
    for (const timer of timers) {
      const { kind, n, ms } = timer;
      this.#left.push({ topic: `arm/${kind}/${n}`, payload: JSON.stringify({ ms }), timer });
    }
    this.#pump();
  }

  say(topic: string, payload: string): void {
    this.#left.push({ topic, payload });
    this.#pump();
  }

  #pump(): void {
    while (this.#link?.isOpen === true && this.#underWay.size < window) {
      const order = this.#left.shift();
      if (order === undefined) return;
      this.#nextId = (this.#nextId % 65_535) + 1;
      this.#underWay.set(this.#nextId, order);
      if (order.timer !== undefined) order.timer.sentAt = Date.now();
      const { topic, payload } = order;
      this.#link.publish({ topic, payload, qos: 1, retain: true, dup: false, messageId: this.#nextId });
    }
  }

  #onPacket(packet: Packet): void {
    if (packet.cmd !== 'puback') return;
    const order = this.#underWay.get(packet.messageId ?? 0);
    this.#underWay.delete(packet.messageId ?? 0);
    if (order?.timer !== undefined) order.timer.ackedAt = Date.now();
    this.#pump();
    this.#answers.emit('answer');
  }
}
