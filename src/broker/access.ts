// Who may publish and connect, as long as there are no users: anyone on this machine, but not under our own names.
import type { Client } from 'aedes';
import { filterFault } from '../base/index.ts';
import type { BrokerCounters } from './counters.ts';

/** Topics that only the house itself publishes to. */
export function isReserved(topic: string): boolean {
  return topic.startsWith('$') || topic.startsWith('homerule/');
}

interface OfferedPacket {
  readonly cmd?: string;
  readonly topic: string;
}

export class Access {
  readonly #counters: BrokerCounters;
  readonly #refused = new WeakSet<object>();

  constructor(counters: BrokerCounters) {
    this.#counters = counters;
  }

  /**
   * MQTT 3 cannot say no to one publish but by closing the connection, so like mosquitto we acknowledge it and drop it:
   * see `takeRefused`. MQTT 5 clients get 0x87, and a will is just not published.
   */
  authorizePublish(client: Client | null, packet: OfferedPacket): Error | null {
    if (client === null || !isReserved(packet.topic)) return null;
    this.#counters.deniedPublishes++;
    if (client.version !== 5 && packet.cmd === 'publish') {
      this.#refused.add(packet);
      return null;
    }
    return new Error(`"${packet.topic.slice(0, 80)}" is reserved`);
  }

  /** Whether this packet was refused silently; forgets it. */
  takeRefused(packet: object): boolean {
    return this.#refused.delete(packet);
  }

  /** Anything valid may be subscribed to. */
  maySubscribe(filter: string): boolean {
    return filterFault(filter) === undefined;
  }
}
