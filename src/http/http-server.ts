// The HTTP part of the house: one TCP door and one unix socket with the same routes behind the same gate.
import type { HouseDoor } from '../api/index.ts';
import {
  type Clock,
  type GateOptions,
  type HomeruleError,
  type Logger,
  messageOf,
  type Part,
  ProcessIds,
} from '../base/index.ts';
import type { Entrance } from './actor.ts';
import { makeApp } from './app.ts';
import { httpError } from './errors.ts';
import { Listener } from './listener.ts';
import { Metrics } from './metrics.ts';
import type { Mount, UpgradeHandler } from './mount.ts';
import { ApiDocuments } from './openapi/documents.ts';
import { routeTable } from './route-table.ts';
import { prepareSocketPath, protectSocket } from './unix-socket.ts';
import { WebFiles } from './web-files.ts';

export interface HttpServerOptions {
  readonly door: HouseDoor;
  readonly host: string;
  /** 0: any free port; see `port`. */
  readonly port: number;
  readonly socketPath: string;
  /** Where the built web UI is, or will be. */
  readonly webDir: string;
  /** File with the certificate of the house's own CA; it may come later. */
  readonly authority?: string;
  readonly gate: GateOptions;
  /** By exact path; the gate has let the request through. */
  readonly upgrades: Readonly<Record<string, UpgradeHandler>>;
  readonly mounts: readonly Mount[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly version: string;
}

function listenError(error: unknown, host: string, port: number): HomeruleError | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    const hint = `\`ss -ltnp 'sport = :${port}'\` shows who; perhaps another Homerule`;
    return httpError('port-taken', `HTTP port ${port} on ${host} is taken (${hint})`, cause);
  }
  if (code === 'EACCES') return httpError('port-denied', `HTTP port ${port} needs more rights`, cause);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return httpError('address-missing', `this machine has no address "${host}": ${messageOf(error)}`, cause);
  }
  return undefined;
}

export class HttpServer implements Part {
  readonly #options: HttpServerOptions;
  readonly #metrics: Metrics;
  #network: Listener | undefined;
  #socket: Listener | undefined;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    this.#metrics = new Metrics();
  }

  /** The TCP port that is open; undefined before start and after stop. */
  get port(): number | undefined {
    return this.#network?.port;
  }

  async start(signal: AbortSignal): Promise<void> {
    try {
      await this.#open(signal);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const doors = [this.#network, this.#socket];
    this.#network = undefined;
    this.#socket = undefined;
    await Promise.all(doors.map((door) => door?.close()));
    this.#metrics.stop();
  }

  async #open(signal: AbortSignal): Promise<void> {
    const {
      door: house,
      clock,
      host,
      log,
      mounts,
      port,
      socketPath,
      version,
      webDir,
      authority,
    } = this.#options;
    const webFiles = new WebFiles(webDir);
    await webFiles.findIndex();
    const shared = {
      door: house,
      clock,
      ids: new ProcessIds(clock),
      log,
      documents: new ApiDocuments(routeTable, version),
      metrics: this.#metrics,
      mounts,
      webFiles,
      authority,
    };
    this.#metrics.start();
    const door = (entrance: Entrance): Listener => {
      const handle = makeApp(shared, entrance);
      const { gate, upgrades } = this.#options;
      return new Listener({ entrance, handle, upgrades, mounts, gate, clock, log });
    };
    signal.throwIfAborted();
    await prepareSocketPath(socketPath);
    this.#socket = door('socket');
    await this.#socket.open({ path: socketPath });
    await protectSocket(socketPath);
    signal.throwIfAborted();
    this.#network = door('network');
    try {
      await this.#network.open({ host, port });
    } catch (error) {
      throw listenError(error, host, port) ?? error;
    }
    signal.throwIfAborted();
  }
}
