// A connected client as people and programs see it.
import type { Client } from 'aedes';
import type { Timestamp } from '../base/index.ts';
import type { Connection } from './connection.ts';
import type { Transport } from './listeners/arrival.ts';
import { toWire } from './routing/shared-filter.ts';
import { clientParts } from './seams.ts';
import type { Traffic } from './statistics/traffic.ts';

export interface SubscriptionView {
  readonly filter: string;
  readonly qos: 0 | 1 | 2;
}

export interface ClientView {
  readonly id: string;
  /** Absent for an anonymous client. */
  readonly user?: string;
  /** 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0. */
  readonly protocolVersion: number;
  readonly transport: Transport;
  /** Empty on a unix socket. */
  readonly address: string;
  readonly connectedAt: Timestamp;
  /** Seconds; 0 is none. */
  readonly keepalive: number;
  /** Whether the session ends with the connection. */
  readonly clean: boolean;
  readonly subscriptions: readonly SubscriptionView[];
  /** Messages of QoS 1 and 2 that it has yet to acknowledge. */
  readonly inFlight: number;
  /** Messages of QoS 1 and 2 that wait to be sent to it. */
  readonly waiting: number;
  /** Since it connected. */
  readonly traffic: Readonly<Traffic>;
}

/** A kept session whose client is away. */
export interface AbsentSession {
  readonly id: string;
  readonly subscriptions: readonly SubscriptionView[];
  /** Messages in its queue. */
  readonly waiting: number;
}

export function clientViewOf(client: Client, connection: Connection, user: string | undefined): ClientView {
  const subscriptions = Object.entries(clientParts(client).subscriptions);
  const { transport, address, openedAt, keepalive, outbox } = connection;
  return {
    id: client.id,
    ...(user !== undefined && { user }),
    protocolVersion: client.version,
    transport,
    address,
    connectedAt: openedAt,
    keepalive,
    clean: client.clean,
    subscriptions: subscriptions.map(([filter, subscription]) => ({
      filter: toWire(filter),
      qos: subscription?.qos ?? 0,
    })),
    inFlight: outbox.inFlight,
    waiting: outbox.waiting,
    traffic: { ...outbox.traffic },
  };
}
