// A part of the paths that somebody else answers, requests and upgrades, before any body is read.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Credentials } from '../api/index.ts';

/** A request that the gate has let through, with the headers of every answer set. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly credentials: Credentials;
}

/** A socket whose request the gate has let through. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly credentials: Credentials;
}
/** Takes the socket over, or throws the HomeruleError that is the answer. */
export type UpgradeHandler = (upgrade: Upgrade) => void;

export interface Mount {
  /** `/red`: the path itself and everything below it. */
  readonly path: string;
  /** Whether the body may be of another type than JSON and YAML. */
  takesAnyBody(request: IncomingMessage): boolean;
  /** What it throws is answered as a problem. */
  handle(exchange: Exchange): Promise<void>;
  readonly upgrade: UpgradeHandler;
}

/** `path` without a query. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  return mounts.find((mount) => path === mount.path || path.startsWith(`${mount.path}/`));
}
