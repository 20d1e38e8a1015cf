// A broker on free ports with doubles all round.
import { type Logger, silentLogger, SystemClock, type Timestamp } from '../../src/base/index.ts';
import {
  Broker,
  type BrokerOptions,
  type ClientEvent,
  type Message,
  type RetainedRow,
} from '../../src/broker/index.ts';
import { ManualCommits } from './commits.ts';

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

export const someTime: Timestamp = Date.UTC(2026, 0, 15, 12);
