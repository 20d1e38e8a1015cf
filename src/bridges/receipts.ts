// QoS 2 messages of the remote that we took over and it has not released yet: none of them is taken over twice.
import type { Packet } from 'mqtt';
import type { BatchNumber, Commits, Rows } from '../base/index.ts';
import type { PacketDone, PacketId, PacketStore, StoreDone } from './packet-store.ts';
import { type BridgeReceiptRow, receiptKey } from './ports.ts';

type PublishPacket = Extract<Packet, { cmd: 'publish' }>;

export interface ReceiptsOptions {
  readonly bridge: string;
  readonly rows: Rows<BridgeReceiptRow>;
  readonly commits: Commits;
  /** Takes a message over. */
  readonly receive: (packet: PublishPacket) => BatchNumber | undefined;
}

/** The store that the client asks before it sends PUBREC and PUBCOMP. */
export class Receipts implements PacketStore {
  readonly #options: ReceiptsOptions;
  readonly #address = new Map<number, string>();
  #present = '';

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  load(rows: readonly BridgeReceiptRow[]): void {
    for (const { packetId, address } of rows) this.#address.set(packetId, address);
  }

  /** Without a session of ours at this address, no identifier there has a meaning yet. */
  connected(address: string, isSessionPresent: boolean): void {
    this.#present = address;
    for (const [id, known] of this.#address) if (known !== address || !isSessionPresent) this.#forget(id);
  }

  /** PUBLISH: PUBREC follows when message and receipt are kept. */
  put(packet: Packet, done: StoreDone): void {
    const { bridge, rows, commits, receive } = this.#options;
    const { messageId } = packet;
    if (packet.cmd === 'publish' && messageId !== undefined && !this.#address.has(messageId)) {
      receive(packet);
      this.#address.set(messageId, this.#present);
      rows.put({ bridge, packetId: messageId, address: this.#present });
    }
    commits.whenCommitted(commits.open, () => done());
  }

  /** PUBREL: the client hands what it gets to `handleMessage`, which must leave it alone. */
  get(packet: PacketId, done: PacketDone): void {
    const { messageId } = packet;
    if (messageId === undefined || !this.#address.has(messageId)) {
      done(new Error('released before'));
      return;
    }
    this.#forget(messageId);
    const { commits } = this.#options;
    const handled = { cmd: 'publish', topic: '', payload: '', qos: 2, dup: false, retain: false } as const;
    commits.whenCommitted(commits.open, () => done(undefined, { ...handled, messageId }));
  }

  del(_packet: PacketId, done: PacketDone): void {
    done();
  }

  packets(): readonly Packet[] {
    return [];
  }

  rows(): BridgeReceiptRow[] {
    const { bridge } = this.#options;
    return [...this.#address].map(([packetId, address]) => ({ bridge, packetId, address }));
  }

  clear(): void {
    for (const id of this.#address.keys()) this.#forget(id);
  }

  #forget(id: number): void {
    this.#address.delete(id);
    this.#options.rows.delete(receiptKey(this.#options.bridge, id));
  }
}
