// `$SYS/broker/...` under the names and in the formats of mosquitto 2, every ten seconds.
import { Buffer } from 'node:buffer';
import type { Clock, Undo } from '../base/index.ts';
import type { PublishPacket } from './packet.ts';

const periodMs = 10_000;

export interface SystemFigures {
  readonly clientsConnected: number;
  /** Connected ones and absent ones whose session is kept. */
  readonly clientsTotal: number;
  readonly messagesReceived: number;
  readonly messagesSent: number;
  readonly publishesReceived: number;
  readonly publishesSent: number;
  readonly retained: number;
  readonly subscriptions: number;
}

export interface SystemTopicsOptions {
  readonly clock: Clock;
  readonly version: string;
  readonly figures: () => SystemFigures;
  readonly route: (packet: PublishPacket) => void;
}

export class SystemTopics {
  readonly #options: SystemTopicsOptions;
  #startedAt = 0;
  #undo: Undo | undefined;

  constructor(options: SystemTopicsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#startedAt = this.#options.clock.monotonic();
    this.#send('version', this.#options.version);
    this.#tick();
  }

  stop(): void {
    this.#undo?.();
    this.#undo = undefined;
  }

  #tick(): void {
    const { clock, figures } = this.#options;
    const now = figures();
    this.#send('uptime', `${Math.floor((clock.monotonic() - this.#startedAt) / 1000)} seconds`);
    this.#send('clients/connected', now.clientsConnected);
    this.#send('clients/total', now.clientsTotal);
    this.#send('messages/received', now.messagesReceived);
    this.#send('messages/sent', now.messagesSent);
    this.#send('publish/messages/received', now.publishesReceived);
    this.#send('publish/messages/sent', now.publishesSent);
    this.#send('retained messages/count', now.retained);
    this.#send('subscriptions/count', now.subscriptions);
    this.#undo = clock.after(periodMs, () => this.#tick());
  }

  #send(name: string, value: string | number): void {
    this.#options.route({
      cmd: 'publish',
      topic: `$SYS/broker/${name}`,
      payload: Buffer.from(String(value)),
      qos: 0,
      retain: true,
      dup: false,
    });
  }
}
