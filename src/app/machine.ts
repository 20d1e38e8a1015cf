// The computer under the house, as it tells people of it: addresses, disk, how late the event loop is, the certificate.
// Looked at only when somebody asks, and then for ten seconds at the most.
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { MachineView } from '../api/index.ts';
import type { Timestamp } from '../base/index.ts';
import { type Config, certificatePaths } from '../config/index.ts';
import type { Ground } from './ground.ts';

const freshMs = 10_000;
const resolutionMs = 20;
/** Networks of containers and virtual machines: nothing in the house finds us there. */
const virtual = /^(?:docker|br-|veth|virbr|vmnet|cni|flannel|podman|lxc)/;

/** Smaller is more likely to be what a device in the house must say. */
function rankOf(name: string, { address, family }: NetworkInterfaceInfo): number {
  const isVirtual = virtual.test(name) ? 100 : 0;
  if (family === 'IPv6') return isVirtual + 10;
  const networks = [/^192\.168\./, /^10\./, /^172\.(?:1[6-9]|2\d|3[01])\./];
  const found = networks.findIndex((network) => network.test(address));
  return isVirtual + (found < 0 ? networks.length : found);
}

/** Those that a device could use, the likeliest first. Link-local ones change and are nothing to type. */
export function ownAddresses(interfaces: NodeJS.Dict<readonly NetworkInterfaceInfo[]>): readonly string[] {
  const all = Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos
      .filter(({ internal, address }) => !internal && !/^(?:fe80:|169\.254\.)/i.test(address))
      .map((info) => ({ address: info.address, rank: rankOf(name, info) })),
  );
  return all.toSorted((a, b) => a.rank - b.rank).map(({ address }) => address);
}

/** Says nothing to others. */
const loopback = /^(?:localhost|127\..*|::1)$/;

/** IPv6 comes with all its zeros. */
function shortName(name: string): string {
  const url = name.includes(':') ? URL.parse(`http://[${name}]`) : null;
  return url === null ? name : url.hostname.slice(1, -1);
}

function diskOf(folder: string): MachineView['disk'] {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return undefined; // some systems do not say
  }
}

/** Undefined without one, and for one that cannot be read: the broker has said why. */
function certificateOf({ data, tls }: Config): MachineView['certificate'] {
  const own = certificatePaths(data);
  const path = tls.cert ?? own.cert;
  if (!existsSync(path)) return undefined;
  try {
    const { subjectAltName = '', validTo } = new X509Certificate(readFileSync(path));
    const names = subjectAltName
      .split(', ')
      .map((name) => shortName(name.replace(/^(?:DNS|IP Address):/, '')));
    const isOwn = path === own.cert && existsSync(own.ca);
    return {
      names: names.filter((name) => name !== '' && !loopback.test(name)),
      endsAt: Date.parse(validTo),
      isOwn,
    };
  } catch {
    return undefined;
  }
}

export class Machine {
  readonly #ground: Ground;
  #delay: ReturnType<typeof monitorEventLoopDelay> | undefined;
  #seen: { readonly at: Timestamp; readonly view: MachineView } | undefined;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  async start(): Promise<void> {
    this.#delay = monitorEventLoopDelay({ resolution: resolutionMs });
    this.#delay.enable();
  }

  async stop(): Promise<void> {
    this.#delay?.disable();
    this.#delay = undefined;
  }

  view(): MachineView {
    const now = this.#ground.clock.now();
    if (this.#seen === undefined || Math.abs(now - this.#seen.at) > freshMs)
      this.#seen = { at: now, view: this.#look() };
    return this.#seen.view;
  }

  #look(): MachineView {
    const { config } = this.#ground;
    const [disk, certificate] = [diskOf(config.data), certificateOf(config)];
    return {
      addresses: ownAddresses(networkInterfaces()),
      memoryBytes: process.memoryUsage.rss(),
      loopDelayMs: this.#loopDelay(),
      ...(disk && { disk }),
      ...(certificate && { certificate }),
    };
  }

  /** Since somebody last asked. */
  #loopDelay(): number {
    const delay = this.#delay;
    if (delay === undefined || delay.count === 0) return 0;
    const late = delay.percentile(99) / 1e6 - resolutionMs;
    delay.reset();
    return Math.max(0, Math.round(late));
  }
}
