// The common case on its shortest way: a PUBLISH of QoS 0, neither retained nor with properties, goes from the bytes that
// the guard let through straight to the accept seam. Everything else, and what may not be published, goes to aedes.
import type { Buffer } from 'node:buffer';
import type { Client } from 'aedes';
import { type ClientParts, clientParts } from '../seams.ts';
import type { RoutedPacket } from '../writer/publication.ts';

export interface PlainPublishesOptions {
  readonly mayPublish: (client: Client, topic: string) => boolean;
  /** False when the publisher has to wait for `done`; else that is never called. */
  readonly publish: (packet: RoutedPacket, client: Client, done: () => void) => boolean;
}

/** QoS 0, neither retained nor repeated. */
const plainPublish = 0x30;

export class PlainPublishes {
  readonly #options: PlainPublishesOptions;
  readonly #client: Client;
  readonly #parts: ClientParts;
  readonly #parse: (bytes: Buffer) => number;
  /** Messages whose subscribers have no room. */
  #held = 0;

  /** Must come before the guard is put in front of the parser. */
  static install(client: Client, options: PlainPublishesOptions): void {
    const { _parser: parser } = clientParts(client);
    const plain = new PlainPublishes(client, options);
    parser.parse = (bytes) => plain.#read(bytes);
  }

  private constructor(client: Client, options: PlainPublishesOptions) {
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
      const isPlain = bytes[at++] === plainPublish;
      let length = 0;
      for (let byte = 128, scale = 1; byte >= 128; scale *= 128) {
        byte = bytes[at++] ?? 0;
        length += (byte & 127) * scale;
      }
      const bodyAt = at;
      at += length;
      if (!isPlain || !this.#isOpen()) continue;
      if (given < start) this.#parse(bytes.subarray(given, start));
      given = this.#publish(bytes, bodyAt, at) ? at : start;
    }
    if (given < at) this.#parse(given === 0 ? bytes : bytes.subarray(given));
    // aedes does so for each packet that it handles.
    else this.#parts._keepaliveTimer?.refresh();
    return 0;
  }

  #isOpen(): boolean {
    const { connected, closed } = this.#client;
    return this.#parts.connackSent && connected && !closed;
  }

  /** hot: once per message. False: it is one for aedes. */
  #publish(bytes: Buffer, from: number, end: number): boolean {
    const { mayPublish, publish } = this.#options;
    const client = this.#client;
    let payloadAt = from + 2 + bytes.readUInt16BE(from);
    const topic = bytes.toString('utf8', from + 2, payloadAt);
    // Properties, among them a topic alias.
    if (client.version === 5 && bytes[payloadAt++] !== 0) return false;
    if (!mayPublish(client, topic)) return false;
    const payload = bytes.subarray(payloadAt, end);
    const packet: RoutedPacket = {
      cmd: 'publish',
      topic,
      payload,
      qos: 0,
      retain: false,
      dup: false,
      clientId: client.id,
    };
    this.#held++;
    if (publish(packet, client, this.#goOn)) this.#held--;
    else if (this.#held === 1) this.#parts.pause();
    return true;
  }

  /** A message that was waited for has gone on; with the last one reading does. */
  readonly #goOn = (): void => {
    this.#held--;
    if (this.#held === 0 && !this.#client.closed) this.#parts.resume();
  };
}
