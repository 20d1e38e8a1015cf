// The proxies that may say who a connection comes from, as addresses and networks.
import { BlockList, isIP } from 'node:net';

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

export class TrustedPeers {
  readonly #list = new BlockList();

  /** `192.168.1.5`, `10.0.0.0/8`, `fd00::/8`; checked where they are configured. */
  constructor(addresses: readonly string[]) {
    for (const text of addresses) {
      const [address = '', bits] = text.split('/');
      if (bits === undefined) this.#list.addAddress(address, familyOf(address));
      else this.#list.addSubnet(address, Number(bits), familyOf(address));
    }
  }

  /** An IPv4 address that came in over an IPv6 socket is the same one. */
  has(address: string): boolean {
    const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
    return isIP(plain) !== 0 && this.#list.check(plain, familyOf(plain));
  }
}
