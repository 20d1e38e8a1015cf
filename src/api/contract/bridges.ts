// The shapes about bridges to other brokers.
import type { Timestamp } from '../../base/index.ts';

/** `PUT /bridges/{name}`; what is left out is as the reference of the key `bridges` says. */
export interface BridgeRequest {
  /** `HOST`, `HOST:PORT` or `[IPV6]:PORT`. */
  readonly addresses: readonly string[];
  /** Lines of mosquitto: `PATTERN [in|out|both [QOS [LOCAL-PREFIX [REMOTE-PREFIX]]]]`. */
  readonly topics: readonly string[];
  readonly [more: string]: unknown;
}

/** `GET /bridges` items. */
export interface BridgeView {
  readonly name: string;
  /** `file`: stands in the configuration and can only be changed there. */
  readonly source: 'file' | 'api';
  /** As they were given, with every default filled in, without the password. */
  readonly settings: {
    readonly enabled: boolean;
    readonly addresses: readonly string[];
    readonly topics: readonly string[];
    readonly [more: string]: unknown;
  };
  readonly hasPassword: boolean;
  readonly clientId: string;
  /** `off`: switched off or stopped. `waiting`: until the next attempt. */
  readonly state: 'off' | 'connecting' | 'connected' | 'waiting' | 'idle';
  readonly since: Timestamp;
  readonly address: string;
  readonly protocol?: 'mqttv50' | 'mqttv311';
  readonly retryAt?: Timestamp;
  readonly lastError?: {
    readonly at: Timestamp;
    readonly code: string;
    readonly message: string;
    /** What the message is made of, for who says it in another language. */
    readonly params: Readonly<Record<string, string>>;
  };
  readonly counters: BridgeFigures;
}

/** What a bridge counts since the start of the process, and what waits in its queue. */
export interface BridgeFigures {
  /** Handed over to the remote, and acknowledged when QoS is above 0. */
  readonly sent: number;
  /** Taken over from the remote. */
  readonly received: number;
  readonly queued: number;
  readonly queuedBytes: number;
  /** Left the queue because it was full, oldest first. */
  readonly dropped: number;
  /** QoS 0 while there was no connection. */
  readonly missed: number;
  readonly expired: number;
  readonly refused: number;
  /** Our own, heard again. */
  readonly echoes: number;
  /** Came home through other houses or bridges. */
  readonly loops: number;
  readonly connects: number;
  readonly failures: number;
}
