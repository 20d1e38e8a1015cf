// A broker on free ports with doubles all round.
import { type Logger, SystemClock, silentLogger, type Timestamp } from '../../src/base/index.ts';
import {
  Broker,
  type BrokerOptions,
  type ClientEvent,
  type Message,
  type RetainedRow,
} from '../../src/broker/index.ts';
import { ManualCommits } from './commits.ts';
import { RawClient } from './raw-client.ts';

/** Rows kept in a map, as a disk would keep them. */
export class RetainedRowsDouble {
  readonly rows = new Map<string, RetainedRow>();

  put(row: RetainedRow): void {
    this.rows.set(row.topic, row);
  }

  delete(topic: string): void {
    this.rows.delete(topic);
  }
}

export interface LogLine {
  readonly level: keyof Logger;
  readonly fields: object;
  readonly text: string;
}

/** A logger that remembers. */
export function recordingLogger(lines: LogLine[]): Logger {
  const at =
    (level: keyof Logger) =>
    (fields: object, text: string): void => {
      lines.push({ level, fields, text });
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

export interface TestBroker {
  readonly broker: Broker;
  /** Everything that passed the accept seam. */
  readonly accepted: Message[];
  readonly commits: ManualCommits;
  readonly retained: RetainedRowsDouble;
  readonly events: ClientEvent[];
  readonly mqttPort: number;
  readonly wsPort: number;
  stop(): Promise<void>;
}

export interface TestBrokerOptions extends Partial<BrokerOptions> {
  readonly commits?: ManualCommits;
  readonly rows?: RetainedRowsDouble;
}

/** `accept` takes everything and waits for nothing unless the test says otherwise. */
export async function startBroker(options: TestBrokerOptions = {}): Promise<TestBroker> {
  const accepted: Message[] = [];
  const events: ClientEvent[] = [];
  const commits = options.commits ?? new ManualCommits();
  const retained = options.rows ?? new RetainedRowsDouble();
  const inner = options.accept ?? (() => undefined);
  const broker = new Broker({
    listeners: { mqtt: { port: 0 }, ws: { port: 0 } },
    gate: { hosts: [], origins: [], machine: 'house' },
    loadRetained: async () => [...retained.rows.values()],
    clock: new SystemClock(),
    log: silentLogger,
    ...options,
    commits,
    retained,
    accept: (message) => {
      accepted.push(message);
      return inner(message);
    },
  });
  await broker.start(new AbortController().signal);
  broker.onEvent((event) => events.push(event));
  const { mqtt, ws } = broker.addresses();
  return {
    broker,
    accepted,
    commits,
    retained,
    events,
    mqttPort: mqtt?.port ?? 0,
    wsPort: ws?.port ?? 0,
    stop: () => broker.stop(),
  };
}

/** Waits until so many clients are connected. */
export async function untilClients(house: TestBroker, count: number): Promise<void> {
  while (house.broker.clients().length !== count) {
    await new Promise<void>((resolve) => {
      const undo = house.broker.onEvent(() => {
        undo();
        resolve();
      });
    });
  }
}

/** Waits until a client holds this subscription; whether it does is asked after each round trip of a client of ours. */
export async function untilSubscribed(house: TestBroker, filter: string): Promise<void> {
  const probe = await RawClient.open(house.mqttPort, { id: 'probe' });
  const isThere = (): boolean =>
    house.broker.clients().some((client) => client.subscriptions.some((found) => found.filter === filter));
  while (!isThere()) await probe.settled();
  probe.destroy();
}

export const someTime: Timestamp = Date.UTC(2026, 0, 15, 12);
