// Judges the four acknowledgements of a client by what is under way with it: one that does not belong to the step of its
// message ends the connection, one of a message that nobody knows is answered here.
import type { Client } from 'aedes';
import type { Connection } from '../connection.ts';
import type { BrokerCounters } from '../counters.ts';
import type { AckPacket } from '../writer/parked-acks.ts';

/** What sessions know of messages that are half done. */
export interface SessionSteps {
  /** Whether the session has something to send under this identifier. */
  isQueued(client: string, messageId: number): boolean;
  /** Whether a QoS 2 message of the client waits for its PUBREL under this identifier. */
  isHalfOpen(client: string, messageId: number): boolean;
}

export interface IncomingAcksOptions {
  readonly sessions: SessionSteps;
  readonly counters: BrokerCounters;
  /** The connection is about to be closed for this. */
  readonly onFault: (client: Client, error: Error) => void;
}

const firstErrorCode = 0x80;
const protocolError = 0x82;
const packetIdentifierNotFound = 0x92;

export class IncomingAcks {
  readonly #options: IncomingAcksOptions;

  constructor(options: IncomingAcksOptions) {
    this.#options = options;
  }

  /**
   * hot: once per acknowledgement that takes the way of aedes. False: aedes must not see it. What is left of a connection
   * that is over speaks of identifiers that its session may have given to other messages since.
   */
  admits(packet: AckPacket, client: Client, connection: Connection): boolean {
    if (connection.isOver) return false;
    const { cmd, messageId = 0 } = packet;
    if (cmd === 'pubrel') return this.#admitsRelease(client, connection, messageId);
    const step = connection.outbox.stepOf(messageId);
    const isOf = step === undefined || step === cmd || (cmd === 'pubrec' && step === 'pubcomp');
    if (!isOf) {
      this.#refuse(client, connection, `${cmd} where ${step} is due`);
      return false;
    }
    return cmd !== 'pubrec' || this.#admitsReceipt(packet, client, connection);
  }

  /** From here on the message waits for its PUBCOMP. */
  #admitsReceipt(packet: AckPacket, client: Client, connection: Connection): boolean {
    const { messageId = 0, reasonCode = 0 } = packet;
    const { outbox } = connection;
    if (reasonCode >= firstErrorCode) return true;
    if (outbox.release(messageId) || this.#options.sessions.isQueued(client.id, messageId)) return true;
    this.#answer(client, connection, { cmd: 'pubrel', messageId });
    return false;
  }

  #admitsRelease(client: Client, connection: Connection, messageId: number): boolean {
    const isKnown =
      connection.receipts.has(messageId) || this.#options.sessions.isHalfOpen(client.id, messageId);
    if (!isKnown) this.#answer(client, connection, { cmd: 'pubcomp', messageId });
    return isKnown;
  }

  /** Only MQTT 5 can say that the identifier is not known; older clients get the next step, so that they may end. */
  #answer(client: Client, connection: Connection, packet: AckPacket): void {
    const isVersion5 = client.version === 5;
    const answer = isVersion5 ? { ...packet, reasonCode: packetIdentifierNotFound } : packet;
    this.#options.counters.packetsSent++;
    connection.acks.take(answer, { protocolVersion: isVersion5 ? 5 : 4 }, undefined);
  }

  #refuse(client: Client, connection: Connection, text: string): void {
    this.#options.counters.malformed++;
    connection.endsBy('protocol-error');
    this.#options.onFault(client, new Error(text));
    client.disconnect({ reasonCode: protocolError });
  }
}
