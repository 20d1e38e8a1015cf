// `homerule certificate`: what it makes is what Node, OpenSSL and mosquitto's clients take.
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testWith } from '../support/peers.ts';
import { invoke } from './invoke.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'homerule-certificate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, 'tls', name);
const read = (name: string): X509Certificate => new X509Certificate(readFileSync(path(name)));

async function make(...flags: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await invoke(['certificate', '--data', folder, '--json', ...flags]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Record<string, unknown>;
}

const daysOf = ({ validFrom, validTo }: X509Certificate): number =>
  (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;

test('the first call makes a CA and a certificate for this machine', async () => {
  const told = await make();
  const [ca, house] = [read('ca.pem'), read('house.pem')];
  expect(told).toMatchObject({
    cert: path('house.pem'),
    ca: path('ca.pem'),
    names: expect.arrayContaining(['localhost']),
  });
  expect(house.verify(ca.publicKey) && house.checkIssued(ca) && ca.ca && !house.ca).toBe(true);
  expect([daysOf(ca), daysOf(house)]).toEqual([7300, 397]);
  expect(house.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  const machine = hostname().toLowerCase().split('.')[0];
  expect(house.checkHost('localhost')).toBe('localhost');
  expect(house.checkHost(`${machine}.local`)).toBe(`${machine}.local`);
  expect(house.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(house.checkIP('::1')).toBe('::1');
  for (const name of ['house.key', 'ca.key']) expect(statSync(path(name)).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'tls')).mode & 0o777).toBe(0o700);
});

test('a later call renews the certificate under the same CA', async () => {
  await make();
  const [ca, house] = [read('ca.pem'), read('house.pem')];
  await make('--name', 'attic.local');
  expect(read('ca.pem').fingerprint256).toBe(ca.fingerprint256);
  expect(read('house.pem').serialNumber).not.toBe(house.serialNumber);
  expect(read('house.pem').checkHost('attic.local')).toBe('attic.local');
  expect(read('house.pem').checkIssued(ca)).toBe(true);
});

test('names outside the home are for the CA to know from its beginning', async () => {
  await make();
  const late = await invoke(['certificate', '--data', folder, '--name', 'panel.example']);
  expect(late).toMatchObject({ code: 2, err: expect.stringContaining('--new-ca') });
  await make('--new-ca', '--name', 'panel.example', '203.0.113.9');
  await make();
  expect(read('house.pem').checkHost('panel.example')).toBe('panel.example');
  expect(read('house.pem').checkIP('203.0.113.9')).toBe('203.0.113.9');
});

test.each([
  ['--name', 'not a name'],
  ['--name', 'http://a'],
  ['--client', '../ca'],
  ['--client', 'a/b'],
  ['--client', ''],
])('%s "%s" is wrong usage', async (flag, value) => {
  await make();
  expect(await invoke(['certificate', '--data', folder, flag, value])).toMatchObject({ code: 2 });
});

test('a client certificate needs a CA', async () => {
  const { code, err } = await invoke(['certificate', '--data', folder, '--client', 'lamp']);
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining('run `homerule certificate` first'),
  });
  await make();
  await make('--client', 'lamp');
  const lamp = read('clients/lamp.pem');
  expect(lamp.subject).toBe('CN=lamp');
  expect(lamp.checkIssued(read('ca.pem'))).toBe(true);
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const testWithOpenssl = testWith('openssl', hasOpenssl, 'apt install openssl');

function verify(...argv: string[]): string {
  const { stdout, stderr } = spawnSync('openssl', [
    'verify',
    '-x509_strict',
    '-CAfile',
    path('ca.pem'),
    ...argv,
  ]);
  return `${stdout}${stderr}`;
}

testWithOpenssl('OpenSSL finds no fault, and sees what each is for', async () => {
  await make('--name', 'panel.example', '203.0.113.9', '2001:db8::9');
  await make('--client', 'lamp');
  expect(verify('-purpose', 'sslserver', path('house.pem'))).toBe(`${path('house.pem')}: OK\n`);
  expect(verify('-purpose', 'sslclient', path('clients/lamp.pem'))).toMatch(/OK\n$/);
  expect(verify('-purpose', 'sslclient', path('house.pem'))).toMatch(/unsuitable certificate purpose/);
  expect(verify('-verify_hostname', 'panel.example', path('house.pem'))).toMatch(/OK\n$/);
});
