// Binds a server to its port or path and gives it back; a taken one becomes an error that helps.
import { once } from 'node:events';
import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { connect, type ListenOptions, type Server } from 'node:net';
import { dirname } from 'node:path';
import { messageOf } from '../../base/index.ts';
import { fail } from '../errors.ts';
import type { Endpoint } from '../options.ts';

export interface ListenerName {
  /** As people say it: `MQTT`. */
  readonly name: string;
  /** The command line flag or the key that moves it. */
  readonly flag: string;
}

export interface BoundAddress {
  readonly host: string;
  readonly port: number;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function listenError(error: unknown, endpoint: Required<Endpoint>, listener: ListenerName): Error {
  const where = `${endpoint.host}:${endpoint.port}`;
  const details = { port: endpoint.port, host: endpoint.host };
  if (codeOf(error) === 'EADDRINUSE') {
    const text =
      `port ${endpoint.port} (${listener.name}) on ${endpoint.host} is taken by another program, perhaps mosquitto ` +
      `or a second Homerule; stop it (systemctl stop mosquitto) or choose another port with ${listener.flag}`;
    return fail('port-in-use', text, { details, cause: error });
  }
  const text = `cannot listen on ${where} (${listener.name}): ${messageOf(error)}; see ${listener.flag}`;
  return fail('listen-failed', text, { details, cause: error });
}

async function bound(server: Server, where: ListenOptions): Promise<void> {
  server.listen(where);
  await once(server, 'listening');
}

/** Resolves with the real address. Rejects with `port-in-use` or `listen-failed`. */
export async function listen(server: Server, at: Endpoint, listener: ListenerName): Promise<BoundAddress> {
  const endpoint = { host: at.host ?? '127.0.0.1', port: at.port };
  try {
    await bound(server, endpoint);
  } catch (error) {
    throw listenError(error, endpoint, listener);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw fail('listen-failed', 'no TCP address');
  return { host: address.address, port: address.port };
}

/** Whether a process listens there. */
async function isAnswered(path: string): Promise<boolean> {
  const probe = connect(path);
  try {
    await once(probe, 'connect');
    return true;
  } catch (error) {
    if (codeOf(error) === 'ECONNREFUSED' || codeOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    probe.destroy();
  }
}

/** Removes the socket of a process that has died; anything else is left alone. */
async function clearStale(path: string): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error('a file that is no socket is there');
  if (await isAnswered(path)) throw new Error('another process answers there');
  await rm(path, { force: true });
}

/** Makes the socket for this user only. Rejects with `listen-failed`. */
export async function listenOnPath(server: Server, path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await clearStale(path);
    await bound(server, { path });
    await chmod(path, 0o600);
  } catch (error) {
    const text = `cannot listen on ${path} (MQTT, unix socket): ${messageOf(error)}; see mqtt.socket`;
    throw fail('listen-failed', text, { details: { path }, cause: error });
  }
}
