// One topic of the emulated cloud: who hears it and what was said last. Knows no transport.
import type { Buffer } from 'node:buffer';
import type { Clock, Timestamp } from '../../../src/base/index.ts';
import type { Conduct } from './conduct.ts';

/** MQTT 1, TCP 3, and the second generations of both, 5 and 7. Each is a namespace of its own. */
export const topicTypes = [1, 3, 5, 7] as const;
export type TopicType = (typeof topicTypes)[number];

export interface CloudMessage {
  readonly payload: Buffer;
  readonly at: Timestamp;
}

export interface Delivery {
  /** Always the bare name. */
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1;
  readonly isRetained: boolean;
}

/** A connection that subscribed. */
export interface Hearer {
  deliver(delivery: Delivery): void;
}

export interface TopicName {
  readonly type: TopicType;
  readonly name: string;
  readonly nickname: string;
}

export class CloudTopic {
  readonly name: string;
  readonly type: TopicType;
  /** What a speaker is told. */
  nickname: string;
  room = '';
  group = '';
  readonly createdAt: Timestamp;
  /** Goes to each new subscriber. */
  retained: CloudMessage | undefined;
  readonly #clock: Clock;
  readonly #conduct: Conduct;
  /** With whether they count as a device; listening on `/app` does not. */
  readonly #hearers = new Map<Hearer, boolean>();
  #messages: CloudMessage[] = [];
  #bytes = 0;
  #lingersUntil = Number.NEGATIVE_INFINITY;

  constructor({ type, name, nickname }: TopicName, clock: Clock, conduct: Conduct) {
    this.type = type;
    this.name = name;
    this.nickname = nickname;
    this.createdAt = clock.now();
    this.#clock = clock;
    this.#conduct = conduct;
  }

  get hearers(): number {
    return this.#hearers.size;
  }

  /** Devices that the cloud believes to be there. */
  get online(): number {
    const devices = [...this.#hearers.values()].filter((isDevice) => isDevice).length;
    return devices === 0 && this.#clock.monotonic() < this.#lingersUntil ? 1 : devices;
  }

  get last(): CloudMessage | undefined {
    return this.#messages.at(-1);
  }

  /** Up to `count`, the newest last. */
  recent(count: number): readonly CloudMessage[] {
    return this.#messages.slice(-count);
  }

  keep(message: CloudMessage): void {
    const { history, historyBytes } = this.#conduct;
    this.#messages.push(message);
    this.#bytes += message.payload.length;
    while (this.#messages.length > history || (this.#bytes > historyBytes && this.#messages.length > 1)) {
      this.#bytes -= this.#messages.shift()?.payload.length ?? 0;
    }
  }

  push(delivery: Omit<Delivery, 'topic'>, except?: Hearer): void {
    for (const hearer of this.#hearers.keys()) {
      if (hearer !== except) hearer.deliver({ ...delivery, topic: this.name });
    }
  }

  has(hearer: Hearer): boolean {
    return this.#hearers.has(hearer);
  }

  add(hearer: Hearer, isDevice: boolean): void {
    this.#hearers.set(hearer, isDevice);
  }

  /** `isAbrupt`: the connection broke, which the cloud notices late. */
  remove(hearer: Hearer, isAbrupt: boolean): void {
    const isDevice = this.#hearers.get(hearer) === true;
    this.#hearers.delete(hearer);
    if (isDevice && isAbrupt) this.#lingersUntil = this.#clock.monotonic() + this.#conduct.offlineAfterMs;
  }
}
