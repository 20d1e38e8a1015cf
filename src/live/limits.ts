// Bounds of the live protocol. Worst case of one socket: `bufferedBytes`, one batch per subscription and the items
// that its subscriptions hold.
export const liveLimits = {
  sockets: 100,
  /** Of one message from the client. */
  requestBytes: 64 * 1024,
  /** Node-RED has one connection for all its nodes. */
  subscriptionsPerSocket: 500,
  itemsPerSubscription: 1000,
  /** Of one that wants every item; in characters of JSON as well. */
  eventsPerSubscription: 5000,
  eventCharacters: 16 * 1024 * 1024,
  /** At most ten batches a second for each subscription. */
  batchEveryMs: 100,
  /** Of JSON; what does not fit goes with the next batch. */
  batchCharacters: 256 * 1024,
  /** A socket with more than this unsent is slow: its items are counted, not queued. */
  bufferedBytes: 1024 * 1024,
  /** Answers to requests may go on up to this; beyond, the client asks without reading and is cut off. */
  answeredBytes: 2 * 1024 * 1024,
  /** A socket that is slow for this long is closed. */
  slowForMs: 30_000,
  pingEveryMs: 30_000,
  /** For the closing handshake at stop. */
  closeWithinMs: 500,
} as const;
