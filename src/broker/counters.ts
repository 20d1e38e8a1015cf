// What the broker counted since its start. Plain numbers, written where things happen.
export class BrokerCounters {
  packetsReceived = 0;
  packetsSent = 0;
  publishesReceived = 0;
  publishesSent = 0;
  /** Bytes of MQTT, without what TLS and WebSocket add. */
  bytesReceived = 0;
  bytesSent = 0;
  /** Bytes of the payloads of messages. */
  payloadBytesReceived = 0;
  payloadBytesSent = 0;
  /** Connections that were let in as far as their CONNECT. */
  socketsOpened = 0;
  /** Clients that connected since the start. */
  connected = 0;
  /** Connections refused because the peer is not this machine. */
  refusedPeers = 0;
  /** WebSocket upgrades refused by the gate, the path or the subprotocol. */
  refusedUpgrades = 0;
  /** Connections dropped because the listener was full. */
  refusedFull = 0;
  /** Connections dropped because their address opened too many in a second. */
  refusedRate = 0;
  /** Connections from trusted proxies that began without a PROXY header. */
  refusedProxies = 0;
  /** TLS handshakes that failed, and client certificates that were refused. */
  tlsFailed = 0;
  /** Connections closed because TLS, the upgrade to WebSocket or a whole CONNECT did not come in time. */
  connectTimeouts = 0;
  /** Publishes refused by the access rules. */
  deniedPublishes = 0;
  /** Messages not given to a subscriber because the access rules keep them from it. */
  deniedDeliveries = 0;
  /** Clients that came with an unknown name, a wrong password or none. */
  refusedLogins = 0;
  /** Logins not even tried because too many before were wrong. */
  pausedLogins = 0;
  /** Logins refused because too many passwords were being checked. */
  loginsOverflowed = 0;
  /** Clients cut off because their user was changed or deleted. */
  revoked = 0;
  /** Packets that broke the protocol; each closed its connection. */
  malformed = 0;
  /** Retained messages that were passed on but not kept because the store is full. */
  retainedRefused = 0;
  /** Messages pushed out of the queue of an absent client. */
  queueDropped = 0;
  /** Sessions that ended with their connection because too many were kept already. */
  sessionsRefused = 0;
  /** Sessions that ended because their client did not come back in time. */
  sessionsExpired = 0;
  /** Messages that were not sent because the client, connected, fell too far behind. */
  sendDropped = 0;
  /** Messages larger than the client takes. */
  tooLarge = 0;
  /** Messages whose life ended while they waited for a connected client. */
  expired = 0;
  /** Clients cut because they did not read. */
  stuckCut = 0;
  /** Times a client was read no further because its acknowledgements wait for a commit. */
  ackStalls = 0;
  /** Releases dropped because their topic is no topic. */
  releasesDropped = 0;
  /** Exceptions caught at a hook, a handler or the accept seam: each is a bug of ours or of aedes. */
  caught = 0;
}

/** Counters, and how full what is bounded is now. */
export interface BrokerFigures extends Readonly<BrokerCounters> {
  readonly clients: number;
  /** Open sockets, those without a CONNECT included. */
  readonly connections: number;
  readonly retainedMessages: number;
  readonly retainedBytes: number;
  readonly parkedAcks: number;
  /** Kept sessions whose client is away. */
  readonly absentSessions: number;
  /** Messages in the queues of all sessions. */
  readonly queuedMessages: number;
  /** Events of clients that nobody was told of, because too many waited. */
  readonly clientEventsDropped: number;
}
