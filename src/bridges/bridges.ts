// All bridges of the house: those of the configuration file and those made at run time.
import { Buffer } from 'node:buffer';
import type { Ids, Part } from '../base/index.ts';
import { Bridge, type BridgeGround } from './bridge.ts';
import { fail } from './errors.ts';
import { type BridgeMessageRow, type BridgeReceiptRow, type BridgeRow, receiptKey } from './ports.ts';
import { type BridgeSettings, parseSettings } from './settings.ts';
import { houseTopic } from './subscriber.ts';
import type { BridgeView } from './view.ts';

export interface BridgesOptions extends Omit<BridgeGround, 'nextSeq' | 'house'> {
  readonly ids: Ids;
  /** As they stand in the configuration file. */
  readonly documents: readonly unknown[];
}

const mostBridges = 50;
const houseKey = 'house.id';

/** What an earlier run left. */
interface Kept {
  readonly bridges: readonly BridgeRow[];
  readonly messages: readonly BridgeMessageRow[];
  readonly receipts: readonly BridgeReceiptRow[];
}

interface Known {
  readonly settings: BridgeSettings;
  readonly source: BridgeView['source'];
  readonly bridge: Bridge;
}

export class Bridges implements Part {
  readonly #options: BridgesOptions;
  #ground: BridgeGround;
  readonly #known = new Map<string, Known>();
  #seq = 0;
  #isRunning = false;
  #changes: Promise<void> = Promise.resolve();

  constructor(options: BridgesOptions) {
    this.#options = options;
    this.#ground = { ...options, house: '', nextSeq: () => ++this.#seq };
  }

  /**
   * Makes the bridges and lets them hear the house: call it before the broker's listeners open, so that nothing is
   * acknowledged that a bridge has not heard. Throws `bridge-invalid`.
   */
  async load(): Promise<void> {
    const { log, store } = this.#options;
    this.#ground = { ...this.#ground, house: await this.#houseId() };
    const kept: Kept = {
      bridges: await store.bridges.all(),
      messages: await store.bridgeMessages.all(),
      receipts: await store.bridgeReceipts.all(),
    };
    this.#seq = kept.messages.reduce((last, { seq }) => Math.max(last, seq), 0);
    for (const [index, document] of this.#options.documents.entries()) {
      const settings = parseSettings(document, `bridges[${index}]`);
      if (this.#known.has(settings.name)) throw twice(settings.name);
      this.#add(settings, 'file', kept);
    }
    for (const { name, settings } of kept.bridges) {
      if (this.#known.has(name)) {
        log.warn({ bridge: name }, 'the bridge of this name in the configuration file counts');
      } else this.#add(parseSettings(JSON.parse(settings), `bridge ${name}`), 'api', kept);
    }
    this.#dropStrays(kept);
  }

  async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#isRunning = true;
    const payload = Buffer.from(this.#ground.house);
    const { local } = this.#options;
    local.release({ topic: houseTopic, payload, qos: 1, retain: true, origin: 'bridge', by: '' });
    for (const { bridge } of this.#known.values()) bridge.start();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await Promise.all([...this.#known.values()].map(({ bridge }) => bridge.stop()));
  }

  list(): readonly BridgeView[] {
    return [...this.#known.values()].map(({ bridge }) => bridge.view());
  }

  /** Throws `bridge-missing`. */
  get(name: string): BridgeView {
    return this.#find(name).bridge.view();
  }

  /**
   * Makes or replaces a bridge; what waits in its queue stays there. A password that is left out stays as it was as
   * long as the user name does. Throws `bridge-invalid`, `bridge-fixed`, `bridge-limit`.
   */
  save(name: string, document: unknown): Promise<BridgeView> {
    return this.#inTurn(() => this.#save(name, document));
  }

  /** Its queue goes with it. Throws `bridge-missing`, `bridge-fixed`. */
  remove(name: string): Promise<void> {
    return this.#inTurn(() => this.#remove(name));
  }

  counters(): Readonly<Record<string, number>> {
    const views = this.list();
    const sum = (read: (view: BridgeView) => number): number =>
      views.reduce((total, view) => total + read(view), 0);
    return {
      bridges: views.length,
      bridgesConnected: sum(({ state }) => (state === 'connected' ? 1 : 0)),
      bridgeSent: sum(({ counters }) => counters.sent),
      bridgeReceived: sum(({ counters }) => counters.received),
      bridgeQueued: sum(({ counters }) => counters.queued),
      bridgeDropped: sum(({ counters }) => counters.dropped),
      bridgeMissed: sum(({ counters }) => counters.missed),
      bridgeRefused: sum(({ counters }) => counters.refused),
    };
  }

  async #save(name: string, document: unknown): Promise<BridgeView> {
    const known = this.#known.get(name);
    if (known?.source === 'file') throw fixed(name);
    if (known === undefined && this.#known.size >= mostBridges)
      throw fail('bridge-limit', `there are ${mostBridges} bridges, which is the most`);
    const settings = withPassword(parseSettings(named(document, name), `bridge ${name}`), known?.settings);
    const { store, clock } = this.#options;
    store.bridges.put({ name, settings: JSON.stringify(settings), at: clock.now() });
    await this.#committed();
    await this.#replace(settings, known);
    return this.get(name);
  }

  async #remove(name: string): Promise<void> {
    const { bridge, source } = this.#find(name);
    if (source === 'file') throw fixed(name);
    this.#known.delete(name);
    bridge.deafen();
    await bridge.stop(true);
    bridge.forget();
    this.#options.store.bridges.delete(name);
    await this.#committed();
  }

  #add(
    settings: BridgeSettings,
    source: BridgeView['source'],
    kept: Pick<Kept, 'messages' | 'receipts'>,
  ): Bridge {
    const { name } = settings;
    const messages = kept.messages.filter((row) => row.bridge === name);
    const receipts = kept.receipts.filter((row) => row.bridge === name);
    const bridge = new Bridge(this.#ground, { settings, source, messages, receipts });
    this.#known.set(name, { settings, source, bridge });
    bridge.listen();
    return bridge;
  }

  /** In one turn, so that no message is heard by both or by neither. */
  async #replace(settings: BridgeSettings, known: Known | undefined): Promise<void> {
    if (known === undefined) {
      const bridge = this.#add(settings, 'api', { messages: [], receipts: [] });
      if (this.#isRunning) bridge.start();
      return;
    }
    await known.bridge.stop();
    known.bridge.deafen();
    const bridge = this.#add(settings, 'api', known.bridge.handOver());
    await this.#committed();
    if (this.#isRunning) bridge.start();
  }

  /** Made once; it goes along with messages, so that a loop is seen wherever it closes. */
  async #houseId(): Promise<string> {
    const { store, ids } = this.#options;
    const known = (await store.meta.all()).find(({ key }) => key === houseKey);
    if (known !== undefined) return String(JSON.parse(known.value));
    const id = ids.next();
    store.meta.put({ key: houseKey, value: JSON.stringify(id) });
    return id;
  }

  #dropStrays({ messages, receipts }: Kept): void {
    const { store, log } = this.#options;
    const strays = messages.filter(({ bridge }) => !this.#known.has(bridge));
    for (const { seq } of strays) store.bridgeMessages.delete(String(seq));
    for (const { bridge, packetId } of receipts) {
      if (!this.#known.has(bridge)) store.bridgeReceipts.delete(receiptKey(bridge, packetId));
    }
    if (strays.length > 0)
      log.warn({ messages: strays.length }, 'messages of bridges that are no more, dropped');
  }

  #find(name: string): Known {
    const known = this.#known.get(name);
    if (known === undefined) throw fail('bridge-missing', `there is no bridge "${name.slice(0, 80)}"`);
    return known;
  }

  /** One change after the other. */
  #inTurn<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.#changes.then(change);
    this.#changes = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  #committed(): Promise<void> {
    const { commits } = this.#options.store;
    return new Promise((resolve) => {
      commits.whenCommitted(commits.open, resolve);
    });
  }
}

const fixed = (name: string) =>
  fail('bridge-fixed', `the bridge "${name}" stands in the configuration file; change it there`);

const twice = (name: string) =>
  fail('bridge-invalid', `bridges: there are two of the name "${name}"`, {
    details: { problems: [] },
    params: { why: 'twice' },
  });

function named(document: unknown, name: string): unknown {
  return typeof document === 'object' && document !== null && !Array.isArray(document)
    ? { ...document, name }
    : document;
}

function withPassword(settings: BridgeSettings, before: BridgeSettings | undefined): BridgeSettings {
  if (settings.password !== undefined || before?.password === undefined) return settings;
  return settings.username === before.username ? { ...settings, password: before.password } : settings;
}
