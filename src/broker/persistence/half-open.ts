// Inbound QoS 2 messages of one client between PUBLISH and PUBREL. Bounded.
import type { PublishPacket } from '../packet.ts';
import type { SessionRows } from './session-rows.ts';

interface Receipt {
  /** Until the message is accepted; then its identifier says enough. */
  packet: PublishPacket | undefined;
  /** Of its row, once there is one. */
  id: number | undefined;
}

export class HalfOpenMessages {
  readonly #client: string;
  readonly #rows: SessionRows;
  readonly #byId = new Map<number, Receipt>();

  constructor(client: string, rows: SessionRows) {
    this.#client = client;
    this.#rows = rows;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Whether this identifier is taken already; a free one is taken from now on, so that a DUP of the same turn finds it. */
  reserve(messageId: number): boolean {
    if (this.#byId.has(messageId)) return true;
    this.#byId.set(messageId, { packet: undefined, id: undefined });
    return false;
  }

  has(messageId: number): boolean {
    return this.#byId.has(messageId);
  }

  find(messageId: number): PublishPacket | undefined {
    return this.#byId.get(messageId)?.packet;
  }

  store(messageId: number, packet: PublishPacket): void {
    this.reserve(messageId);
    const receipt = this.#byId.get(messageId);
    if (receipt !== undefined) receipt.packet = packet;
  }

  /** The message is accepted: from the same batch on its identifier is kept, if the session is. */
  accept(messageId: number, isKept: boolean): void {
    const receipt = this.#byId.get(messageId);
    if (receipt === undefined) return;
    receipt.packet = undefined;
    if (!isKept || receipt.id !== undefined) return;
    receipt.id = this.#rows.nextNumber();
    this.#rows.tables.receipts.put({ id: receipt.id, client: this.#client, packetId: messageId });
  }

  /** What an earlier process accepted. */
  restore(id: number, messageId: number): void {
    this.#byId.set(messageId, { packet: undefined, id });
  }

  delete(messageId: number): void {
    const receipt = this.#byId.get(messageId);
    if (receipt === undefined) return;
    this.#byId.delete(messageId);
    if (receipt.id !== undefined) this.#rows.tables.receipts.delete(String(receipt.id));
  }

  clear(): void {
    for (const messageId of this.#byId.keys()) this.delete(messageId);
  }
}
