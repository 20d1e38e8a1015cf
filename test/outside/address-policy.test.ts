// Which addresses rules may call, in every notation that a URL or a resolver may give them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AddressPolicy, resolve } from '../../src/outside/index.ts';

const strict = new AddressPolicy([]);

const refused = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.255', '192.0.0.1', '192.0.2.1', '192.168.0.1', '198.18.0.1', '198.51.100.7'],
  ...['203.0.113.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1'],
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '0:0:0:0:0:ffff:c0a8:0101', '::ffff:0:0'],
  ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', '3fff::1', 'no address', ''],
];

const allowed = [
  ...['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.167.255.255', '223.5.5.5', '100.128.0.1'],
  ...['2606:4700::1111', '2400:3200::1', '::ffff:8.8.8.8', '2001:4860:4860::8888'],
];

describe('the public Internet and nothing else', () => {
  test.each(refused)('%s is refused', (address) => expect(strict.allows('host', address)).toBe(false));
  test.each(allowed)('%s is allowed', (address) => expect(strict.allows('host', address)).toBe(true));

  test('no private address gets through in the clothes of IPv6', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(fc.constantFrom(10, 127), byte, byte, byte), ([a, b, c, d]) => {
        const hex = (high: number, low: number): string => (high * 256 + low).toString(16);
        expect(strict.allows('host', `::ffff:${a}.${b}.${c}.${d}`)).toBe(false);
        expect(strict.allows('host', `::ffff:${hex(a, b)}:${hex(c, d)}`)).toBe(false);
      }),
    );
  });
});

test('the configuration names what else may be called', () => {
  const policy = new AddressPolicy(['192.168.1.0/24', '10.0.0.7', 'fd00::/8', 'NAS.local']);
  expect(policy.allows('x', '192.168.1.77')).toBe(true);
  expect(policy.allows('x', '::ffff:192.168.1.77')).toBe(true);
  expect(policy.allows('x', '10.0.0.7')).toBe(true);
  expect(policy.allows('x', 'fd12::1')).toBe(true);
  expect(policy.allows('nas.LOCAL', '172.16.0.9')).toBe(true);
  expect(policy.allows('x', '192.168.2.1')).toBe(false);
  expect(policy.allows('x', '10.0.0.8')).toBe(false);
  expect(policy.allows('nas.local.evil.example', '172.16.0.9')).toBe(false);
});

test('of the addresses of a name only those that may be called are left', async () => {
  const ask = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '8.8.8.8', family: 4 },
  ];
  expect(await resolve('mixed.example', strict, ask)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  const home = async () => [{ address: '192.168.1.1', family: 4 }];
  await expect(resolve('home.example', strict, home)).rejects.toMatchObject({ code: 'http-address-refused' });
  const none = (): Promise<never> => Promise.reject(new Error('ENOTFOUND'));
  await expect(resolve('none.example', strict, none)).rejects.toMatchObject({ code: 'http-unreachable' });
});
