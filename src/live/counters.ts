// What the live room counts, for the counters of the house.
export interface LiveCounters {
  /** Items that were lost to slow or flooded subscriptions. */
  lagged: number;
  /** Of these, items of subscriptions that wanted every one: events that flows never hear of. */
  eventsDropped: number;
  /** Sockets closed because they did not read or answer. */
  closedSlow: number;
  /** Upgrades refused because there are too many sockets. */
  refused: number;
}
