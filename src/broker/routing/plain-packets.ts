// The common cases on their shortest way: a PUBLISH of QoS 0 or 1, neither retained nor with properties, goes from the
// bytes that the guard let through straight to the accept seam, and a PUBACK of success to the queue that waits for it.
// Everything else, and what may not be published, goes to aedes.
import type { Buffer } from 'node:buffer';
import type { Client } from 'aedes';
import type { Connection } from '../connection.ts';
import { type ClientParts, clientParts } from '../seams.ts';
import type { RoutedPacket } from '../writer/publication.ts';
import type { TopicNames } from './topic-names.ts';

export interface PlainPacketsOptions {
  readonly connection: Connection;
  readonly topics: TopicNames;
  /** Larger ones are refused by the way of aedes. */
  readonly payloadBytes: number;
  readonly mayPublish: (topic: string) => boolean;
  /** QoS 0. False when the publisher has to wait for `done`; else that is never called. */
  readonly publish: (packet: RoutedPacket, done: () => void) => boolean;
  /** QoS 1, acknowledged already. `done` is called in any case. */
  readonly publishHeld: (packet: RoutedPacket, done: () => void) => void;
  /** False: read no further until `drain`. */
  readonly acknowledge: (messageId: number) => boolean;
  /** The client has this message. False: it is one for aedes. */
  readonly onPuback: (messageId: number) => boolean;
}

/** Where a PUBLISH stands. */
interface Place {
  readonly bodyAt: number;
  readonly end: number;
  readonly qos: 0 | 1;
}

/** Publishes neither retained nor repeated. */
const firstBytes = { qos0: 0x30, qos1: 0x32, puback: 0x40 } as const;
/** Of a PUBACK that says nothing but which message, as every success may in every version [MQTT5-3.4.2.1]. */
const pubackLength = 2;

export class PlainPackets {
  readonly #options: PlainPacketsOptions;
  readonly #client: Client;
  readonly #parts: ClientParts;
  readonly #parse: (bytes: Buffer) => number;
  /** What has to happen before more is read. */
  #held = 0;
  #isPaused = false;
  #awaitsDrain = false;

  /** Must come before the guard is put in front of the parser. */
  static install(client: Client, options: PlainPacketsOptions): void {
    const { _parser: parser } = clientParts(client);
    const plain = new PlainPackets(client, options);
    parser.parse = (bytes) => plain.#read(bytes);
  }

  private constructor(client: Client, options: PlainPacketsOptions) {
    this.#options = options;
    this.#client = client;
    this.#parts = clientParts(client);
    const { _parser: parser } = this.#parts;
    this.#parse = parser.parse.bind(parser);
  }

  /** Takes whole, correct packets. hot: once per read of a socket; guarded by the broker benchmark. */
  #read(bytes: Buffer): number {
    let given = 0;
    let at = 0;
    while (at < bytes.length) {
      const start = at;
      const first = bytes[at++];
      let length = 0;
      for (let byte = 128, scale = 1; byte >= 128; scale *= 128) {
        byte = bytes[at++] ?? 0;
        length += (byte & 127) * scale;
      }
      const bodyAt = at;
      at += length;
      const isPublish = first === firstBytes.qos0 || first === firstBytes.qos1;
      const isPuback = first === firstBytes.puback && length === pubackLength;
      if (!(isPublish || isPuback) || !this.#isOpen()) continue;
      if (given < start) this.#parse(bytes.subarray(given, start));
      if (isPuback) {
        given = this.#options.onPuback(bytes.readUInt16BE(bodyAt)) ? at : start;
      } else
        given = this.#take(bytes, { bodyAt, end: at, qos: first === firstBytes.qos0 ? 0 : 1 }) ? at : start;
    }
    if (given < at) this.#parse(given === 0 ? bytes : bytes.subarray(given));
    // aedes does so for each packet that it handles.
    else this.#parts._keepaliveTimer?.refresh();
    this.#pause();
    return 0;
  }

  #isOpen(): boolean {
    const { connected, closed } = this.#client;
    return this.#parts.connackSent && connected && !closed;
  }

  /** hot: once per message. False: it is one for aedes. */
  #take(bytes: Buffer, { bodyAt, end, qos }: Place): boolean {
    const { connection, mayPublish, payloadBytes, topics } = this.#options;
    const { id: clientId, version } = this.#client;
    const topicAt = bodyAt + 2;
    const idAt = topicAt + bytes.readUInt16BE(bodyAt);
    let payloadAt = idAt + 2 * qos;
    // Properties, among them a topic alias.
    if (version === 5 && bytes[payloadAt++] !== 0) return false;
    if (end - payloadAt > payloadBytes) return false;
    // Behind one of QoS 1 that aedes has yet to publish [MQTT-4.6.0-5].
    if (qos === 1 && !connection.acks.isSettled) return false;
    const topic = topics.read(bytes, topicAt, idAt);
    if (!mayPublish(topic)) return false;
    const payload = bytes.subarray(payloadAt, end);
    const packet = { cmd: 'publish', topic, payload, qos, retain: false, dup: false, clientId } as const;
    if (qos === 0) this.#publish(packet);
    else this.#publishHeld({ ...packet, messageId: bytes.readUInt16BE(idAt) });
    return true;
  }

  #publish(packet: RoutedPacket): void {
    this.#held++;
    if (this.#options.publish(packet, this.#goOn)) this.#held--;
  }

  #publishHeld(packet: RoutedPacket): void {
    const { acknowledge, publishHeld, connection } = this.#options;
    if (!acknowledge(packet.messageId ?? 0) && !this.#awaitsDrain) {
      this.#awaitsDrain = true;
      this.#held++;
      connection.stream.once('drain', () => {
        this.#awaitsDrain = false;
        this.#goOn();
      });
    }
    this.#held++;
    publishHeld(packet, this.#goOn);
  }

  #pause(): void {
    if (this.#held === 0 || this.#isPaused) return;
    this.#isPaused = true;
    this.#parts.pause();
  }

  readonly #goOn = (): void => {
    this.#held--;
    if (this.#held > 0 || !this.#isPaused) return;
    this.#isPaused = false;
    if (!this.#client.closed) this.#parts.resume();
  };
}
