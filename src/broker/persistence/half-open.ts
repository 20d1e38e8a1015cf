// Inbound QoS 2 messages between PUBLISH and PUBREL, for each client id. Bounded for each client.
import type { PublishPacket } from '../packet.ts';

export class HalfOpenMessages {
  readonly #limit: number;
  readonly #byClient = new Map<string, Map<number, PublishPacket | undefined>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether this identifier is taken already; a free one is taken from now on, so that a DUP of the same turn finds it. */
  reserve(client: string, messageId: number): boolean {
    const ids = this.#idsOf(client);
    if (ids.has(messageId)) return true;
    ids.set(messageId, undefined);
    return false;
  }

  has(client: string, messageId: number): boolean {
    return this.#byClient.get(client)?.has(messageId) ?? false;
  }

  /** False when this client holds too many open. */
  store(client: string, messageId: number, packet: PublishPacket): boolean {
    const ids = this.#idsOf(client);
    if (ids.size > this.#limit) return false;
    ids.set(messageId, packet);
    return true;
  }

  delete(client: string, messageId: number): void {
    const ids = this.#byClient.get(client);
    if (ids?.delete(messageId) && ids.size === 0) this.#byClient.delete(client);
  }

  /** A clean start forgets them all, or a reused identifier would be taken for a repetition [MQTT-3.1.2-4]. */
  forget(client: string): void {
    this.#byClient.delete(client);
  }

  #idsOf(client: string): Map<number, PublishPacket | undefined> {
    let ids = this.#byClient.get(client);
    if (ids === undefined) {
      ids = new Map();
      this.#byClient.set(client, ids);
    }
    return ids;
  }
}
