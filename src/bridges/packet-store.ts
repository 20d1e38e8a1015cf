// What the MQTT client asks to be kept, without its own kind of streams.
import type { IStore, Packet } from 'mqtt';

export type StoreDone = Parameters<IStore['put']>[1];
export type PacketDone = Parameters<IStore['get']>[1];
export type PacketId = Pick<Packet, 'messageId'>;

export interface PacketStore {
  put(packet: Packet, done: StoreDone): void;
  get(packet: PacketId, done: PacketDone): void;
  del(packet: PacketId, done: PacketDone): void;
  /** What must be sent again on a new connection before anything else. */
  packets(): readonly Packet[];
}

/** `makeStore` makes one of the client's own, which lends its stream. */
export function asStore(kept: PacketStore, makeStore: () => IStore): IStore {
  const store: IStore = {
    put: (packet, done) => {
      kept.put(packet, done);
      return store;
    },
    get: (packet, done) => {
      kept.get(packet, done);
      return store;
    },
    del: (packet, done) => {
      kept.del(packet, done);
      return store;
    },
    createStream: () => {
      const lent = makeStore();
      for (const packet of kept.packets()) lent.put(packet, () => undefined);
      return lent.createStream();
    },
    close: (done) => done(),
  };
  return store;
}
