// Use cases about MQTT clients: who is connected, whose session waits; end one.
import type { Actor, ClientsApi, ListOptions } from './api.ts';
import type { ClientSummary, Page } from './contract.ts';
import { fail } from './errors.ts';
import type { ClientsPort } from './ports.ts';

const defaultLimit = 200;

export class Clients implements ClientsApi {
  readonly #port: ClientsPort;

  constructor(port: ClientsPort) {
    this.#port = port;
  }

  list({ limit = defaultLimit, cursor = '' }: ListOptions): Page<ClientSummary> {
    const all = [...this.#port.connected().map(summaryOf), ...this.#port.away().map(summaryOfAway)];
    const found = all.filter(({ id }) => id > cursor).sort((a, b) => (a.id < b.id ? -1 : 1));
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return found.length > limit && last ? { items, next: last.id } : { items };
  }

  async end(_actor: Actor, id: string): Promise<void> {
    if (!this.#port.end(id)) throw fail('client-missing', `no client and no session is called "${id}"`);
  }
}

type Connected = ReturnType<ClientsPort['connected']>[number];
type Away = ReturnType<ClientsPort['away']>[number];

const protocols: Readonly<Record<number, ClientSummary['protocol']>> = { 3: '3.1', 4: '3.1.1', 5: '5.0' };

function summaryOf(client: Connected): ClientSummary {
  const { id, user, transport, address, connectedAt, clean, subscriptions, inFlight, traffic } = client;
  return {
    id,
    connected: true,
    subscriptions,
    queued: client.waiting,
    ...(user !== undefined && { user }),
    address,
    transport,
    protocol: protocols[client.protocolVersion] ?? '3.1.1',
    connectedAt,
    keepAlive: client.keepalive,
    clean,
    inFlight,
    messagesIn: traffic.publishesReceived,
    messagesOut: traffic.publishesSent,
    bytesIn: traffic.bytesReceived,
    bytesOut: traffic.bytesSent,
    dropped: traffic.dropped,
  };
}

function summaryOfAway({ id, subscriptions, waiting }: Away): ClientSummary {
  return { id, connected: false, subscriptions, queued: waiting };
}
