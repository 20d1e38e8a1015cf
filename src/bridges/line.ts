// Holds one bridge's connection: attempts, waits, the way back to the first address, and what runs while it is up.
import type { IConnackPacket } from 'mqtt';
import {
  type Clock,
  type Commits,
  type Logger,
  parseDuration,
  type Timestamp,
  type Undo,
} from '../base/index.ts';
import { Attempts } from './attempts.ts';
import { clientOptions } from './client-options.ts';
import { type DownReason, downFault } from './down-reason.ts';
import type { Echoes } from './echoes.ts';
import type { BridgeCounters } from './figures.ts';
import { Handover } from './handover.ts';
import { Idleness } from './idleness.ts';
import type { Incoming } from './incoming.ts';
import { Link, type PublishPacket } from './link.ts';
import type { Outbound } from './outbound.ts';
import type { OutgoingQueue } from './outgoing-queue.ts';
import { probe } from './probe.ts';
import { Receipts, type ReceiptsOptions } from './receipts.ts';
import { Sender } from './sender.ts';
import type { BridgeSettings } from './settings.ts';
import { houseTopic, Subscriber } from './subscriber.ts';
import type { TopicMap } from './topic-map.ts';
import type { BridgeFault, BridgeState } from './view.ts';

export interface LineOptions {
  readonly settings: BridgeSettings;
  readonly clientId: string;
  /** Where the remote is told that we are there; undefined: it is not told. */
  readonly stateTopic: string | undefined;
  readonly map: TopicMap;
  readonly queue: OutgoingQueue;
  readonly outbound: Outbound;
  readonly incoming: Incoming;
  readonly receipts: Omit<ReceiptsOptions, 'receive'>;
  readonly echoes: Echoes;
  readonly counters: BridgeCounters;
  readonly clock: Clock;
  readonly commits: Commits;
  readonly log: Logger;
  readonly random: () => number;
  readonly onState: (state: BridgeState) => void;
  readonly onError: (fault: BridgeFault) => void;
}

/** While another address is in use, the first one is asked this often whether it is back. */
const probeMs = 30_000;

interface Running {
  readonly sender: Sender;
  readonly subscriber: Subscriber;
  readonly isVersion5: boolean;
}

export class Line {
  readonly receipts: Receipts;
  readonly #options: LineOptions;
  readonly #attempts: Attempts;
  #state: BridgeState = 'off';
  #since: Timestamp;
  #retryAt: Timestamp | undefined;
  #link: Link | undefined;
  #running: Running | undefined;
  #undoTimer: Undo | undefined;
  readonly #idleness: Idleness;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#since = options.clock.now();
    this.#idleness = new Idleness(options.clock, parseDuration(options.settings.idleTimeout));
    this.#attempts = new Attempts(options.settings, options.random);
    this.receipts = new Receipts({ ...options.receipts, receive: (packet) => this.#receive(packet) });
  }

  get state(): BridgeState {
    return this.#state;
  }

  get since(): Timestamp {
    return this.#since;
  }

  get address(): string {
    return this.#attempts.address;
  }

  get version(): 4 | 5 {
    return this.#attempts.version;
  }

  get retryAt(): Timestamp | undefined {
    return this.#state === 'waiting' ? this.#retryAt : undefined;
  }

  /** There may be something to send. */
  pump(): void {
    this.#idleness.touch();
    if (this.#state === 'idle') this.start();
    this.#running?.sender.pump();
  }

  /** Connects; a lazy bridge only when enough waits. */
  start(): void {
    const { startType, threshold } = this.#options.settings;
    const isIdle = startType === 'lazy' && this.#options.queue.size < threshold;
    if (isIdle) this.#become('idle');
    else this.#connect();
  }

  #connect(): void {
    this.#become('connecting');
    const { settings, clientId, stateTopic, queue, clock, commits } = this.#options;
    const { address, version } = this.#attempts;
    const link: Link = new Link({
      clientOptions: () => clientOptions({ settings, address, clientId, version, stateTopic }),
      incoming: this.receipts,
      outgoing: new Handover(queue, () => this.pump()),
      clock,
      commits,
      receive: (packet) => this.#receive(packet),
      onUp: (connack) => this.#up(link, connack),
      onDown: (reason) => this.#down(reason),
    });
    this.#link = link;
    void link.open();
  }

  async stop(isForgotten: boolean): Promise<void> {
    await this.#end('off', isForgotten);
  }

  async #end(state: 'off' | 'idle', isForgotten: boolean): Promise<void> {
    const link = this.#link;
    const { stateTopic } = this.#options;
    if (link?.client !== undefined && stateTopic !== undefined) {
      link.client.publish(stateTopic, '0', { qos: 0, retain: true });
    }
    this.#clear();
    this.#become(state);
    await link?.close(isForgotten);
  }

  /** What is not acknowledged yet keeps a lazy bridge up. */
  #rest(): void {
    const { queue } = this.#options;
    if (queue.size > 0) this.#idleness.watch(() => this.#rest());
    else void this.#end('idle', false).then(() => this.pump());
  }

  #up(link: Link, connack: IConnackPacket): void {
    const { settings, counters, log, outbound, stateTopic, map } = this.#options;
    const { client } = link;
    if (client === undefined) return;
    counters.connects++;
    this.#attempts.succeeded();
    this.receipts.connected(this.address, connack.sessionPresent);
    const onRefused = (message: string): void =>
      this.#options.onError({ code: 'bridge-untaken', message, params: { detail: message } });
    const filters = map.remoteFilters;
    const subscriber = new Subscriber({ client, connack, filters, onRefused });
    const sender = this.#makeSender(link, connack, onRefused);
    const isVersion5 = this.version === 5;
    this.#running = { subscriber, sender, isVersion5 };
    outbound.isOpen = true;
    outbound.remoteHouse = undefined;
    if (stateTopic !== undefined) client.publish(stateTopic, '1', { qos: 1, retain: true });
    subscriber.subscribe();
    subscriber.askWho(() => {
      if (this.#link !== link) return;
      log.info({ bridge: settings.name, address: this.address }, 'bridge connected');
      this.#become('connected');
      sender.start();
    });
    if (settings.startType === 'lazy') this.#idleness.watch(() => this.#rest());
    this.#probeSoon();
  }

  #makeSender(link: Link, connack: IConnackPacket, onRefused: (reason: string) => void): Sender {
    const { queue, counters, clock, echoes, map, outbound } = this.#options;
    return new Sender({
      link,
      connack,
      queue,
      counters,
      clock,
      echoes: this.version === 5 ? undefined : echoes,
      comesBack: (topic) => map.comesBack(topic),
      refill: () => outbound.refill(),
      onRefused,
    });
  }

  #receive(packet: PublishPacket) {
    const { incoming, outbound } = this.#options;
    const running = this.#running;
    this.#idleness.touch();
    if (packet.topic === houseTopic) {
      if (packet.payload.length > 0) outbound.remoteHouse = String(packet.payload);
      return undefined;
    }
    const isStored = running?.subscriber.isStored(packet) ?? false;
    return incoming.receive(packet, isStored, running?.isVersion5 !== true);
  }

  #down(reason: DownReason): void {
    const { counters, log, settings, clock, onError } = this.#options;
    const wasUp = this.#running !== undefined;
    const { address } = this;
    this.#clear();
    if (wasUp && settings.startType === 'once') {
      this.#giveUp(reason);
      return;
    }
    const waitMs = wasUp ? this.#attempts.lost() : this.#attempts.failed(reason.isVersionRefused);
    if (waitMs === 0) {
      this.#connect();
      return;
    }
    if (settings.startType === 'once') {
      this.#giveUp(reason);
      return;
    }
    counters.failures++;
    onError(downFault(address, reason));
    log.warn({ bridge: settings.name, address, reason: reason.text }, 'bridge without connection');
    this.#retryAt = clock.now() + waitMs;
    this.#become('waiting');
    this.#undoTimer = clock.after(waitMs, () => this.start());
  }

  /** It was to be tried once. */
  #giveUp(reason: DownReason): void {
    const { counters, log, settings, onError } = this.#options;
    counters.failures++;
    onError(downFault(this.address, reason));
    log.warn({ bridge: settings.name, reason: reason.text }, 'bridge ended; it was to connect once');
    this.#become('off');
  }

  #clear(): void {
    this.#idleness.stop();
    const { queue, outbound } = this.#options;
    this.#undoTimer?.();
    this.#undoTimer = undefined;
    this.#running?.sender.stop();
    this.#running = undefined;
    this.#link = undefined;
    outbound.isOpen = false;
    queue.giveBack();
  }

  /** Goes back to the first address once something listens there. */
  #probeSoon(): void {
    const { primary } = this.#attempts;
    const { clock, settings } = this.#options;
    if (primary === undefined) return;
    this.#undoTimer = clock.after(probeMs, () => {
      const usual = settings.tls === undefined ? 1883 : 8883;
      this.#undoTimer = probe(primary, usual, (isThere) => {
        if (isThere) this.#returnToPrimary();
        else this.#probeSoon();
      });
    });
  }

  #returnToPrimary(): void {
    const link = this.#link;
    this.#clear();
    this.#attempts.toPrimary();
    this.#become('connecting');
    void link?.close(false).then(() => {
      if (this.#state === 'connecting') this.#connect();
    });
  }

  #become(state: BridgeState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#since = this.#options.clock.now();
    this.#options.onState(state);
  }
}
