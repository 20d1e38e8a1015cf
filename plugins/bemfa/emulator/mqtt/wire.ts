// Packets of MQTT 3.1.1 on a stream of bytes, with a bound on what is unread and unsent. Knows no meaning of them.
import type { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import mqttPacket, { type Packet } from 'mqtt-packet';

/** More than any packet with the longest payload has beside it. */
const longestHeader = 70_000;
const unsentBytes = 4 * 1024 * 1024;

export interface WireOptions {
  readonly stream: Duplex;
  readonly payloadBytes: number;
  readonly onPacket: (packet: Packet) => void;
  /** Once, when the stream is gone, with why when it was we who ended it. */
  readonly onClose: (reason: string | undefined) => void;
}

export class MqttWire {
  readonly #options: WireOptions;
  readonly #parser = mqttPacket.parser({ protocolVersion: 4 });
  #reason: string | undefined;
  #isOpen = true;

  constructor(options: WireOptions) {
    this.#options = options;
    const { stream } = options;
    this.#parser.on('packet', (packet) => {
      if (this.#isOpen) options.onPacket(packet);
    });
    this.#parser.on('error', () => this.cut('malformed packet'));
    stream.on('data', (bytes: Buffer) => this.#read(bytes));
    // What comes of an error is `close`; which one it was matters to nobody.
    stream.on('error', () => stream.destroy());
    stream.on('close', () => {
      this.#isOpen = false;
      options.onClose(this.#reason);
    });
  }

  send(packet: Packet): void {
    const { stream } = this.#options;
    if (!this.#isOpen || stream.destroyed) return;
    stream.write(mqttPacket.generate(packet, { protocolVersion: 4 }));
    if (stream.writableLength > unsentBytes) this.cut('reads too slowly');
  }

  /** Ends it after what was sent. */
  end(reason?: string): void {
    this.#isOpen = false;
    this.#reason ??= reason;
    const { stream } = this.#options;
    stream.end(() => stream.destroy());
  }

  /** Ends it at once. */
  cut(reason: string): void {
    this.#isOpen = false;
    this.#reason ??= reason;
    this.#options.stream.destroy();
  }

  #read(bytes: Buffer): void {
    if (!this.#isOpen) return;
    const unread = this.#parser.parse(bytes);
    if (unread > this.#options.payloadBytes + longestHeader) this.cut('packet too large');
  }
}
