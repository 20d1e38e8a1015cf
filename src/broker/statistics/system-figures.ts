// The figures behind `$SYS`, taken from the parts of the broker.
import { memoryUsage } from 'node:process';
import type { Connections } from '../connections.ts';
import type { BrokerCounters } from '../counters.ts';
import type { RetainedStore } from '../persistence/retained-store.ts';
import type { SessionStore } from '../persistence/session-store.ts';
import { parseShared } from '../routing/shared-filter.ts';
import { clientParts } from '../seams.ts';
import type { SystemFigures } from './system-topics.ts';

export interface FigureSources {
  readonly counters: BrokerCounters;
  readonly connections: Connections;
  readonly retained: RetainedStore;
  readonly sessions: SessionStore;
}

/** Subscriptions of clients that are here and of kept sessions, each once. */
function countSubscriptions({ connections, sessions }: FigureSources): { all: number; shared: number } {
  let all = sessions.subscriptions.count;
  let shared = 0;
  for (const client of connections.registered) {
    const filters = Object.keys(clientParts(client).subscriptions);
    if (client.clean) all += filters.length;
    shared += filters.filter((filter) => parseShared(filter) !== undefined).length;
  }
  return { all, shared };
}

export function systemFiguresOf(sources: FigureSources): SystemFigures {
  const { counters, connections, retained, sessions } = sources;
  const subscriptions = countSubscriptions(sources);
  return {
    clientsConnected: connections.registered.size,
    clientsAway: sessions.sessions.absent,
    clientsExpired: counters.sessionsExpired,
    packetsReceived: counters.packetsReceived,
    packetsSent: counters.packetsSent,
    publishesReceived: counters.publishesReceived,
    publishesSent: counters.publishesSent,
    publishesDropped: counters.queueDropped + counters.sendDropped + counters.tooLarge + counters.expired,
    payloadBytesReceived: counters.payloadBytesReceived,
    payloadBytesSent: counters.payloadBytesSent,
    bytesReceived: counters.bytesReceived,
    bytesSent: counters.bytesSent,
    socketsOpened: counters.socketsOpened,
    connects: counters.connected,
    stored: retained.size + sessions.sessions.queued(),
    storedBytes: retained.bytes,
    retained: retained.size,
    subscriptions: subscriptions.all,
    sharedSubscriptions: subscriptions.shared,
    heapBytes: memoryUsage().heapUsed,
  };
}
