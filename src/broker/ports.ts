// What the broker asks of the house, and what the house may ask of the broker.
import type { BatchNumber, Rows, Timestamp } from '../base/index.ts';
import type { Transport } from './listeners/arrival.ts';

/** Who a message comes from. `rule`, `api`, `flow` and `bridge` are ours. */
export type Origin = 'client' | 'rule' | 'bridge' | 'flow' | 'api';

/** MQTT 5 properties that travel with a message from end to end. */
export interface MessageProperties {
  readonly contentType?: string;
  readonly responseTopic?: string;
  readonly correlationData?: Uint8Array;
  readonly messageExpiryInterval?: number;
  readonly payloadFormatIndicator?: boolean;
  readonly userProperties?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly origin: Origin;
  /** Client id for `client`; rule id for `rule`; empty when there is none (a will of a vanished client). */
  readonly by: string;
  /** Of a flow's: how many rules and flows led to it, and the run that did. */
  readonly depth?: number;
  readonly cause?: string;
  /** It comes out of a store (a bridge's retained burst): rules are woken only if they ask for such. */
  readonly stored?: boolean;
  readonly properties?: MessageProperties;
}

/**
 * The accept seam: called once for every accepted publish, after the ACL and QoS 2 de-duplication and before routing.
 * Returns the batch whose commit the acknowledgement must wait for, or undefined when it need not wait.
 * Synchronous; must not throw and must not call back into the broker.
 */
export type Accept = (message: Message) => BatchNumber | undefined;

/** A retained message as it is kept over restarts. */
export interface RetainedRow {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
  /** `MessageProperties` as JSON (correlationData in base64), or null. */
  readonly properties: string | null;
  readonly at: Timestamp;
  /** Who published it: empty for an anonymous client, null for the house and for what an older house kept. */
  readonly user: string | null;
  readonly client: string | null;
}

export type RetainedRows = Rows<RetainedRow>;

/** A user as it is kept. Administrators may use every topic, all others their own and what rules grant. */
export interface UserRow {
  readonly name: string;
  readonly role: 'admin' | 'editor' | 'viewer' | 'device';
  /** The hash, in a notation of mosquitto's password files. */
  readonly password: string;
  readonly enabled: boolean;
  readonly createdAt: Timestamp;
  readonly changedAt: Timestamp;
}

/** A rule of access as it is kept. */
export interface AclRow {
  readonly id: string;
  /** The name of a user, or `*` for everybody who has one; then `%u` and `%c` stand for the user and the client id. */
  readonly user: string;
  readonly access: 'read' | 'write' | 'readwrite' | 'deny';
  readonly filter: string;
  readonly at: Timestamp;
}

/** Why a connection ended. `left`: the client said so. `lost`: it did not, the network did. */
export type Ending =
  | 'left'
  | 'lost'
  | 'silent'
  | 'protocol-error'
  | 'taken-over'
  | 'too-slow'
  | 'ended'
  | 'revoked'
  | 'stopped';

interface ClientFacts {
  readonly client: string;
  /** Absent for an anonymous client. Of one that was not let in, the name it gave. */
  readonly user?: string;
  readonly at: Timestamp;
  /** Empty on a unix socket. */
  readonly address: string;
  readonly listener: Transport;
  readonly protocol: '3.1' | '3.1.1' | '5.0';
}

/** Something a client did, for rules, audit, logs and live views. */
export type ClientEvent =
  | ({ readonly kind: 'connected' } & ClientFacts)
  | ({ readonly kind: 'disconnected'; readonly reason: Ending } & ClientFacts)
  | ({ readonly kind: 'subscribed' | 'unsubscribed'; readonly filters: readonly string[] } & ClientFacts)
  /** It may not connect, leave its will, publish or subscribe there. */
  | ({
      readonly kind: 'denied';
      readonly what: 'connect' | 'will' | 'publish' | 'subscribe';
      /** A topic or a filter; empty for `connect`. */
      readonly topic: string;
      readonly reason: string;
    } & ClientFacts)
  /** A connection was turned away before it said who it is. */
  | { readonly kind: 'refused'; readonly reason: string; readonly at: Timestamp; readonly address: string };
