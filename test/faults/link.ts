// One MQTT 5 connection of a client with a session that is kept; the client survives it, the connection may not.
import { connect, type Socket } from 'node:net';
import mqttPacket, { type IPublishPacket, type Packet } from 'mqtt-packet';

export interface LinkOptions {
  readonly port: number;
  readonly id: string;
  readonly isClean?: boolean;
  readonly onPacket: (packet: Packet, link: Link) => void;
}

export class Link {
  readonly #socket: Socket;
  #isOpen = true;
  readonly #closed: Promise<void>;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#isOpen = false;
        resolve();
      });
    });
  }

  /** Resolves with the CONNACK; rejects when the house falls before. */
  static async open(options: LinkOptions): Promise<{ link: Link; isResumed: boolean }> {
    const socket = connect({ host: '127.0.0.1', port: options.port, noDelay: true });
    const link = new Link(socket);
    const parser = mqttPacket.parser({ protocolVersion: 5 });
    const answered = new Promise<boolean>((resolve, reject) => {
      parser.on('packet', (packet) => {
        if (packet.cmd === 'connack') {
          if (packet.reasonCode === 0) resolve(packet.sessionPresent);
          else reject(new Error(`refused with ${packet.reasonCode}`));
        } else options.onPacket(packet, link);
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('closed before the CONNACK')));
    });
    socket.on('data', (bytes) => parser.parse(Buffer.from(bytes)));
    link.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 5,
      clientId: options.id,
      clean: options.isClean ?? false,
      keepalive: 0,
      properties: { sessionExpiryInterval: options.isClean ? 0 : 3600 },
    });
    return { link, isResumed: await answered };
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(packet: Packet): void {
    if (this.#isOpen) this.#socket.write(mqttPacket.generate(packet, { protocolVersion: 5 }));
  }

  publish(packet: Omit<IPublishPacket, 'cmd'>): void {
    this.send({ cmd: 'publish', ...packet });
  }

  async cut(): Promise<void> {
    this.#socket.destroy();
    await this.#closed;
  }
}
