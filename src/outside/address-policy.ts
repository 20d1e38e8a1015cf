// Which addresses a rule may call: those of the public Internet, and of the home what the configuration names. A rule's
// address may come from a payload, and what listens at home trusts the home.
import { BlockList, isIP } from 'node:net';

/** Of IANA's registry of special-purpose addresses: nothing there is public (RFC 6890). */
const specialIpv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Within 2000::/3, outside of which nothing is public either. */
const specialIpv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

function listOf(ipv4: typeof specialIpv4, ipv6: typeof specialIpv6): BlockList {
  const list = new BlockList();
  for (const [network, bits] of ipv4) list.addSubnet(network, bits, 'ipv4');
  for (const [network, bits] of ipv6) list.addSubnet(network, bits, 'ipv6');
  return list;
}

const special = listOf(specialIpv4, specialIpv6);
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');

/** The shortest form; an IPv4 address in the clothes of IPv6 becomes what it is. */
function plainAddress(address: string): string {
  const [bare = ''] = address.split('%');
  if (isIP(bare) !== 6) return bare;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (mapped === null) return short;
  const bytes = [mapped[1], mapped[2]].map((part) => Number.parseInt(part ?? '0', 16));
  return bytes.flatMap((word) => [word >> 8, word & 255]).join('.');
}

function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  return globalIpv6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

export class AddressPolicy {
  readonly #networks = new BlockList();
  readonly #hosts = new Set<string>();

  /** `allow`: addresses, networks (`192.168.1.0/24`) and host names of the home that may be called. */
  constructor(allow: readonly string[]) {
    for (const entry of allow) {
      const [address = '', bits] = entry.split('/');
      const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
      if (isIP(address) === 0) this.#hosts.add(entry.toLowerCase());
      else if (bits === undefined) this.#networks.addAddress(address, family);
      else this.#networks.addSubnet(address, Number(bits), family);
    }
  }

  /** Whether this address of that host may be called. */
  allows(host: string, address: string): boolean {
    const plain = plainAddress(address);
    const family = isIP(plain);
    if (family === 0) return false;
    if (isPublic(plain) || this.#hosts.has(host.toLowerCase())) return true;
    return this.#networks.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  }
}
