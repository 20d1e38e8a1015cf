// From a host to the addresses that may be called: asked once, and the connection goes to one of these and no other, so
// that a name cannot turn into another address in between.
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { messageOf } from '../base/index.ts';
import type { AddressPolicy } from './address-policy.ts';
import { fail } from './errors.ts';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Asks for all addresses of a name. */
export type Lookup = (host: string) => Promise<readonly Address[]>;

export const systemLookup: Lookup = (host) => lookup(host, { all: true, verbatim: true });

/** Of a URL: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

async function addressesOf(host: string, ask: Lookup): Promise<readonly Address[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  try {
    return await ask(host);
  } catch (error) {
    throw fail('http-unreachable', `"${host}" has no address: ${messageOf(error)}`, { cause: error });
  }
}

/** Throws `http-unreachable` and `http-address-refused`. */
export async function resolve(host: string, policy: AddressPolicy, ask: Lookup): Promise<readonly Address[]> {
  const addresses = await addressesOf(host, ask);
  const allowed = addresses.filter(({ address }) => policy.allows(host, address));
  if (allowed.length > 0) return allowed;
  const found = addresses.map(({ address }) => address).join(', ');
  throw fail(
    'http-address-refused',
    `"${host}" (${found}) is not on the public Internet; http.allow in the configuration names what else may be called`,
  );
}

/** For a socket: the addresses that were found, whatever it asks for. */
export function pinned(addresses: readonly Address[]): LookupFunction {
  return (_host, options, done) => {
    const [first] = addresses;
    if (options.all === true) done(null, [...addresses]);
    else if (first !== undefined) done(null, first.address, first.family);
  };
}
