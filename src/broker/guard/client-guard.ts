// Puts the guard in front of every aedes client.
import type { Client } from 'aedes';
import type { Connection } from '../connection.ts';
import { type ClientGuardOptions, GuardedClient } from './guarded-client.ts';
import { PacketCheck } from './packet-check.ts';

export class ClientGuard {
  readonly #options: ClientGuardOptions;
  readonly #check: PacketCheck;

  constructor(options: ClientGuardOptions) {
    this.#options = options;
    this.#check = new PacketCheck(options.limits.qos);
  }

  /** Must run before the first byte of the client is read. */
  apply(client: Client, connection: Connection): void {
    new GuardedClient(client, connection, { ...this.#options, check: this.#check }).start();
  }
}
