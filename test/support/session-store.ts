// A persistence without a broker around it, on a clock that stands still.
import { silentLogger, type Timestamp, VirtualClock } from '../../src/base/index.ts';
import { BrokerCounters } from '../../src/broker/counters.ts';
import { type BrokerLimits, defaultLimits } from '../../src/broker/index.ts';
import type { PublishPacket } from '../../src/broker/packet.ts';
import { RetainedStore } from '../../src/broker/persistence/retained-store.ts';
import type { SessionClient } from '../../src/broker/persistence/session.ts';
import { SessionStore } from '../../src/broker/persistence/session-store.ts';
import { RetainedRowsDouble } from './broker.ts';
import { type ManualCommits, PromptCommits } from './commits.ts';
import { SessionTablesDouble } from './session-tables.ts';

/** A clock that can be set, as one is that learns the time from the network. */
export class SettableClock extends VirtualClock {
  #offset = 0;

  override now(): Timestamp {
    return super.now() + this.#offset;
  }

  set(to: Timestamp): void {
    this.#offset = to - super.now();
  }
}

export interface TestSessions {
  readonly store: SessionStore;
  readonly clock: SettableClock;
  readonly tables: SessionTablesDouble;
  readonly counters: BrokerCounters;
  /** Wills that were published. */
  readonly published: PublishPacket[];
}

export interface TestSessionsOptions {
  readonly tables?: SessionTablesDouble;
  readonly at?: Timestamp;
  readonly limits?: Partial<BrokerLimits>;
  readonly keepalive?: number;
  readonly commits?: ManualCommits;
  readonly mayPublishLater?: () => boolean;
  readonly mayQueue?: (client: string, topic: string) => boolean;
}

export const noon: Timestamp = Date.UTC(2026, 0, 15, 12);

export async function openSessions(options: TestSessionsOptions = {}): Promise<TestSessions> {
  const { tables = new SessionTablesDouble(), at = noon, keepalive = 0, mayQueue = () => true } = options;
  const clock = new SettableClock(at);
  const counters = new BrokerCounters();
  const limits = { ...defaultLimits, ...options.limits };
  const common = { clock, log: silentLogger, limits, counters };
  const store = new SessionStore({
    ...common,
    retained: new RetainedStore({ ...common, rows: new RetainedRowsDouble(), mayStay: () => true }),
    tables,
    commits: options.commits ?? new PromptCommits(),
    keepaliveOf: () => keepalive,
    mayQueue,
    userOf: () => '',
    mayPublishLater: options.mayPublishLater ?? (() => true),
  });
  const published: PublishPacket[] = [];
  await store.setup({ id: 'house', publish: (packet) => void published.push(packet) });
  await store.load();
  return { store, clock, tables, counters, published };
}

/** A client as aedes has it; `seconds` is how long its session outlives it. */
export function clientOf(id: string, seconds: number, closed = false): SessionClient & { closed: boolean } {
  return { id, clean: seconds === 0, sessionExpiryInterval: seconds, closed };
}

export function publication(topic: string, counter: number, qos: 1 | 2 = 1): PublishPacket {
  const payload = Buffer.from(`${counter}`);
  return {
    cmd: 'publish',
    topic,
    payload,
    qos,
    retain: false,
    dup: false,
    brokerId: 'house',
    brokerCounter: counter,
  };
}
