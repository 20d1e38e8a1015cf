// A client of raw bytes: what it sends is exactly what the test wrote, what it gets is parsed packet by packet.
import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import mqttPacket, { type Packet } from 'mqtt-packet';

type Version = 4 | 5;

export interface RawConnect {
  readonly id: string;
  readonly version?: Version;
  readonly clean?: boolean;
  readonly properties?: object;
  readonly will?: object;
}

/** The bytes of a packet as mqtt-packet writes them. */
export function bytesOf(packet: object, version: Version = 4): Buffer {
  return mqttPacket.generate(packet as Packet, { protocolVersion: version });
}

export class RawClient {
  readonly socket: Socket;
  readonly packets: Packet[] = [];
  readonly #events = new EventEmitter();
  #isClosed = false;

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true });
  }

  /** Connects and, with options, waits for the CONNACK. */
  static async open(port: number, options?: RawConnect): Promise<RawClient> {
    const client = new RawClient(port);
    client.#listen(options?.version ?? 4);
    await once(client.socket, 'connect');
    if (options === undefined) return client;
    client.send(connectBytes(options));
    await client.next('connack');
    return client;
  }

  /** Sends these first bytes, and waits for nothing. */
  static async greet(port: number, bytes: Buffer, version: Version): Promise<RawClient> {
    const client = new RawClient(port);
    client.#listen(version);
    await once(client.socket, 'connect');
    client.send(bytes);
    return client;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(...parts: readonly (Buffer | readonly number[])[]): void {
    this.socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))));
  }

  /** The packets of this kind that came so far. */
  got(cmd: string): Packet[] {
    return this.packets.filter((packet) => packet.cmd === cmd);
  }

  /** The first packet of this kind, already here or still to come. */
  async next(cmd: string): Promise<Packet> {
    const [first] = await this.atLeast(1, cmd);
    if (first === undefined) throw new Error(`no ${cmd}`);
    return first;
  }

  /** Waits until so many packets of this kind are here; rejects when the connection closes before. */
  async atLeast(count: number, cmd: string): Promise<Packet[]> {
    while (this.got(cmd).length < count) {
      if (this.#isClosed) throw new Error(`closed with ${this.got(cmd).length} of ${count} ${cmd}`);
      await once(this.#events, 'change');
    }
    return this.got(cmd);
  }

  /** Everything sent before this has been handled when it resolves: a PINGREQ comes back. */
  async settled(): Promise<void> {
    const before = this.got('pingresp').length;
    this.send([0xc0, 0]);
    await this.atLeast(before + 1, 'pingresp');
  }

  async closed(): Promise<void> {
    while (!this.#isClosed) await once(this.#events, 'change');
  }

  destroy(): void {
    this.socket.destroy();
  }

  #listen(version: Version): void {
    const parser = mqttPacket.parser({ protocolVersion: version });
    parser.on('packet', (packet) => {
      this.packets.push(packet);
      this.#events.emit('change');
    });
    this.socket.on('data', (bytes) => parser.parse(Buffer.from(bytes)));
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', () => {
      this.#isClosed = true;
      this.#events.emit('change');
    });
  }
}

export function connectBytes(options: RawConnect): Buffer {
  const version = options.version ?? 4;
  return bytesOf(
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: version,
      clientId: options.id,
      clean: options.clean ?? true,
      keepalive: 0,
      ...(options.properties && { properties: options.properties }),
      ...(options.will && { will: options.will }),
    },
    version,
  );
}

export interface RawPublish {
  readonly topic: string;
  readonly payload?: string;
  readonly qos?: 0 | 1 | 2;
  readonly id?: number;
  readonly retain?: boolean;
  readonly dup?: boolean;
  readonly properties?: object;
  readonly version?: Version;
}

export function publishBytes(options: RawPublish): Buffer {
  return bytesOf(
    {
      cmd: 'publish',
      topic: options.topic,
      payload: options.payload ?? 'x',
      qos: options.qos ?? 0,
      messageId: options.id,
      retain: options.retain ?? false,
      dup: options.dup ?? false,
      ...(options.properties && { properties: options.properties }),
    },
    options.version ?? 4,
  );
}

export function subscribeBytes(filter: string, qos: 0 | 1 | 2 = 0, id = 1): Buffer {
  return bytesOf({ cmd: 'subscribe', messageId: id, subscriptions: [{ topic: filter, qos }] });
}

/** PUBREL of this packet identifier. */
export function pubrelBytes(id: number): Buffer {
  return Buffer.from([0x62, 2, id >> 8, id & 0xff]);
}
