// What this room keeps; the store implements it.
import type { Rows, Timestamp } from '../base/index.ts';

/** A payload as rows have it; read when the row is written. */
export interface RowPayload {
  readonly bytes: Uint8Array;
}

/** The latest message of a topic. A `TopicState` is one, so that none is made for each message. */
export interface StateRow {
  readonly topic: string;
  /** Empty when only length and hash are kept (see `bytes`). */
  readonly payload: RowPayload;
  /** Length of the whole payload; larger than that of `payload` when it was too big to keep. */
  readonly bytes: number;
  readonly at: Timestamp;
  /** When the bytes last became different. */
  readonly changedAt: Timestamp;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** client, rule, api, bridge or flow. */
  readonly origin: string;
  /** Client id or rule id, empty when unknown. */
  readonly by: string;
  /** The payload before the last change, if there was one. */
  readonly previous: RowPayload | undefined;
  /** When what is at each path that somebody asks about last changed; undefined when nobody asks. */
  readonly pathChanges: Readonly<Record<string, Timestamp>> | undefined;
}

/** A variable that rules share; its value as JSON. */
export interface VariableRow {
  readonly name: string;
  readonly value: string;
  readonly at: Timestamp;
  readonly by: string;
}

/** A secret in the clear; the store seals it. */
export interface SecretRow {
  readonly name: string;
  readonly value: string;
  readonly changedAt: Timestamp;
}

/** What one topic was seen to say. */
export interface ContractRow {
  readonly topic: string;
  readonly at: Timestamp;
  /** JSON. */
  readonly facts: string;
}

export type ContractRows = Rows<ContractRow>;

export type SecretRows = Rows<SecretRow>;

export type VariableRows = Rows<VariableRow>;

export type StateRows = Rows<StateRow>;

/** Who a device is in this house, for ever, and what people say of it. */
export interface DeviceRow {
  readonly id: string;
  readonly format: string;
  /** Within its format. */
  readonly key: string;
  /** Null: as it calls itself. */
  readonly name: string | null;
  readonly room: string | null;
  readonly labels: readonly string[];
  readonly hidden: boolean;
  readonly note: string;
  readonly createdAt: Timestamp;
  /** Raised by every change that people make. */
  readonly version: number;
  /** As it called itself last, for when it is gone. */
  readonly toldName: string;
}

/** The last report of a property. */
export interface DevicePropertyRow {
  readonly device: string;
  readonly property: string;
  /** JSON. */
  readonly value: string;
  readonly at: Timestamp;
  readonly changedAt: Timestamp;
  readonly origin: string;
  readonly by: string;
  readonly cause: string | null;
  readonly topic: string;
}

/** A description that people made. */
export interface DeviceMappingRow {
  readonly id: string;
  /** JSON of a description. */
  readonly document: string;
  readonly version: number;
  readonly changedAt: Timestamp;
  readonly author: string;
}

export interface DeviceRows {
  readonly devices: Rows<DeviceRow>;
  /** By `device/property`. */
  readonly deviceProperties: Rows<DevicePropertyRow>;
  readonly deviceMappings: Rows<DeviceMappingRow>;
}
