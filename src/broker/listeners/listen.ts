// Binds a server to its port and gives it back; a taken port becomes an error that helps.
import { once } from 'node:events';
import type { Server } from 'node:net';
import { messageOf } from '../../base/index.ts';
import { fail } from '../errors.ts';
import type { Endpoint } from '../options.ts';

export interface ListenerName {
  /** As people say it: `MQTT`. */
  readonly name: string;
  /** The command line flag that moves it. */
  readonly flag: string;
}

export interface BoundAddress {
  readonly host: string;
  readonly port: number;
}

function listenError(error: unknown, endpoint: Required<Endpoint>, listener: ListenerName): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const where = `${endpoint.host}:${endpoint.port}`;
  const details = { port: endpoint.port, host: endpoint.host };
  if (code === 'EADDRINUSE') {
    const text =
      `port ${endpoint.port} (${listener.name}) on ${endpoint.host} is taken by another program, perhaps mosquitto ` +
      `or a second Homerule; stop it (systemctl stop mosquitto) or choose another port with ${listener.flag}`;
    return fail('port-in-use', text, { details, cause: error });
  }
  const text = `cannot listen on ${where} (${listener.name}): ${messageOf(error)}; see ${listener.flag}`;
  return fail('listen-failed', text, { details, cause: error });
}

/** Resolves with the real address. Rejects with `port-in-use` or `listen-failed`. */
export async function listen(server: Server, at: Endpoint, listener: ListenerName): Promise<BoundAddress> {
  const endpoint = { host: at.host ?? '127.0.0.1', port: at.port };
  server.listen({ host: endpoint.host, port: endpoint.port });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenError(error, endpoint, listener);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw fail('listen-failed', 'no TCP address');
  return { host: address.address, port: address.port };
}
