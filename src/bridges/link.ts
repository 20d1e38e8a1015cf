// One connection to a remote broker, from the attempt to its end. The only place that knows the MQTT client.
import type { IClientOptions, IConnackPacket, IPublishPacket, MqttClient } from 'mqtt';
import type { BatchNumber } from '../base/index.ts';
import { type Clock, type Commits, messageOf } from '../base/index.ts';
import { type DownReason, downReasonOf } from './down-reason.ts';
import { AssignedIds } from './packet-ids.ts';
import { asStore, type PacketStore } from './packet-store.ts';

export type { IPublishPacket as PublishPacket } from 'mqtt';

export interface LinkOptions {
  /** Throws when something that is needed cannot be read. */
  readonly clientOptions: () => IClientOptions;
  readonly incoming: PacketStore;
  readonly outgoing: PacketStore;
  readonly clock: Clock;
  readonly commits: Commits;
  /** Takes a message over; what it returns must be committed before the remote is told. */
  readonly receive: (packet: IPublishPacket) => BatchNumber | undefined;
  readonly onUp: (connack: IConnackPacket) => void;
  /** Called once. */
  readonly onDown: (reason: DownReason) => void;
}

const closeMs = 500;

export class Link {
  readonly ids = new AssignedIds();
  readonly #options: LinkOptions;
  #client: MqttClient | undefined;
  #isUp = false;
  #isDown = false;
  #reason: DownReason = {
    text: 'the remote closed the connection',
    why: 'closed',
    isVersionRefused: false,
  };

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Undefined while there is no connection. */
  get client(): MqttClient | undefined {
    return this.#isUp ? this.#client : undefined;
  }

  async open(): Promise<void> {
    try {
      const { connect, Store } = await import('mqtt');
      if (this.#isDown) return;
      const { incoming, outgoing, clientOptions } = this.#options;
      const client = connect({
        ...clientOptions(),
        incomingStore: asStore(incoming, () => new Store()),
        outgoingStore: asStore(outgoing, () => new Store()),
        messageIdProvider: this.ids,
      });
      this.#client = client;
      this.#watch(client);
      client.connect();
    } catch (error) {
      this.#reason = downReasonOf(error instanceof Error ? error : new Error(messageOf(error)), false);
      this.#down();
    }
  }

  /** Says goodbye when nothing is under way; otherwise the remote publishes our will. */
  async close(isForgotten: boolean): Promise<void> {
    const client = this.#client;
    const isIdle = this.#isUp && client !== undefined && Object.keys(client.outgoing).length === 0;
    this.#isUp = false;
    this.#isDown = true;
    if (client === undefined) return;
    const properties =
      isForgotten && client.options.protocolVersion === 5 ? { sessionExpiryInterval: 0 } : {};
    await new Promise<void>((resolve) => {
      const undo = this.#options.clock.after(closeMs, () => {
        client.stream?.destroy();
        resolve();
      });
      client.end(!isIdle, { properties }, () => {
        undo();
        resolve();
      });
    });
  }

  #watch(client: MqttClient): void {
    client.handleMessage = (packet, done) => this.#handle(packet, done);
    client.on('connect', (connack) => {
      if (this.#isDown) return;
      this.#isUp = true;
      this.#options.onUp(connack);
    });
    client.on('error', (error) => {
      this.#reason = downReasonOf(error, this.#isUp);
    });
    client.on('disconnect', ({ reasonCode }) => {
      const why = reasonCode === undefined ? '' : ` (reason 0x${reasonCode.toString(16)})`;
      const text = `the remote ended the connection${why}`;
      this.#reason = { text, why: 'closed', isVersionRefused: false };
    });
    client.on('close', () => this.#down());
  }

  /** QoS 2 was taken over by the store for incoming messages already. */
  #handle(packet: IPublishPacket, done: (error?: Error) => void): void {
    if (packet.qos === 2) {
      done();
      return;
    }
    const { receive, commits } = this.#options;
    const batch = receive(packet);
    if (packet.qos === 0 || batch === undefined) done();
    else commits.whenCommitted(batch, () => done());
  }

  #down(): void {
    if (this.#isDown) return;
    this.#isUp = false;
    this.#isDown = true;
    this.#client?.end(true);
    this.#options.onDown(this.#reason);
  }
}
