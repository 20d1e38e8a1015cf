// Under which addresses other computers find a listener of the house; never the address that only means «all of mine».
import type { SystemView } from '../api/types.ts';

export interface Reach {
  /** As other computers must say them, the likeliest first; empty where nobody can know. */
  readonly addresses: readonly string[];
  readonly port: number;
  /** Only programs of the same machine reach it. */
  readonly isAlone: boolean;
}

type Listener = SystemView['listeners'][number];

export interface ReachQuestion {
  readonly system: Pick<SystemView, 'listeners' | 'machine'> | undefined;
  readonly kind: Listener['kind'];
  readonly usualPort: number;
  /** Under which this page was found. */
  readonly pageHost: string;
}

const loopback = /^(?:127\.|localhost$|::1$|\[::1\]$)/;
/** What a browser of the machine itself may be sent to; nobody else finds it there. */
const everywhere = /^(?:0\.0\.0\.0|\[::\])$/;
const isAddress = (host: string): boolean => /^(?:\d+\.){3}\d+$/.test(host) || host.startsWith('[');
const isV6 = (address: string): boolean => address.includes(':');
const asHost = (address: string): string =>
  isV6(address) && !address.startsWith('[') ? `[${address}]` : address;

/** Where the listener hears all addresses: those of the machine, of the kinds that it hears. */
function ownOf(host: string, addresses: readonly string[]): readonly string[] {
  if (host === '0.0.0.0') return addresses.filter((address) => !isV6(address));
  return host === '[::]' ? addresses : [host];
}

export function reachOf({ system, kind, usualPort, pageHost }: ReachQuestion): Reach {
  const listener = system?.listeners.find((one) => one.kind === kind);
  const url = listener ? URL.parse(listener.address) : null;
  const host = url?.hostname ?? '';
  const port = Number(url?.port || usualPort);
  if (loopback.test(host)) return { addresses: [], port, isAlone: true };
  const own = host === '' ? [] : ownOf(host, system?.machine.addresses ?? []).map(asHost);
  // It has led here, through a proxy or into a container too; a name stands behind the addresses.
  const page = loopback.test(pageHost) || everywhere.test(pageHost) ? [] : [pageHost];
  const addresses = page.some(isAddress) ? [...page, ...own] : [...own, ...page];
  return { addresses: [...new Set(addresses)], port, isAlone: false };
}
