// A house in this process: a broker with its bridges, rows in memory that survive a restart, commits by themselves.
import {
  type BatchNumber,
  type Clock,
  type Commits,
  SystemClock,
  silentLogger,
} from '../../src/base/index.ts';
import {
  type BridgeDocument,
  type BridgeMessageRow,
  type BridgeReceiptRow,
  type BridgeRow,
  type BridgeState,
  Bridges,
  type BridgeView,
  receiptKey,
} from '../../src/bridges/index.ts';
import type { Message } from '../../src/broker/index.ts';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { ManualCommits } from '../support/commits.ts';

/** Commits at the end of the turn in which somebody waits. */
export class PromptCommits extends ManualCommits implements Commits {
  #isDue = false;

  override whenCommitted(batch: BatchNumber, done: () => void): void {
    super.whenCommitted(batch, done);
    if (this.waiting === 0 || this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.commit();
    });
  }
}

export class KeptRows<Row> {
  readonly rows = new Map<string, Row>();
  readonly #key: (row: Row) => string;
  /** Called some time after a change. */
  onChange: () => void = () => undefined;

  constructor(key: (row: Row) => string) {
    this.#key = key;
  }

  put(row: Row): void {
    this.rows.set(this.#key(row), row);
  }

  delete(key: string): void {
    this.rows.delete(key);
    setImmediate(() => this.onChange());
  }

  async all(): Promise<Row[]> {
    return [...this.rows.values()];
  }
}

/** What a house has on disk. */
export class Disk {
  readonly bridges = new KeptRows<BridgeRow>(({ name }) => name);
  readonly bridgeMessages = new KeptRows<BridgeMessageRow>(({ seq }) => String(seq));
  readonly meta = new KeptRows<{ key: string; value: string }>(({ key }) => key);
  readonly bridgeReceipts = new KeptRows<BridgeReceiptRow>(({ bridge, packetId }) =>
    receiptKey(bridge, packetId),
  );
}

export interface TestHouse {
  readonly name: string;
  readonly broker: TestBroker;
  readonly bridges: Bridges;
  readonly disk: Disk;
  readonly commits: ManualCommits;
  readonly port: number;
  /** `topic payload` of everything that was accepted under `test/`. */
  readonly heard: string[];
  publish(topic: string, payload: string, more?: Partial<Message>): void;
  /** Waits until so many messages under `test/` were accepted. */
  untilHeard(count: number): Promise<string[]>;
  untilState(bridge: string, state: BridgeState): Promise<BridgeView>;
  /** Waits until the view is as wanted; looks whenever the house says something of it. */
  until(bridge: string, isWanted: (view: BridgeView) => boolean): Promise<BridgeView>;
  /** Waits until no client is connected. */
  untilQuiet(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestHouseOptions {
  readonly name?: string;
  readonly documents?: readonly BridgeDocument[];
  readonly disk?: Disk;
  readonly commits?: ManualCommits;
  readonly clock?: Clock;
}

type Look = () => void;

/** `restartTimeout` of tests: soon. */
export const soon = { base: '100ms', cap: '200ms' } as const;

/** Looks again whenever it is told to. */
class Watch {
  readonly #looks = new Set<Look>();
  readonly look = (): void => {
    for (const each of [...this.#looks]) each();
  };

  until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isDone()) return;
        this.#looks.delete(check);
        resolve();
      };
      this.#looks.add(check);
      check();
    });
  }
}

interface Inside {
  readonly name: string;
  readonly watch: Watch;
  readonly broker: TestBroker;
  readonly commits: ManualCommits;
  readonly disk: Disk;
  readonly documents: readonly BridgeDocument[];
  readonly clock: Clock;
  readonly latest: ReadonlyMap<string, Message>;
}

async function startBridges(inside: Inside): Promise<Bridges> {
  const { name, watch, broker, commits, disk, documents, clock, latest } = inside;
  const bridges = new Bridges({
    documents,
    local: {
      publish: (message) => broker.broker.publish(message),
      release: (message) => {
        broker.broker.release(message);
        setImmediate(watch.look);
      },
      listen: (filters, listener) => broker.broker.listen(filters, listener),
      retained: (filter) => broker.broker.retained(filter),
      mayUse: (question) => broker.broker.mayUse(question),
    },
    store: { commits, ...disk },
    clock,
    log: silentLogger,
    random: () => 0,
    machine: name,
    ids: { next: () => `id-of-${name}` },
    latest: (topic) => latest.get(topic),
  });
  await bridges.load();
  await bridges.start(new AbortController().signal);
  return bridges;
}

export async function startHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const { name = 'house', documents = [], disk = new Disk(), commits = new PromptCommits() } = options;
  const heard: string[] = [];
  const latest = new Map<string, Message>();
  const watch = new Watch();
  disk.bridgeMessages.onChange = watch.look;
  const broker = await startBroker({
    commits,
    accept: (message) => {
      latest.set(message.topic, message);
      if (message.topic.startsWith('test/')) heard.push(`${message.topic} ${Buffer.from(message.payload)}`);
      setImmediate(watch.look);
      return message.qos > 0 ? commits.open : undefined;
    },
  });
  const { clock = new SystemClock() } = options;
  const inside = { name, watch, broker, commits, disk, documents, clock, latest };
  const bridges = await startBridges(inside).catch(async (error: unknown) => {
    await broker.stop();
    throw error;
  });
  const until: TestHouse['until'] = async (bridge, isWanted) => {
    await watch.until(() => isWanted(bridges.get(bridge)));
    return bridges.get(bridge);
  };
  const usual = { qos: 1, retain: false, origin: 'rule', by: '' } as const;
  return {
    name,
    broker,
    bridges,
    disk,
    commits,
    port: broker.mqttPort,
    heard,
    publish: (topic, payload, more = {}) => {
      broker.broker.publish({ ...usual, topic, payload: Buffer.from(payload), ...more });
    },
    untilHeard: async (count) => {
      await watch.until(() => heard.length >= count);
      return heard;
    },
    until,
    untilState: (bridge, state) => until(bridge, (view) => view.state === state),
    untilQuiet: () => untilClients(broker, 0),
    stop: async () => {
      await bridges.stop();
      await broker.stop();
    },
  };
}
