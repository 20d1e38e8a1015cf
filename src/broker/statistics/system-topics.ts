// `$SYS/broker/...` under the names and in the formats of mosquitto 2, every ten seconds; what did not change is not
// said again.
import { Buffer } from 'node:buffer';
import type { Clock, Undo } from '../../base/index.ts';
import type { PublishPacket } from '../packet.ts';
import { LoadAverage } from './load-average.ts';

const periodMs = 10_000;

export interface SystemFigures {
  readonly clientsConnected: number;
  /** Kept sessions whose client is away. */
  readonly clientsAway: number;
  /** Sessions that ended because nobody came back to them. */
  readonly clientsExpired: number;
  readonly packetsReceived: number;
  readonly packetsSent: number;
  readonly publishesReceived: number;
  readonly publishesSent: number;
  readonly publishesDropped: number;
  readonly payloadBytesReceived: number;
  readonly payloadBytesSent: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly socketsOpened: number;
  readonly connects: number;
  /** Messages that are kept: retained ones and those in queues. */
  readonly stored: number;
  readonly storedBytes: number;
  readonly retained: number;
  readonly subscriptions: number;
  readonly sharedSubscriptions: number;
  readonly heapBytes: number;
}

export interface SystemTopicsOptions {
  readonly clock: Clock;
  readonly version: string;
  readonly figures: () => SystemFigures;
  readonly route: (packet: PublishPacket) => void;
}

type Counted = keyof SystemFigures;

/** What is told as it is. `retained messages` has its space in mosquitto, too; `inactive` and `active` are old names. */
const plain: readonly [topic: string, figure: Counted][] = [
  ['clients/connected', 'clientsConnected'],
  ['clients/active', 'clientsConnected'],
  ['clients/disconnected', 'clientsAway'],
  ['clients/inactive', 'clientsAway'],
  ['clients/expired', 'clientsExpired'],
  ['messages/received', 'packetsReceived'],
  ['messages/sent', 'packetsSent'],
  ['messages/stored', 'stored'],
  ['store/messages/count', 'stored'],
  ['store/messages/bytes', 'storedBytes'],
  ['publish/messages/received', 'publishesReceived'],
  ['publish/messages/sent', 'publishesSent'],
  ['publish/messages/dropped', 'publishesDropped'],
  ['publish/bytes/received', 'payloadBytesReceived'],
  ['publish/bytes/sent', 'payloadBytesSent'],
  ['bytes/received', 'bytesReceived'],
  ['bytes/sent', 'bytesSent'],
  ['retained messages/count', 'retained'],
  ['subscriptions/count', 'subscriptions'],
  ['shared_subscriptions/count', 'sharedSubscriptions'],
  ['heap/current', 'heapBytes'],
];

/** What is told as averages. */
const loads: readonly [topic: string, figure: Counted][] = [
  ['messages/received', 'packetsReceived'],
  ['messages/sent', 'packetsSent'],
  ['publish/received', 'publishesReceived'],
  ['publish/sent', 'publishesSent'],
  ['publish/dropped', 'publishesDropped'],
  ['bytes/received', 'bytesReceived'],
  ['bytes/sent', 'bytesSent'],
  ['sockets', 'socketsOpened'],
  ['connections', 'connects'],
];

export class SystemTopics {
  readonly #options: SystemTopicsOptions;
  readonly #loads = loads.map(([topic, figure]) => ({ topic, figure, average: new LoadAverage() }));
  readonly #said = new Map<string, string>();
  #startedAt = 0;
  #lastAt = 0;
  #mostClients = 0;
  #mostHeap = 0;
  #undo: Undo | undefined;

  constructor(options: SystemTopicsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#startedAt = this.#options.clock.monotonic();
    this.#lastAt = this.#startedAt;
    this.#say('version', this.#options.version);
    this.#tick();
  }

  stop(): void {
    this.#undo?.();
    this.#undo = undefined;
  }

  #tick(): void {
    const { clock } = this.#options;
    const now = clock.monotonic();
    const figures = this.#options.figures();
    this.#say('uptime', `${Math.floor((now - this.#startedAt) / 1000)} seconds`);
    for (const [topic, figure] of plain) this.#say(topic, String(figures[figure]));
    this.#sayExtremes(figures);
    this.#sayLoads(figures, now - this.#lastAt);
    this.#lastAt = now;
    this.#undo = clock.after(periodMs, () => this.#tick());
  }

  #sayExtremes({ clientsConnected, clientsAway, heapBytes }: SystemFigures): void {
    const total = clientsConnected + clientsAway;
    this.#mostClients = Math.max(this.#mostClients, total);
    this.#mostHeap = Math.max(this.#mostHeap, heapBytes);
    this.#say('clients/total', String(total));
    this.#say('clients/maximum', String(this.#mostClients));
    this.#say('heap/maximum', String(this.#mostHeap));
  }

  #sayLoads(figures: SystemFigures, elapsedMs: number): void {
    for (const { topic, figure, average } of this.#loads) {
      average.update(figures[figure], elapsedMs);
      for (const [span, load] of average.values()) this.#say(`load/${topic}/${span}`, load.toFixed(2));
    }
  }

  #say(name: string, value: string): void {
    if (this.#said.get(name) === value) return;
    this.#said.set(name, value);
    this.#options.route({
      cmd: 'publish',
      topic: `$SYS/broker/${name}`,
      payload: Buffer.from(value),
      qos: 0,
      retain: true,
      dup: false,
    });
  }
}
