// What sessions ask of the store: six tables whose rows are read once, at start. Keys are texts of the first column.
import type { Rows, Timestamp } from '../../base/index.ts';

export interface LoadableRows<Row> extends Rows<Row> {
  /** Every row, by key. */
  all(): Promise<readonly Row[]>;
}

export interface CancellableRows<Row> extends LoadableRows<Row> {
  /** Forgets a row that was put for the first time in the open batch, as if it had never been. */
  cancel(key: string): void;
}

/** A session that outlives its connection. */
export interface SessionRow {
  readonly client: string;
  /** 0xFFFFFFFF: never. */
  readonly expirySeconds: number;
  /** Null while connected, when it never ends, and when the clock was not to be trusted. */
  readonly endsAt: Timestamp | null;
  /** Whose it is: empty for an anonymous client, null when an older house did not note it. */
  readonly user: string | null;
}

export interface SubscriptionRow {
  readonly id: number;
  readonly client: string;
  readonly filter: string;
  readonly qos: 0 | 1 | 2;
  /** The subscription options of MQTT 5 without the QoS, as bits [MQTT5-3.8.3.1]; null for older clients. */
  readonly options: number | null;
  readonly identifier: number | null;
}

/** A message that waits in one queue or more; stored once. */
export interface QueuedMessageRow {
  readonly id: number;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** `MessageProperties` as JSON, or null. */
  readonly properties: string | null;
  readonly expiresAt: Timestamp | null;
}

/** A place in the queue of one session; they are delivered in order of `seq`. */
export interface QueueRow {
  readonly seq: number;
  readonly client: string;
  /** The message; null when the receiver has it and a PUBREL stands in its place. */
  readonly message: number | null;
  /** The packet identifier under which it was sent. */
  readonly packetId: number | null;
}

/** A QoS 2 message of a client that was accepted and not yet released by PUBREL. */
export interface ReceiptRow {
  readonly id: number;
  readonly client: string;
  readonly packetId: number;
}

export interface WillRow {
  readonly client: string;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly properties: string | null;
  /** How long a client that was connected when the house fell may take to come back. */
  readonly holdMs: number;
  /** When it is to be published; null while its client is connected. */
  readonly dueAt: Timestamp | null;
  /** As that of a session. */
  readonly user: string | null;
}

export interface SessionTables {
  readonly sessions: LoadableRows<SessionRow>;
  readonly subscriptions: LoadableRows<SubscriptionRow>;
  readonly queuedMessages: CancellableRows<QueuedMessageRow>;
  readonly queues: CancellableRows<QueueRow>;
  readonly receipts: LoadableRows<ReceiptRow>;
  readonly wills: LoadableRows<WillRow>;
}

const nowhere = {
  put: () => undefined,
  delete: () => undefined,
  cancel: () => undefined,
  all: async () => [],
};

/** Tables that keep nothing: sessions end with the process. */
export const noTables: SessionTables = {
  sessions: nowhere,
  subscriptions: nowhere,
  queuedMessages: nowhere,
  queues: nowhere,
  receipts: nowhere,
  wills: nowhere,
};
