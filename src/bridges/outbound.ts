// From the house to the queue: what the lines of a bridge ask for, mapped, with its trail, and not what came through it.
import type { BatchNumber } from '../base/index.ts';
import type { Message } from '../broker/index.ts';
import type { BridgeCounters } from './figures.ts';
import type { OutgoingQueue } from './outgoing-queue.ts';
import type { RetainedPush } from './retained-push.ts';
import type { TopicMap } from './topic-map.ts';
import { isLoop, trailOf, withTrail } from './trail.ts';

export interface OutboundOptions {
  readonly bridge: string;
  readonly house: string;
  readonly keepsRetain: boolean;
  readonly map: TopicMap;
  readonly queue: OutgoingQueue;
  readonly push: RetainedPush;
  readonly counters: BridgeCounters;
}

function lowerOf(a: 0 | 1 | 2, b: 0 | 1 | 2): 0 | 1 | 2 {
  if (a === 0 || b === 0) return 0;
  return a === 1 ? 1 : b;
}

export class Outbound {
  readonly #options: OutboundOptions;
  /** The house that the remote is, if it is one; what came through it does not go back there. */
  remoteHouse: string | undefined;
  /** Whether QoS 0 has a chance to arrive. */
  isOpen = false;

  constructor(options: OutboundOptions) {
    this.#options = options;
  }

  /** A message of the house. Returns the batch that keeps it, if it is kept. */
  hear(message: Message): BatchNumber | undefined {
    const { bridge, map, push, counters } = this.#options;
    if (message.origin === 'bridge' && message.by === bridge) return undefined;
    const to = map.toRemote(message.topic);
    if (to === undefined) return undefined;
    if (this.isOpen || Math.min(message.qos, to.qos) > 0) return this.#add(message);
    counters.missed++;
    if (message.retain) push.missed(message.topic);
    return undefined;
  }

  /** Retained messages that the remote has not been told, as long as there is room. */
  refill(): void {
    const { queue, push } = this.#options;
    while (queue.isCalm) {
      const message = push.next();
      if (message === undefined) return;
      this.#add(message);
    }
  }

  #add(message: Message): BatchNumber | undefined {
    const { map, queue, house, keepsRetain, counters } = this.#options;
    const { payload, properties } = message;
    const to = map.toRemote(message.topic);
    if (to === undefined) return undefined;
    if (isLoop(properties, house) || this.#hasBeenThere(message)) {
      counters.loops++;
      return undefined;
    }
    const qos = lowerOf(message.qos, to.qos);
    const retain = message.retain && keepsRetain;
    return queue.add({ topic: to.topic, payload, qos, retain, properties: withTrail(properties, house) });
  }

  #hasBeenThere({ properties }: Message): boolean {
    return this.remoteHouse !== undefined && trailOf(properties).includes(this.remoteHouse);
  }
}
