// Messages of QoS 1 and 2 of one connection: those on their way, as many as the client takes at a time, and those that
// wait behind them. Bounded; the oldest that waits leaves first.
import type { Delivery } from './delivery.ts';

/** What the client sends next for a message. */
export type Step = 'puback' | 'pubrec' | 'pubcomp';

export interface WindowBounds {
  readonly messages: number;
  readonly bytes: number;
}

/** Whoever publishes waits when so many do. */
const crowd = 100;

const sizeOf = ({ publication }: Delivery): number =>
  publication.packet.topic.length + publication.packet.payload.length + 200;

export class DeliveryWindow {
  /** How many may be on their way. */
  maximum: number;
  readonly #bounds: WindowBounds;
  /** By packet identifier; only what can be taken back is kept, and that waits for its PUBACK. */
  readonly #underWay = new Map<number, Delivery | Step>();
  /** Identifiers of those that wait with one from an earlier connection. */
  readonly #reserved = new Set<number>();
  #waiting: Delivery[] = [];
  #waitingBytes = 0;

  constructor(maximum: number, bounds: WindowBounds) {
    this.maximum = maximum;
    this.#bounds = bounds;
  }

  get isCrowded(): boolean {
    return this.#waiting.length >= crowd;
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  get hasRoom(): boolean {
    return this.#underWay.size < this.maximum;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  isUsed(messageId: number): boolean {
    return this.#underWay.has(messageId) || this.#reserved.has(messageId);
  }

  /** Puts it at the end and returns how many old ones had to leave. */
  push(delivery: Delivery): number {
    this.#waiting.push(delivery);
    if (delivery.messageId !== undefined) this.#reserved.add(delivery.messageId);
    this.#waitingBytes += sizeOf(delivery);
    let dropped = 0;
    while (this.#waiting.length > this.#bounds.messages || this.#waitingBytes > this.#bounds.bytes) {
      if (this.#waiting.length === 1) break;
      this.#drop();
      dropped++;
    }
    return dropped;
  }

  /** The next that waits, if any. */
  take(): Delivery | undefined {
    return this.#drop();
  }

  begin(messageId: number, delivery: Delivery): void {
    const { qos, reclaim } = delivery;
    // QoS 2 on its way may not go to anyone else [MQTT-4.8.2-5].
    if (qos === 2) this.#underWay.set(messageId, 'pubrec');
    else this.#underWay.set(messageId, reclaim === undefined ? 'puback' : delivery);
  }

  /** The client has this QoS 2 message: its PUBREL goes out. */
  release(messageId: number): void {
    this.#underWay.set(messageId, 'pubcomp');
  }

  /** Undefined when nothing is under way with this identifier. */
  stepOf(messageId: number): Step | undefined {
    const found = this.#underWay.get(messageId);
    return typeof found === 'object' ? 'puback' : found;
  }

  /** True when it was on its way. */
  end(messageId: number): boolean {
    return this.#underWay.delete(messageId);
  }

  /** Empties it, oldest first. */
  abandon(): Delivery[] {
    const left = [...this.#underWay.values()].filter((found) => typeof found === 'object');
    left.push(...this.#waiting);
    this.#underWay.clear();
    this.#reserved.clear();
    this.#waiting = [];
    this.#waitingBytes = 0;
    return left;
  }

  #drop(): Delivery | undefined {
    const first = this.#waiting.shift();
    if (first === undefined) return undefined;
    this.#waitingBytes -= sizeOf(first);
    if (first.messageId !== undefined) this.#reserved.delete(first.messageId);
    return first;
  }
}
