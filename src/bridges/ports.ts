// What the bridges ask of the broker and of the store.
import type { BatchNumber, Commits, Rows, Timestamp, Undo } from '../base/index.ts';
import type { AccessQuestion, HouseListener, Message } from '../broker/index.ts';

/** The broker of this house. */
export interface LocalBroker {
  /** Through the accept seam; returns the batch that keeps it. Throws `bad-topic`. */
  publish(message: Message): BatchNumber | undefined;
  /** To subscribers only. */
  release(message: Message): void;
  listen(filters: readonly string[], listener: HouseListener): Undo;
  retained(filter: string): Iterable<Message>;
  /** Whether this user may. */
  mayUse(question: Required<AccessQuestion>): boolean;
}

/** A bridge that was made at run time; those of the configuration file have no row. */
export interface BridgeRow {
  readonly name: string;
  /** `BridgeSettings` as JSON, with the password. */
  readonly settings: string;
  readonly at: Timestamp;
}

/** A message with QoS 1 or 2 that the remote has not taken yet. */
export interface BridgeMessageRow {
  /** Order of all that bridges keep. */
  readonly seq: number;
  readonly bridge: string;
  /** The same on every attempt, so that the remote can tell a repetition. */
  readonly packetId: number;
  /** QoS 2: the remote has it, only its release is missing. */
  readonly isReleased: boolean;
  /** As the remote knows it. */
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** `MessageProperties` as JSON (correlationData in base64), or null. */
  readonly properties: string | null;
  readonly at: Timestamp;
}

/** A QoS 2 message of the remote that we have and it has not released yet. */
export interface BridgeReceiptRow {
  readonly bridge: string;
  readonly packetId: number;
  /** Whose packet it is: identifiers mean nothing to another broker. */
  readonly address: string;
}

/** A setting of the house as JSON. */
export interface MetaRow {
  readonly key: string;
  readonly value: string;
}

export interface KeptRows<Row> extends Rows<Row> {
  /** By key. */
  all(): Promise<readonly Row[]>;
}

export interface BridgeStore {
  readonly commits: Commits;
  readonly bridges: KeptRows<BridgeRow>;
  readonly bridgeMessages: KeptRows<BridgeMessageRow>;
  /** Keyed by `receiptKey`. */
  readonly bridgeReceipts: KeptRows<BridgeReceiptRow>;
  readonly meta: KeptRows<MetaRow>;
}

export function receiptKey(bridge: string, packetId: number): string {
  return `${packetId} ${bridge}`;
}
