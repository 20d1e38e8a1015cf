// What the client wants kept of messages under way: only that a QoS 2 one was taken; the queue knows everything else.
import type { Packet } from 'mqtt';
import type { OutgoingQueue, Queued } from './outgoing-queue.ts';
import type { PacketDone, PacketId, PacketStore, StoreDone } from './packet-store.ts';

export class Handover implements PacketStore {
  readonly #queue: OutgoingQueue;
  readonly #onDone: () => void;

  constructor(queue: OutgoingQueue, onDone: () => void) {
    this.#queue = queue;
    this.#onDone = onDone;
  }

  put(packet: Packet, done: StoreDone): void {
    const queued = packet.cmd === 'pubrel' ? this.#find(packet) : undefined;
    if (queued === undefined) done();
    else this.#queue.release(queued, () => done());
  }

  /** PUBACK or PUBCOMP, or a refusal. */
  del(packet: PacketId, done: PacketDone): void {
    const queued = this.#find(packet);
    if (queued !== undefined) this.#queue.done(queued);
    done();
    if (queued !== undefined) this.#onDone();
  }

  get(_packet: PacketId, done: PacketDone): void {
    done(new Error('not kept here'));
  }

  packets(): readonly Packet[] {
    return this.#queue.takeReleased().map(({ packetId }) => ({ cmd: 'pubrel', qos: 2, messageId: packetId }));
  }

  #find({ messageId }: PacketId): Queued | undefined {
    return messageId === undefined ? undefined : this.#queue.find(messageId);
  }
}
