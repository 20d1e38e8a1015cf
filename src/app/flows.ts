// Node-RED in the running house: where it finds the house, and what it may have of it.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { HouseDoor } from '../api/index.ts';
import { parseDuration } from '../base/index.ts';
import { packageRoot, processEnvironment, socketPath } from '../config/index.ts';
import { FlowSeeds, Flows, type FlowsHouse, FlowsProxy, SeedLibrary } from '../flows/index.ts';
import type { Base, Parts } from './parts.ts';

/** In the store of secrets, so that a backup holds it. */
const secretName = 'node-red-credentials';
/** What its process gets of our environment. */
const passedOn = ['PATH', 'TZ', 'LANG', 'http_proxy', 'https_proxy', 'no_proxy'] as const;

function environment(): Record<string, string> {
  const all = processEnvironment();
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = all[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Over the network: whoever comes by the unix socket is the owner. */
function urlOf({ ground, running }: Base): string {
  const { host } = ground.config.http;
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${running.http?.port ?? 0}`;
}

function houseOf(base: Base): FlowsHouse {
  const { home, running, ground } = base;
  return {
    link: () => ({ url: urlOf(base), token: running.house?.entry.flowsToken ?? '' }),
    credentialSecret: () => {
      const known = home.secrets.value(secretName);
      if (known !== undefined) return known;
      const value = randomBytes(32).toString('base64url');
      home.secrets.put({ name: secretName, value, changedAt: ground.clock.now() });
      return value;
    },
    noted: ({ isRefused, ...deed }) => {
      const entry = { ...deed, address: '', outcome: isRefused ? 'refused' : 'done' } as const;
      if (isRefused) running.house?.audit.count(entry);
      else void running.house?.audit.write(entry);
    },
  };
}

export function makeFlows(base: Base): Flows {
  const { config, clock, log } = base.ground;
  const { enabled, memory, palette, patience } = config.flows;
  return new Flows({
    isEnabled: enabled,
    dataDir: config.data,
    socket: socketPath(config.data, 'flows.sock'),
    nodesDir: join(packageRoot(), 'dist/flows/nodes'),
    memoryMb: memory,
    patienceMs: parseDuration(patience),
    mayInstall: palette,
    environment: environment(),
    house: houseOf(base),
    clock,
    log,
  });
}

/** For the HTTP server, which comes when there is somebody to ask who may. */
export function makeFlowsProxy({ ground, flows }: Parts, door: HouseDoor): FlowsProxy {
  return new FlowsProxy({ flows, door, clock: ground.clock, publicPaths: ground.config.flows.public });
}

export function makeFlowSeeds({ flows }: Parts): FlowSeeds {
  return new FlowSeeds({ library: new SeedLibrary(join(packageRoot(), 'flows')), flows });
}
