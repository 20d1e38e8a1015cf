// The shapes about MQTT clients.
import type { Timestamp } from '../../base/index.ts';

/** `GET /clients` items: a connected client, or a kept session whose client is away; then only the first four. */
export interface ClientSummary {
  readonly id: string;
  readonly connected: boolean;
  readonly subscriptions: readonly { readonly filter: string; readonly qos: 0 | 1 | 2 }[];
  /** Messages that wait for it. */
  readonly queued: number;
  /** Absent for an anonymous client. */
  readonly user?: string;
  /** Empty on a unix socket. */
  readonly address?: string;
  readonly transport?: 'tcp' | 'tls' | 'ws' | 'wss' | 'unix';
  readonly protocol?: '3.1' | '3.1.1' | '5.0';
  readonly connectedAt?: Timestamp;
  /** Seconds; 0 is none. */
  readonly keepAlive?: number;
  /** The session ends with the connection. */
  readonly clean?: boolean;
  /** Messages of QoS 1 and 2 that it has yet to acknowledge. */
  readonly inFlight?: number;
  /** These since it connected. */
  readonly messagesIn?: number;
  readonly messagesOut?: number;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  readonly dropped?: number;
}
