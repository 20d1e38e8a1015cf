// The one place where packets leave: counts them and parks acknowledgements. Writes nothing of its own.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { BatchNumber, Undo } from '../../base/index.ts';
import type { Connection } from '../connection.ts';
import type { BrokerCounters } from '../counters.ts';
import { currentWriter, replaceWriter, type WriteToStream } from '../seams.ts';
import type { AckPacket } from './parked-acks.ts';

export interface WriterSeamOptions {
  readonly find: (stream: Duplex) => Connection | undefined;
  readonly counters: BrokerCounters;
  /** The batch that the QoS 2 message of this PUBREC waits for. */
  readonly batchOf: (client: string, messageId: number) => BatchNumber | undefined;
  /** Whether this client came back to a session; aedes says no when the session has no subscriptions. */
  readonly isResumed: (client: Client) => boolean;
}

const firstErrorCode = 0x80;

interface OutgoingPacket {
  readonly cmd?: unknown;
  readonly messageId?: number | undefined;
  readonly reasonCode?: number;
  readonly returnCode?: number;
  sessionPresent?: boolean;
}

function isAck(packet: OutgoingPacket): packet is AckPacket {
  return packet.cmd === 'puback' || packet.cmd === 'pubrec';
}

export class WriterSeam {
  readonly #options: WriterSeamOptions;
  readonly #write: WriteToStream;
  #isActive = true;

  constructor(options: WriterSeamOptions) {
    this.#options = options;
    this.#write = currentWriter();
  }

  /** The writer that was there before: what is parked goes out through it. */
  get write(): WriteToStream {
    return this.#write;
  }

  /** Several brokers of one process (in tests) stand behind each other; one that leaves lets everything pass. */
  install(): Undo {
    const mine: WriteToStream = (packet, stream, options) => this.#send(packet, stream, options);
    replaceWriter(mine);
    return () => {
      this.#isActive = false;
      if (currentWriter() === mine) replaceWriter(this.#write);
    };
  }

  /** hot: once per packet sent; guarded by the broker benchmark. */
  #send(packet: OutgoingPacket, stream: Duplex, options: object | undefined): boolean {
    const connection = this.#isActive ? this.#options.find(stream) : undefined;
    if (connection === undefined) return this.#write(packet, stream, options);
    const { counters } = this.#options;
    counters.packetsSent++;
    if (packet.cmd === 'publish') counters.publishesSent++;
    else if (packet.cmd === 'connack') this.#onConnack(connection, packet);
    else if (isAck(packet)) return this.#acknowledge(connection, packet, options);
    return this.#write(packet, stream, options);
  }

  /** aedes says so only when the queue of the session has been read, and until then sends no DISCONNECT. */
  #onConnack(connection: Connection, connack: OutgoingPacket): void {
    const isWelcome = (connack.reasonCode ?? connack.returnCode ?? 0) === 0;
    const { client } = connection;
    if (!isWelcome || client === undefined) return;
    client.connected = true;
    if (this.#options.isResumed(client)) connack.sessionPresent = true;
  }

  #acknowledge(connection: Connection, packet: AckPacket, options: object | undefined): boolean {
    const isRefusal = (packet.reasonCode ?? 0) >= firstErrorCode;
    if (isRefusal) return connection.acks.take(packet, options, undefined);
    if (packet.cmd === 'puback') return connection.park(packet, options);
    const batch = this.#options.batchOf(connection.clientId, packet.messageId ?? 0);
    return connection.acks.take(packet, options, batch);
  }
}
