// Cures of one aedes client, from outside: maps without prototype, each packet checked, nothing thrown past the connection.
import type { Client } from 'aedes';
import { messageOf } from '../base/index.ts';
import type { Connection } from './connection.ts';
import type { BrokerCounters } from './counters.ts';
import { type PacketFault, type ParsedPacket, packetFault } from './packet-check.ts';
import { clientParts, replaceListener } from './seams.ts';

export interface GuardOptions {
  readonly counters: BrokerCounters;
  /** An exception of aedes or mqtt-packet was caught; the connection is closed. */
  readonly onCaught: (connection: Connection, error: unknown) => void;
}

function isParsed(value: unknown): value is ParsedPacket {
  return typeof value === 'object' && value !== null && 'cmd' in value && typeof value.cmd === 'string';
}

export class ClientGuard {
  readonly #options: GuardOptions;

  constructor(options: GuardOptions) {
    this.#options = options;
  }

  /** Must run before the first byte of the client is read. */
  apply(client: Client, connection: Connection): void {
    const parts = clientParts(client);
    parts.subscriptions = Object.create(null);
    parts.duplicates = Object.create(null);
    this.#guardParser(client, connection);
    // Packets that came along with CONNECT are handled when the client is connected, out of the parser's reach.
    replaceListener(client, 'connected', (inner) => () => {
      this.#attempt(client, connection, () => inner());
    });
  }

  #guardParser(client: Client, connection: Connection): void {
    const parser = clientParts(client)._parser;
    const parse = parser.parse.bind(parser);
    parser.parse = (bytes) => {
      let left = 0;
      this.#attempt(client, connection, () => {
        left = parse(bytes);
      });
      return left;
    };
    parser.on('error', () => {
      this.#options.counters.malformed++;
    });
    replaceListener(parser, 'packet', (inner) => (packet) => {
      if (this.#admits(client, connection, packet)) inner(packet);
    });
  }

  #admits(client: Client, connection: Connection, packet: unknown): boolean {
    if (connection.isRefused || !isParsed(packet)) return false;
    const { counters } = this.#options;
    counters.packetsReceived++;
    if (packet.cmd === 'publish') counters.publishesReceived++;
    const fault = packetFault(packet);
    if (fault === undefined) return true;
    this.#refuse(client, connection, fault);
    return false;
  }

  #refuse(client: Client, connection: Connection, fault: PacketFault): void {
    connection.isRefused = true;
    this.#options.counters.malformed++;
    if (client.version === 5 && client.connected) client.disconnect({ reasonCode: fault.reasonCode });
    else client.emit('error', new Error(fault.text));
  }

  #attempt(client: Client, connection: Connection, run: () => void): void {
    try {
      run();
    } catch (error) {
      connection.isRefused = true;
      this.#options.onCaught(connection, error);
      client.emit('error', error instanceof Error ? error : new Error(messageOf(error)));
    }
  }
}
