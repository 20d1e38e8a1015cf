// The web side of the house, and where all its listeners can be reached.
import { join } from 'node:path';
import type { House, SystemView } from '../api/index.ts';
import { certificatePaths, packageRoot, socketPath } from '../config/index.ts';
import { HttpServer } from '../http/index.ts';
import type { LiveServer } from '../live/index.ts';
import { makeFlowsProxy } from './flows.ts';
import type { Parts } from './parts.ts';

/** Where one listener of the running house can be reached. */
export interface HouseAddress {
  readonly kind: SystemView['listeners'][number]['kind'];
  readonly url: string;
}

const webDir = join(packageRoot(), 'web/dist');

export function makeHttp(parts: Parts, house: House, liveServer: LiveServer): HttpServer {
  const { ground, broker, running } = parts;
  const flowsProxy = makeFlowsProxy(parts, house);
  running.flowsProxy = flowsProxy;
  const { config, clock, log, gate, version } = ground;
  return new HttpServer({
    door: house,
    host: config.http.host,
    port: config.http.port,
    socketPath: socketPath(config.data),
    webDir,
    authority: certificatePaths(config.data).ca,
    gate,
    upgrades: {
      '/api/v1/live': (upgrade) => liveServer.handleUpgrade(upgrade),
      '/mqtt': ({ request, socket, head }) => broker.handleUpgrade(request, socket, head),
    },
    mounts: flowsProxy.mounts(),
    clock,
    log,
    version,
  });
}

export function addressesOf({ ground, broker, running }: Parts): HouseAddress[] {
  const { config } = ground;
  const { mqtt, mqtts, ws, wss, unix } = broker.addresses();
  const at = (host: string, port: number | undefined): string =>
    `${host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`;
  return [
    { kind: 'mqtt', url: `mqtt://${at(config.mqtt.host, mqtt?.port)}` },
    ...(mqtts ? [{ kind: 'mqtts' as const, url: `mqtts://${at(config.mqtts.host, mqtts.port)}` }] : []),
    { kind: 'ws', url: `ws://${at(config.ws.host, ws?.port)}/mqtt` },
    ...(wss ? [{ kind: 'wss' as const, url: `wss://${at(config.wss.host, wss.port)}/mqtt` }] : []),
    ...(unix ? [{ kind: 'unix' as const, url: `unix:${unix}` }] : []),
    { kind: 'http', url: `http://${at(config.http.host, running.http?.port)}` },
    { kind: 'socket', url: socketPath(config.data) },
  ];
}
