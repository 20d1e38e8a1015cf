// The one place where packets of aedes leave: messages into the window of their client, acknowledgements into the
// parking lot, all else into the line. Decides nothing about messages.
import type { Duplex } from 'node:stream';
import type { Client } from 'aedes';
import type { BatchNumber, Undo } from '../../base/index.ts';
import type { Connection } from '../connection.ts';
import type { BrokerCounters } from '../counters.ts';
import type { BrokerLimits } from '../options.ts';
import { currentWriter, replaceWriter, type WriteToStream } from '../seams.ts';
import { packetBytes } from './packet-bytes.ts';
import type { AckPacket } from './parked-acks.ts';
import type { RoutedPacket } from './publication.ts';

export interface WriterSeamOptions {
  readonly find: (stream: Duplex) => Connection | undefined;
  readonly limits: Pick<BrokerLimits, 'qos' | 'sessionSeconds'>;
  readonly counters: BrokerCounters;
  /** The batch that the QoS 2 message of this PUBREC waits for. */
  readonly batchOf: (client: string, messageId: number) => BatchNumber | undefined;
  /** The batch of the latest change of this client's session: PUBREL and PUBCOMP wait for it. */
  readonly changeOf: (client: string) => BatchNumber | undefined;
  /** The batch that this client's beginning changed something in: an old session or will ended, a new will is kept. */
  readonly beginningOf: (client: string) => BatchNumber | undefined;
  /** Whether this client came back to a session; aedes says no when the session has no subscriptions. */
  readonly isResumed: (client: Client) => boolean;
  /** A message from the queue of a session that a client came back to. */
  readonly resume: (connection: Connection, packet: RoutedPacket) => void;
}

const firstErrorCode = 0x80;

interface OutgoingPacket {
  readonly cmd?: unknown;
  readonly messageId?: number | undefined;
  readonly reasonCode?: number;
  readonly returnCode?: number;
  granted?: readonly number[];
  sessionPresent?: boolean;
  readonly properties?: object;
}

function isAck(packet: OutgoingPacket): packet is AckPacket {
  const { cmd } = packet;
  return cmd === 'puback' || cmd === 'pubrec' || cmd === 'pubrel' || cmd === 'pubcomp';
}

function isPublish(packet: OutgoingPacket): packet is RoutedPacket {
  return packet.cmd === 'publish';
}

export class WriterSeam {
  readonly #options: WriterSeamOptions;
  readonly #write: WriteToStream;
  #isActive = true;

  constructor(options: WriterSeamOptions) {
    this.#options = options;
    this.#write = currentWriter();
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

  /** hot: the PUBACK of a message that did not go through aedes. False: read no further until `drain`. */
  acknowledge(connection: Connection, messageId: number): boolean {
    this.#options.counters.packetsSent++;
    return connection.park({ cmd: 'puback', messageId }, undefined);
  }

  /** hot: once per packet of aedes; guarded by the broker benchmark. False makes aedes wait for `drain`. */
  #send(packet: OutgoingPacket, stream: Duplex, options: object | undefined): boolean {
    const connection = this.#isActive ? this.#options.find(stream) : undefined;
    if (connection === undefined) return this.#write(packet, stream, options);
    if (isPublish(packet)) {
      this.#options.resume(connection, packet);
      return !connection.outbox.isFull;
    }
    this.#options.counters.packetsSent++;
    if (isAck(packet)) return this.#acknowledge(connection, packet, options);
    return this.#pass(connection, packet, options);
  }

  #pass(connection: Connection, packet: OutgoingPacket, options: object | undefined): boolean {
    const { outbox } = connection;
    if (packet.cmd === 'connack') this.#onConnack(connection, packet);
    if (packet.granted !== undefined) this.#onSuback(connection, packet);
    const bytes = packetBytes(packet, options);
    if (!outbox.takes(bytes.length)) return this.#withhold(connection);
    outbox.send(bytes);
    // aedes may destroy the stream right behind these.
    if (packet.cmd === 'connack' || packet.cmd === 'disconnect') outbox.flush();
    return !outbox.isBehind;
  }

  #onSuback(connection: Connection, packet: OutgoingPacket): void {
    const { cmd, messageId = 0, granted } = packet;
    if (cmd === 'suback' && granted !== undefined)
      packet.granted = connection.asked.answer(messageId, granted);
  }

  /** Without this packet the client cannot go on, and it takes no packet of that size [MQTT-3.1.2-24]. */
  #withhold(connection: Connection): boolean {
    this.#options.counters.tooLarge++;
    connection.endsBy('protocol-error');
    connection.stream.destroy();
    return true;
  }

  /** aedes says so only when the queue of the session has been read, and until then sends no DISCONNECT. */
  #onConnack(connection: Connection, connack: OutgoingPacket): void {
    const isWelcome = (connack.reasonCode ?? connack.returnCode ?? 0) === 0;
    const { client } = connection;
    if (!isWelcome || client === undefined) return;
    client.connected = true;
    const batch = this.#options.beginningOf(client.id);
    if (batch !== undefined) connection.outbox.holdUntil(batch);
    if (this.#options.isResumed(client)) connack.sessionPresent = true;
    if (connack.properties !== undefined) this.#amend(connack.properties, client);
  }

  /** What aedes does not know of us. */
  #amend(properties: object, client: Client): void {
    const { qos, sessionSeconds } = this.#options.limits;
    Reflect.deleteProperty(properties, 'sharedSubscriptionAvailable');
    if (qos < 2) Reflect.set(properties, 'maximumQoS', qos);
    // [MQTT-3.1.2-23]: what counts is what the client is told.
    if (client.sessionExpiryInterval > sessionSeconds)
      Reflect.set(properties, 'sessionExpiryInterval', sessionSeconds);
  }

  #acknowledge(connection: Connection, packet: AckPacket, options: object | undefined): boolean {
    const isRefusal = (packet.reasonCode ?? 0) >= firstErrorCode;
    if (isRefusal) {
      connection.receipts.end(packet.messageId ?? 0);
      return connection.acks.take(packet, options, undefined);
    }
    if (packet.cmd === 'puback') return connection.park(packet, options);
    return connection.acks.take(packet, options, this.#batchOf(connection, packet));
  }

  /** What this packet promises: that the message is kept, or that the session knows of the step. */
  #batchOf(connection: Connection, { cmd, messageId = 0 }: AckPacket): BatchNumber | undefined {
    const { batchOf, changeOf } = this.#options;
    if (cmd === 'pubrec') return batchOf(connection.clientId, messageId);
    if (cmd === 'pubcomp') connection.receipts.end(messageId);
    else connection.outbox.resumeRelease(messageId);
    return changeOf(connection.clientId);
  }
}
