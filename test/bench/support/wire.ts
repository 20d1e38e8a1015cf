// One raw connection of the load generator: counts the packets that come, and answers those that must be answered.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connectPacket, FrameCounter, type Introduction, Receiver } from './frames.ts';

const connack = 2;
export const publish = 3;
export const puback = 4;
export const suback = 9;

export interface WireOptions extends Introduction {
  readonly port: number;
  /** Whether it gets messages of QoS 1, which it acknowledges. */
  readonly isReceiver?: boolean;
  /** The connection is there, the CONNECT is next. */
  readonly onTaken?: () => void;
}

export class Wire {
  readonly socket: Socket;
  readonly frames = new FrameCounter();
  onBytes: () => void = () => undefined;

  private constructor({ port, isReceiver = false }: WireOptions) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const receiver = isReceiver ? new Receiver() : undefined;
    this.socket.on('data', (bytes) => {
      this.frames.add(bytes);
      const answer = receiver?.answer(bytes);
      if (answer !== undefined) this.socket.write(answer);
      this.onBytes();
    });
  }

  static async open(options: WireOptions): Promise<Wire> {
    const wire = new Wire(options);
    await once(wire.socket, 'connect');
    options.onTaken?.();
    await wire.ask(connectPacket(options), connack);
    return wire;
  }

  /** Rejects when the connection ends before the answer. */
  async ask(bytes: Buffer, answer: number): Promise<void> {
    this.socket.write(bytes);
    while (this.count(answer) === 0) {
      if (this.socket.destroyed || this.socket.readableEnded) throw new Error('closed without an answer');
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'end')]);
    }
  }

  count(type: number): number {
    return this.frames.counts[type] ?? 0;
  }
}
