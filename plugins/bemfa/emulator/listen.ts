// Opens a server on a port and gives it back; knows nothing of what is spoken there.
import type { Server } from 'node:net';
import { messageOf } from '../../../src/base/index.ts';
import { fail } from './errors.ts';

export interface Place {
  /** For people: `MQTT`. */
  readonly name: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/** Resolves with the port. */
export async function listen(server: Server, { name, host, port }: Place): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error) => {
    reject(fail('bemfa-port-taken', `${name} cannot listen on ${host}:${port}: ${messageOf(error)}`));
  });
  server.listen({ host, port }, () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : port);
  });
  return promise;
}

export async function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  return promise;
}
