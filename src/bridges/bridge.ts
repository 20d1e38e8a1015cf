// One bridge: its settings, its queue, and the parts between house and remote, connected.
import type { Clock, Logger, Undo } from '../base/index.ts';
import { Echoes } from './echoes.ts';
import { BridgeCounters, type BridgeFigures } from './figures.ts';
import { Incoming } from './incoming.ts';
import { Line } from './line.ts';
import { LocalView } from './local-view.ts';
import { Notices } from './notices.ts';
import { Outbound } from './outbound.ts';
import { OutgoingQueue } from './outgoing-queue.ts';
import type { BridgeMessageRow, BridgeReceiptRow, BridgeStore, LocalBroker } from './ports.ts';
import { RetainedPush } from './retained-push.ts';
import type { BridgeSettings } from './settings.ts';
import { parseTopicLine } from './topic-line.ts';
import { TopicMap } from './topic-map.ts';
import type { BridgeFault, BridgeState, BridgeView } from './view.ts';

/** What all bridges of a house share. */
export interface BridgeGround {
  readonly local: LocalBroker;
  readonly store: BridgeStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  /** The name of this machine, for client ids. */
  readonly machine: string;
  /** Which house this is, wherever it may be known. */
  readonly house: string;
  /** Where the latest message of a topic came from. */
  readonly latest: (topic: string) => { readonly origin: string; readonly by: string } | undefined;
  readonly nextSeq: () => number;
}

export interface BridgeMakings {
  readonly settings: BridgeSettings;
  readonly source: BridgeView['source'];
  readonly messages: readonly BridgeMessageRow[];
  readonly receipts: readonly BridgeReceiptRow[];
}

const figuresMs = 10_000;

function localOf(local: LocalBroker, user: string | undefined, client: string): LocalBroker {
  return user === undefined ? local : new LocalView(local, { user, client });
}

export class Bridge {
  readonly #ground: BridgeGround;
  /** The house as this bridge sees it. */
  readonly #local: LocalBroker;
  readonly #makings: BridgeMakings;
  readonly #clientId: string;
  readonly #counters = new BridgeCounters();
  readonly #map: TopicMap;
  readonly #queue: OutgoingQueue;
  readonly #outbound: Outbound;
  readonly #line: Line;
  readonly #notices: Notices;
  #lastError: BridgeView['lastError'];
  #undoListening: Undo | undefined;
  #undoFigures: Undo | undefined;

  constructor(ground: BridgeGround, makings: BridgeMakings) {
    const { settings, messages, receipts } = makings;
    const { name, topics } = settings;
    this.#ground = ground;
    this.#makings = makings;
    this.#clientId = settings.clientId ?? `${name}.${ground.machine}`;
    this.#local = localOf(ground.local, settings.localUser, this.#clientId);
    this.#map = new TopicMap(topics.map(parseTopicLine).filter((line) => typeof line !== 'string'));
    const stateTopic = settings.notificationTopic ?? `$SYS/broker/connection/${this.#clientId}/state`;
    this.#notices = new Notices(ground.local, { bridge: name, clientId: this.#clientId, stateTopic });
    this.#queue = this.#makeQueue();
    this.#outbound = this.#makeOutbound();
    this.#line = this.#makeLine(stateTopic);
    this.#queue.load(messages);
    this.#line.receipts.load(receipts);
  }

  /** From now on what the remote is to have is kept. */
  listen(): void {
    const { settings } = this.#makings;
    if (!settings.enabled || this.#map.localFilters.length === 0) return;
    this.#undoListening = this.#local.listen(this.#map.localFilters, (message) =>
      this.#outbound.hear(message),
    );
  }

  deafen(): void {
    this.#undoListening?.();
    this.#undoListening = undefined;
  }

  /** Connects, and tries again for as long as it takes. */
  start(): void {
    const { settings } = this.#makings;
    this.#tellState('off');
    if (!settings.enabled) return;
    this.#tellFigures();
    this.#line.start();
  }

  /** Ends the connection; the house is still heard. Forgotten: the remote drops our session where it can. */
  async stop(isForgotten = false): Promise<void> {
    this.#undoFigures?.();
    this.#undoFigures = undefined;
    await this.#line.stop(isForgotten);
  }

  /** What the bridge that takes its place begins with. */
  handOver(): Pick<BridgeMakings, 'messages' | 'receipts'> {
    return { messages: this.#queue.rows(), receipts: this.#line.receipts.rows() };
  }

  /** Forgets what waits, on disk too, and what was said of this bridge. */
  forget(): void {
    this.deafen();
    this.#queue.clear();
    this.#line.receipts.clear();
    this.#notices.withdraw();
  }

  view(): BridgeView {
    const { settings, source } = this.#makings;
    const { password, ...shown } = settings;
    const { state, since, address, version, retryAt } = this.#line;
    return {
      name: settings.name,
      source,
      settings: shown,
      hasPassword: password !== undefined,
      clientId: this.#clientId,
      state,
      since,
      address,
      ...(state === 'connected' && { protocol: version === 5 ? 'mqttv50' : 'mqttv311' }),
      ...(retryAt !== undefined && { retryAt }),
      ...(this.#lastError !== undefined && { lastError: this.#lastError }),
      counters: this.#figures(),
    };
  }

  #figures(): BridgeFigures {
    return { ...this.#counters, queued: this.#queue.size, queuedBytes: this.#queue.bytes };
  }

  #makeQueue(): OutgoingQueue {
    const { store, clock, nextSeq } = this.#ground;
    const { name, queue } = this.#makings.settings;
    return new OutgoingQueue({
      bridge: name,
      limits: queue,
      rows: store.bridgeMessages,
      commits: store.commits,
      clock,
      counters: this.#counters,
      nextSeq,
      onReady: () => this.#line.pump(),
    });
  }

  #makeOutbound(): Outbound {
    const { house, latest } = this.#ground;
    const { name, outgoingRetain } = this.#makings.settings;
    const isFrom = (topic: string): boolean => {
      const found = latest(topic);
      return found?.origin === 'bridge' && found.by === name;
    };
    return new Outbound({
      bridge: name,
      house,
      keepsRetain: outgoingRetain,
      map: this.#map,
      queue: this.#queue,
      push: new RetainedPush(this.#local, this.#map.localFilters, isFrom),
      counters: this.#counters,
    });
  }

  #makeLine(stateTopic: string): Line {
    const { store, clock, log, random } = this.#ground;
    const { settings } = this.#makings;
    const echoes = new Echoes(clock);
    const isTold = settings.notifications && !settings.notificationsLocalOnly;
    const { commits, bridgeReceipts: rows } = store;
    return new Line({
      settings,
      clientId: this.#clientId,
      stateTopic: isTold ? stateTopic : undefined,
      map: this.#map,
      queue: this.#queue,
      outbound: this.#outbound,
      incoming: this.#makeIncoming(echoes),
      receipts: { bridge: settings.name, rows, commits },
      echoes,
      counters: this.#counters,
      clock,
      commits,
      log,
      random,
      onState: (state) => this.#tellState(state),
      onError: (fault) => this.#failed(fault),
    });
  }

  #makeIncoming(echoes: Echoes): Incoming {
    const { house } = this.#ground;
    return new Incoming({
      bridge: this.#makings.settings.name,
      house,
      map: this.#map,
      local: this.#local,
      echoes,
      counters: this.#counters,
      remoteHouse: () => this.#outbound.remoteHouse,
      isOvertaken: (topic) => this.#queue.holds(topic),
      onRefused: (message) => this.#failed({ code: 'bridge-untaken', message, params: { detail: message } }),
    });
  }

  #failed(fault: BridgeFault): void {
    this.#lastError = { at: this.#ground.clock.now(), ...fault };
    this.#notices.error(fault.message);
  }

  #tellState(state: BridgeState): void {
    if (this.#makings.settings.notifications) this.#notices.state(state === 'connected');
    if (state === 'connected') this.#notices.error('');
  }

  #tellFigures(): void {
    this.#notices.figures({ ...this.#figures() });
    this.#undoFigures = this.#ground.clock.after(figuresMs, () => this.#tellFigures());
  }
}
