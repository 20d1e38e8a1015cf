// What the house says of its computer: addresses that devices can use, the likeliest first.
import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { ownAddresses } from '../../src/app/machine.ts';

function info(address: string, internal = false): NetworkInterfaceInfo {
  const more = { netmask: '', mac: '', internal, cidr: null };
  return address.includes(':')
    ? { ...more, address, family: 'IPv6', scopeid: 0 }
    : { ...more, address, family: 'IPv4' };
}

test.each([
  [
    'the home network goes before others',
    { a: [info('8.8.4.4')], b: [info('10.0.0.2')], c: [info('192.168.1.5')] },
    ['192.168.1.5', '10.0.0.2', '8.8.4.4'],
  ],
  [
    'networks of containers come last',
    { docker0: [info('172.17.0.1')], eth0: [info('172.20.0.9')] },
    ['172.20.0.9', '172.17.0.1'],
  ],
  [
    'IPv6 stands behind IPv4, link-local ones are left out',
    { eth0: [info('fe80::1'), info('fd00::5'), info('169.254.3.4'), info('10.0.0.2')] },
    ['10.0.0.2', 'fd00::5'],
  ],
  ['loopback is none', { lo: [info('127.0.0.1', true), info('::1', true)] }, []],
] as const)('%s', (_what, interfaces, addresses) => {
  expect(ownAddresses(interfaces as never)).toEqual(addresses);
});
