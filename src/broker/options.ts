// What the broker is built from, and its bounds.
import type { BatchNumber, Clock, Commits, GateOptions, Logger } from '../base/index.ts';
import type { AccessOptions } from './access/access-book.ts';
import type { SessionTables } from './persistence/tables.ts';
import type { Message, RetainedRow, RetainedRows } from './ports.ts';

/** Where a listener binds. Port 0 takes any free port. */
export interface Endpoint {
  /** Loopback (`127.0.0.1`) when absent. */
  readonly host?: string;
  readonly port: number;
}

/** Certificates, as files that are looked at again when they change. */
export interface TlsOptions {
  /** PEM: the certificate of the house, then those between it and its CA. */
  readonly cert: string;
  readonly key: string;
  /** PEM: the CAs of client certificates. */
  readonly ca?: string;
  /** Whether clients are asked for a certificate; one that cannot be verified is refused. Needs `ca`. */
  readonly requestCertificate?: boolean;
  /** Whether they must have one. Needs `ca`. */
  readonly requireCertificate?: boolean;
  /** Whether the common name of a client certificate is the user, in place of name and password. */
  readonly useIdentityAsUsername?: boolean;
  /** Without the files there is no TLS, and nothing is said of it until they come. */
  readonly mayBeAbsent?: boolean;
}

/** Every bound has a counter that shows when it was hit; see `BrokerCounters`. */
export interface BrokerLimits {
  /** Bytes of one MQTT packet; larger ones close the connection. */
  readonly packetBytes: number;
  /** Bytes of the payload of one PUBLISH; a larger one is refused, its connection stays. */
  readonly payloadBytes: number;
  /** Highest QoS of messages that clients publish, and that they are granted. */
  readonly qos: 0 | 1 | 2;
  /** Topic aliases of one client, and towards one client. */
  readonly topicAliases: number;
  readonly topicAliasesOut: number;
  /** Open connections for each listener. */
  readonly connections: number;
  /** Acknowledgements of one client that wait for a commit before it is read no further. */
  readonly parkedAcks: number;
  /** QoS 2 messages of one client between PUBLISH and PUBREL. */
  readonly halfOpen: number;
  readonly retainedMessages: number;
  readonly retainedBytes: number;
  /** What one absent client's session keeps; the oldest leaves first. */
  readonly queuedMessages: number;
  readonly queuedBytes: number;
  /** Kept sessions whose client is away; past it a session ends with its connection. */
  readonly pendingSessions: number;
  /** Seconds that a session may last without its client, whatever it asked for. */
  readonly sessionSeconds: number;
  /** Milliseconds from the first byte possible to a whole CONNECT. */
  readonly connectMs: number;
  /** Connections that one address may open in a second; this machine has a bound of its own. */
  readonly connectsPerSecond: number;
  readonly localConnectsPerSecond: number;
  /** Subscriptions of one client. */
  readonly subscriptions: number;
  /** Longest keep-alive, in seconds: MQTT 5 clients are told it, older ones are cut when silent for 1.5 times as long. */
  readonly keepaliveSeconds: number;
  readonly oldKeepaliveSeconds: number;
  /** Messages of QoS 1 and 2 on their way to one client; fewer when it says so. */
  readonly inFlight: number;
  /** Bytes that wait for one connected client before messages to it are dropped. */
  readonly sendBytes: number;
  /** Milliseconds that a subscriber may leave its full socket unread before it is cut. */
  readonly drainMs: number;
}

export const defaultLimits: BrokerLimits = {
  packetBytes: 1_048_576,
  payloadBytes: Number.POSITIVE_INFINITY,
  qos: 2,
  topicAliases: 10,
  topicAliasesOut: 256,
  connections: 5000,
  parkedAcks: 4096,
  halfOpen: 1000,
  retainedMessages: 50_000,
  retainedBytes: 64 * 1_048_576,
  queuedMessages: 1000,
  queuedBytes: 8 * 1_048_576,
  pendingSessions: 10_000,
  sessionSeconds: 0xffff_ffff,
  connectMs: 10_000,
  connectsPerSecond: 20,
  localConnectsPerSecond: 2000,
  subscriptions: 1000,
  keepaliveSeconds: 300,
  oldKeepaliveSeconds: 3600,
  inFlight: 1000,
  sendBytes: 1_048_576,
  drainMs: 10_000,
};

/** `conformance`: what the interoperability suite of Eclipse Paho asks of the broker that it tests. */
export type BrokerProfile = 'house' | 'conformance';

export interface BrokerOptions {
  readonly listeners: {
    readonly mqtt?: Endpoint;
    readonly ws?: Endpoint;
    /** These two open when there is a certificate. */
    readonly mqtts?: Endpoint;
    readonly wss?: Endpoint;
    /** Path of a unix socket; whoever may open it is this machine. */
    readonly unix?: string;
  };
  readonly tls?: TlsOptions;
  /** Addresses and networks (`10.0.0.0/8`) of proxies, whose connections must begin with a PROXY header. */
  readonly trustedProxies?: readonly string[];
  readonly gate: GateOptions;
  readonly accept: (message: Message) => BatchNumber | undefined;
  readonly commits: Commits;
  readonly retained: RetainedRows;
  readonly loadRetained: () => Promise<readonly RetainedRow[]>;
  /** Absent: sessions and wills end with the process. */
  readonly sessions?: SessionTables;
  /** Who may do what; anybody on this machine anything when absent. */
  readonly access?: AccessOptions;
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits?: Partial<BrokerLimits>;
  /** That of a house when absent. */
  readonly profile?: BrokerProfile;
  /** Whether a rule wants to hear this topic of `$SYS`; the others pass the rules by. */
  readonly isStatisticHeard?: (topic: string) => boolean;
  /** Shown as `$SYS/broker/version`. */
  readonly version?: string;
}
