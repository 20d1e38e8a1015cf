// How the emulated cloud behaves where the real one is unknown, differs by account, or has limits.

export interface Conduct {
  /** A topic comes to be when somebody subscribes or publishes to it. */
  readonly createsTopics: boolean;
  /** A second MQTT connection with the same client id ends the first, as the standard says. */
  readonly takesOver: boolean;
  /** An account is shut after so many packets of QoS 2; 0: never. Each of them ends its connection. */
  readonly banAfter: number;
  /** How long a device that vanished without a word still counts as online. */
  readonly offlineAfterMs: number;
  /** Longest payload that is taken. */
  readonly payloadBytes: number;
  /** Messages a second and account; 0: as many as come. */
  readonly messagesPerSecond: number;
  /** Messages that are kept of each topic, and their bytes. */
  readonly history: number;
  readonly historyBytes: number;
  readonly topicsPerAccount: number;
  readonly connections: number;
}

/** What is known of the real one; its limits of payload and rate are not published. */
export const usualConduct: Conduct = {
  createsTopics: false,
  takesOver: false,
  banAfter: 0,
  offlineAfterMs: 60_000,
  payloadBytes: 64 * 1024,
  messagesPerSecond: 0,
  history: 5000,
  historyBytes: 1024 * 1024,
  topicsPerAccount: 1000,
  connections: 1000,
};
