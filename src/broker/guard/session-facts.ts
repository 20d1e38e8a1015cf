// What the guard has learned of one connection from its packets, as far as later packets depend on it.
export interface SessionFacts {
  /** 3 is MQTT 3.1, 4 is 3.1.1; 0 before the CONNECT. */
  version: number;
  /** Seconds, as the CONNECT asked. */
  keepalive: number;
  /** Of CONNECT; 0 without a will. */
  willQos: number;
  /** Of CONNECT, in seconds. */
  sessionExpiry: number;
  /** Filters that the client holds or asked for; filled at its first SUBSCRIBE. */
  filters: Set<string> | undefined;
  /** How many it may hold. */
  readonly maxFilters: number;
  /** Filters of the session that the client came back to. */
  readonly heldFilters: () => Iterable<string>;
}

export function filtersOf(facts: SessionFacts): Set<string> {
  facts.filters ??= new Set(facts.heldFilters());
  return facts.filters;
}
