// Which address devices are told, from where the house listens, what the machine is called, and how the page was found.
import { describe, expect, test } from 'vitest';
import { reachOf } from '../../web/src/system/reach.ts';

const own = ['192.168.1.5', '172.17.0.1', 'fd00::5'];

interface Case {
  readonly what: string;
  readonly listens: string | undefined;
  readonly page: string;
  readonly addresses: readonly string[];
  readonly isAlone?: boolean;
  readonly machine?: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: 'everywhere, opened at the machine',
    listens: 'mqtt://0.0.0.0:1884',
    page: 'localhost',
    addresses: ['192.168.1.5', '172.17.0.1'],
  },
  {
    what: 'everywhere, IPv6 too',
    listens: 'mqtt://[::]:1884',
    page: '127.0.0.1',
    addresses: ['192.168.1.5', '172.17.0.1', '[fd00::5]'],
  },
  {
    what: 'everywhere, opened by another of its addresses',
    listens: 'mqtt://0.0.0.0:1884',
    page: '172.17.0.1',
    addresses: ['172.17.0.1', '192.168.1.5'],
  },
  {
    what: 'in a container, opened by the address of its host',
    listens: 'mqtt://0.0.0.0:1884',
    machine: ['172.18.0.2'],
    page: '192.168.1.9',
    addresses: ['192.168.1.9', '172.18.0.2'],
  },
  {
    what: 'everywhere, opened by a name',
    listens: 'mqtt://0.0.0.0:1884',
    page: 'house.local',
    addresses: ['192.168.1.5', '172.17.0.1', 'house.local'],
  },
  {
    what: 'everywhere, opened by the word for that',
    listens: 'mqtt://0.0.0.0:1884',
    page: '0.0.0.0',
    addresses: ['192.168.1.5', '172.17.0.1'],
  },
  {
    what: 'one address',
    listens: 'mqtt://10.0.0.3:1884',
    page: 'localhost',
    addresses: ['10.0.0.3'],
  },
  {
    what: 'this machine only',
    listens: 'mqtt://localhost:1884',
    page: '192.168.1.5',
    addresses: [],
    isAlone: true,
  },
];

describe('a broker that listens', () => {
  test.each(cases)('$what', ({ listens = '', page, addresses, isAlone = false, machine = own }) => {
    const system = {
      listeners: [{ kind: 'mqtt' as const, address: listens }],
      machine: { addresses: machine, memoryBytes: 1, loopDelayMs: 0 },
    };
    const reach = reachOf({ system, kind: 'mqtt', usualPort: 1883, pageHost: page });
    expect(reach).toEqual({ addresses, port: 1884, isAlone });
    expect(reach.addresses.some((address) => /0\.0\.0\.0|\[::\]/.test(address))).toBe(false);
  });

  test('is not known before the house has answered', () => {
    const reach = reachOf({ system: undefined, kind: 'mqtt', usualPort: 1883, pageHost: 'localhost' });
    expect(reach).toEqual({ addresses: [], port: 1883, isAlone: false });
  });
});
