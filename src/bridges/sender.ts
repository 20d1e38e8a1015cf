// Sends what the queue holds over one connection, in order, no more at a time than the remote takes.
import { Buffer } from 'node:buffer';
import type { IClientPublishOptions, IConnackPacket } from 'mqtt';
import type { Clock } from '../base/index.ts';
import type { MessageProperties } from '../broker/index.ts';
import type { Echoes } from './echoes.ts';
import type { BridgeCounters } from './figures.ts';
import type { Link } from './link.ts';
import type { OutgoingQueue, Queued } from './outgoing-queue.ts';

export interface SenderOptions {
  readonly link: Link;
  readonly connack: IConnackPacket;
  readonly queue: OutgoingQueue;
  readonly counters: BridgeCounters;
  readonly clock: Clock;
  /** Given when what comes back must be told from what is new. */
  readonly echoes: Echoes | undefined;
  readonly comesBack: (topic: string) => boolean;
  /** Puts more into the queue when there is more. */
  readonly refill: () => void;
  readonly onRefused: (reason: string) => void;
}

/** Messages under way at once, when the remote does not ask for fewer. */
const mostInFlight = 100;
/** A PUBLISH is this much longer than its topic, payload and properties at most. */
const headerBytes = 16;
/** What we released was released before, on an earlier connection: the remote has it. */
const packetIdentifierNotFound = 0x92;

type PublishProperties = NonNullable<IClientPublishOptions['properties']>;

function packetProperties(from: MessageProperties, secondsWaited: number): PublishProperties {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = from;
  const { messageExpiryInterval } = from;
  const user =
    userProperties &&
    Object.fromEntries(
      Object.entries(userProperties).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : [...value],
      ]),
    );
  return {
    ...(contentType !== undefined && { contentType }),
    ...(responseTopic !== undefined && { responseTopic }),
    ...(correlationData !== undefined && { correlationData: Buffer.from(correlationData) }),
    ...(payloadFormatIndicator !== undefined && { payloadFormatIndicator }),
    ...(user !== undefined && { userProperties: user }),
    ...(messageExpiryInterval !== undefined && {
      messageExpiryInterval: Math.max(1, messageExpiryInterval - secondsWaited),
    }),
  };
}

export class Sender {
  readonly #options: SenderOptions;
  readonly #window: number;
  #isPumping = false;
  #isStarted = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#window = Math.min(mostInFlight, options.connack.properties?.receiveMaximum ?? mostInFlight);
  }

  start(): void {
    this.#isStarted = true;
    this.pump();
  }

  stop(): void {
    this.#isStarted = false;
  }

  pump(): void {
    if (this.#isPumping || !this.#isStarted) return;
    this.#isPumping = true;
    const { queue, refill } = this.#options;
    refill();
    while (queue.inFlight < this.#window) {
      const next = queue.take();
      if (next === undefined) break;
      this.#send(next);
    }
    this.#isPumping = false;
  }

  #send(queued: Queued): void {
    const { link, connack, echoes, comesBack } = this.#options;
    const { maximumQoS = 2, retainAvailable = true, maximumPacketSize } = connack.properties ?? {};
    const { topic, payload } = queued;
    if (maximumPacketSize !== undefined && this.#packetBytes(queued) > maximumPacketSize) {
      this.#refused(queued, `a message of ${payload.length} bytes is too large for the remote`);
      return;
    }
    const qos = queued.qos > maximumQoS ? (maximumQoS === 0 ? 0 : 1) : queued.qos;
    if (qos > 0) link.ids.assign(queued.packetId);
    if (echoes !== undefined && comesBack(topic)) echoes.expect(topic, payload);
    const options: IClientPublishOptions = {
      qos,
      retain: queued.retain && retainAvailable,
      dup: qos > 0 && queued.isRepeated,
      ...this.#properties(queued),
    };
    link.client?.publish(
      topic,
      Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
      options,
      (error) => this.#sent(queued, error ?? undefined),
    );
  }

  #properties({ properties, at }: Queued): Pick<IClientPublishOptions, 'properties'> {
    if (properties === undefined) return {};
    const waited = Math.floor((this.#options.clock.now() - at) / 1000);
    return { properties: packetProperties(properties, Math.max(0, waited)) };
  }

  #packetBytes({ topic, payload, properties }: Queued): number {
    const more = properties === undefined ? 0 : JSON.stringify(properties).length;
    return headerBytes + Buffer.byteLength(topic) + payload.length + more;
  }

  /** QoS 1 and 2: the remote acknowledged it, or refused it with a reason; QoS 0: it was written. */
  #sent(queued: Queued, error: Error | undefined): void {
    const { queue, counters } = this.#options;
    const code = error !== undefined && 'code' in error ? error.code : undefined;
    if (error === undefined || code === packetIdentifierNotFound) {
      counters.sent++;
      queue.done(queued);
    } else if (typeof code === 'number') this.#refused(queued, error.message);
    this.pump();
  }

  #refused(queued: Queued, reason: string): void {
    const { queue, counters, onRefused } = this.#options;
    counters.refused++;
    queue.done(queued);
    onRefused(`"${queued.topic.slice(0, 80)}" was not taken: ${reason}`);
  }
}
