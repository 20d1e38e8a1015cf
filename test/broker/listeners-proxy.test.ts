// PROXY headers: the table of both versions, cut at every byte, from trusted proxies and from others.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { hashPassword } from '../../src/base/index.ts';
import { parseProxyHeader } from '../../src/broker/listeners/proxy-header.ts';
import { TrustedPeers } from '../../src/broker/listeners/trusted-peers.ts';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { CertificateAuthority, CertificateFolder } from '../support/certificates.ts';
import { bytesOf, connectBytes, RawClient } from '../support/raw-client.ts';

const signature = '0d0a0d0a000d0a515549540a';
const binary = (hex: string): Buffer => Buffer.from(signature + hex.replaceAll(' ', ''), 'hex');
const text = (line: string): Buffer => Buffer.from(line, 'latin1');

const addresses4 = 'cb007109 c0a80105 c350 075b';
const addresses6 = `20010db8${'0'.repeat(23)}1 ${'0'.repeat(31)}1 c350 075b`;

const right: [string, Buffer, string | undefined][] = [
  ['v1 TCP4', text('PROXY TCP4 203.0.113.9 192.168.1.5 50000 1883\r\n'), '203.0.113.9'],
  ['v1 TCP6', text('PROXY TCP6 2001:db8::1 ::1 50000 1883\r\n'), '2001:db8::1'],
  ['v1 UNKNOWN', text('PROXY UNKNOWN\r\n'), undefined],
  ['v1 UNKNOWN with addresses', text('PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n'), undefined],
  ['v1 highest ports', text('PROXY TCP4 1.1.1.1 2.2.2.2 65535 0\r\n'), '1.1.1.1'],
  ['v2 TCP4', binary(`21 11 000c ${addresses4}`), '203.0.113.9'],
  ['v2 TCP4 with more', binary(`21 11 0011 ${addresses4} 0400 02 4142`), '203.0.113.9'],
  ['v2 TCP6', binary(`21 21 0024 ${addresses6}`), '2001:db8:0:0:0:0:0:1'],
  ['v2 LOCAL', binary('20 00 0000'), undefined],
  ['v2 LOCAL with more', binary('20 11 0003 010203'), undefined],
  ['v2 unknown family', binary('21 00 0000'), undefined],
  ['v2 unix', binary(`21 31 00d8 ${'00'.repeat(216)}`), undefined],
];

const wrong: [string, Buffer][] = [
  ['a CONNECT', connectBytes({ id: 'a' })],
  ['TLS', Buffer.from('160301', 'hex')],
  ['HTTP', text('GET /mqtt HTTP/1.1\r\n')],
  ['lower case', text('proxy TCP4 1.1.1.1 2.2.2.2 1 2\r\n')],
  ['v1 no family', text('PROXY \r\n')],
  ['v1 UDP', text('PROXY UDP4 1.1.1.1 2.2.2.2 1 2\r\n')],
  ['v1 the other family', text('PROXY TCP4 ::1 ::1 1 2\r\n')],
  ['v1 a name', text('PROXY TCP4 localhost 2.2.2.2 1 2\r\n')],
  ['v1 no ports', text('PROXY TCP4 1.1.1.1 2.2.2.2\r\n')],
  ['v1 a port too many', text('PROXY TCP4 1.1.1.1 2.2.2.2 1 2 3\r\n')],
  ['v1 a port too high', text('PROXY TCP4 1.1.1.1 2.2.2.2 65536 2\r\n')],
  ['v1 a leading zero', text('PROXY TCP4 1.1.1.1 2.2.2.2 01 2\r\n')],
  ['v1 two spaces', text('PROXY TCP4  1.1.1.1 2.2.2.2 1 2\r\n')],
  ['v1 no end in 107 bytes', text(`PROXY UNKNOWN ${'a'.repeat(120)}`)],
  ['v2 version 1', binary('11 11 000c')],
  ['v2 unknown command', binary(`22 11 000c ${addresses4}`)],
  ['v2 UDP', binary(`21 12 000c ${addresses4}`)],
  ['v2 too short for its addresses', binary('21 11 0004 01020304')],
  ['v2 too long', binary('21 11 ffff')],
];

describe('the PROXY header', () => {
  test.each(right)('%s', (_what, bytes, source) => {
    const found = parseProxyHeader(Buffer.concat([bytes, Buffer.from('rest')]));
    expect(found).toEqual(source === undefined ? { bytes: bytes.length } : { bytes: bytes.length, source });
    for (let length = 0; length < bytes.length; length++) {
      expect(parseProxyHeader(bytes.subarray(0, length))).toBe('incomplete');
    }
  });

  test.each(wrong)('not %s', (_what, bytes) => {
    expect(parseProxyHeader(bytes)).toBe('wrong');
  });

  test('has an end, whatever comes, and never takes more than is there', () => {
    const start = fc.constantFrom(
      Buffer.alloc(0),
      text('PROXY '),
      text('PROXY TCP4 '),
      binary(''),
      binary('21'),
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, tail) => {
        const bytes = Buffer.concat([head, tail]);
        const found = parseProxyHeader(bytes);
        if (typeof found === 'object') expect(found.bytes).toBeLessThanOrEqual(bytes.length);
        const more = Buffer.concat([bytes, Buffer.alloc(5000)]);
        expect(parseProxyHeader(more)).not.toBe('incomplete');
      }),
    );
  });
});

test('trusted proxies are addresses and networks, in either notation', () => {
  const trusted = new TrustedPeers(['192.168.1.5', '10.0.0.0/8', 'fd00::/8']);
  const yes = ['192.168.1.5', '::ffff:192.168.1.5', '10.255.0.1', 'fd00::1'];
  const no = ['192.168.1.6', '11.0.0.1', '::1', 'fe80::1', '', 'nonsense'];
  expect(yes.filter((address) => trusted.has(address))).toEqual(yes);
  expect(no.filter((address) => trusted.has(address))).toEqual([]);
});

const row = { name: 'guest', role: 'admin', enabled: true, createdAt: 0, changedAt: 0 } as const;
const password = await hashPassword('secret', 1);
const guests = { all: async () => [{ ...row, password }], put: () => undefined, delete: () => undefined };
const authority = new CertificateAuthority('Homerule test CA');
const login = bytesOf({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clientId: 'lamp',
  clean: true,
  keepalive: 0,
  username: 'guest',
  password: Buffer.from('secret'),
});

let files: CertificateFolder;
let house: TestBroker;
beforeEach(async () => {
  files = new CertificateFolder();
  files.write(authority, authority.server());
  const { cert, key } = files;
  house = await startBroker({
    listeners: { mqtt: { port: 0 }, mqtts: { port: 0 }, ws: { port: 0 }, wss: { port: 0 } },
    tls: { cert, key },
    trustedProxies: ['127.0.0.1', '192.0.2.0/24'],
    access: { allowAnonymous: true, users: guests },
  });
});
afterEach(async () => {
  await house.stop();
  files.delete();
});

const header = text('PROXY TCP4 203.0.113.9 192.168.1.5 50000 1883\r\n');
const expected = [{ id: 'lamp', user: 'guest', address: '203.0.113.9' }];

/** A connection to one of the ports, whose first bytes are the proxy's. */
async function proxied(which: 'mqtts' | 'ws' | 'wss', first: Buffer): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: house.broker.addresses()[which]?.port ?? 0 });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  socket.write(first);
  return socket;
}

test.each([
  ['in one piece with the CONNECT', [Buffer.concat([header, login])]],
  ['before the CONNECT', [header, login]],
  ['cut in the middle', [header.subarray(0, 20), Buffer.concat([header.subarray(20), login])]],
  ['byte by byte', [...[...header].map((byte) => Buffer.from([byte])), login]],
])('over TCP, %s', async (_what, parts) => {
  const client = await RawClient.open(house.mqttPort);
  for (const part of parts) {
    client.send(part);
    // So that each part is a segment of its own.
    await new Promise((done) => setImmediate(done));
  }
  expect(await client.next('connack')).toMatchObject({ returnCode: 0 });
  expect(house.broker.clients()).toMatchObject(expected);
  await client.settled();
});

test.each([
  ['in one piece with the handshake', true],
  ['before the handshake', false],
])('over TLS, %s', async (_what, isJoined) => {
  const socket = await proxied('mqtts', isJoined ? Buffer.alloc(0) : header);
  const toServer = new PassThrough();
  let isFirst = isJoined;
  toServer.on('data', (bytes: Buffer) => {
    socket.write(isFirst ? Buffer.concat([header, bytes]) : bytes);
    isFirst = false;
  });
  const wire = Duplex.from({ readable: socket, writable: toServer });
  wire.on('error', () => wire.destroy());
  const secure = connectTls({ socket: wire, ca: authority.cert, servername: 'localhost' });
  secure.on('error', () => secure.destroy());
  await once(secure, 'secureConnect');
  secure.write(login);
  expect([...((await once(secure, 'data')) as [Buffer])[0]]).toEqual([0x20, 2, 0, 0]);
  expect(house.broker.clients()).toMatchObject([{ ...expected[0], transport: 'tls' }]);
  socket.destroy();
});

test('over WebSocket, in one piece with the upgrade', async () => {
  const request =
    'GET /mqtt HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n';
  const socket = await proxied('ws', Buffer.concat([header, text(request)]));
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 101/);
  const mask = Buffer.alloc(4);
  socket.write(Buffer.concat([Buffer.from([0x82, 0x80 | login.length]), mask, login]));
  expect([...((await once(socket, 'data')) as [Buffer])[0]]).toEqual([0x82, 4, 0x20, 2, 0, 0]);
  expect(house.broker.clients()).toMatchObject([{ ...expected[0], transport: 'ws' }]);
  socket.destroy();
});

test('over WebSocket and TLS', async () => {
  const socket = await proxied('wss', header);
  const secure = connectTls({ socket, ca: authority.cert, servername: 'localhost' });
  const client = new WebSocket('ws://localhost/mqtt', 'mqtt', { createConnection: () => secure });
  await once(client, 'open');
  client.send(login);
  expect([...((await once(client, 'message')) as [Buffer])[0]]).toEqual([0x20, 2, 0, 0]);
  expect(house.broker.clients()).toMatchObject([{ ...expected[0], transport: 'wss' }]);
  client.terminate();
});

test('a trusted proxy without a header is refused, at its first byte', async () => {
  const client = await RawClient.open(house.mqttPort);
  client.send(connectBytes({ id: 'lamp' }));
  await client.closed();
  expect(house.broker.counters().refusedProxies).toBe(1);
  expect(house.events).toMatchObject([{ kind: 'refused', address: '127.0.0.1' }]);
});

test('what came through a proxy is never this machine itself', async () => {
  const local = [text('PROXY TCP4 127.0.0.1 127.0.0.1 50000 1883\r\n'), text('PROXY UNKNOWN\r\n')];
  for (const bytes of local) {
    const client = await RawClient.open(house.mqttPort);
    client.send(bytes, connectBytes({ id: 'lamp' }));
    expect(await client.next('connack')).toMatchObject({ returnCode: 5 });
  }
});

test('a header of anybody else is no MQTT', async () => {
  const other = await startBroker({ trustedProxies: ['192.0.2.1'] });
  const client = await RawClient.open(other.mqttPort);
  client.send(header, connectBytes({ id: 'lamp' }));
  await client.closed();
  expect(client.packets).toEqual([]);
  expect(other.broker.counters()).toMatchObject({ malformed: 1, refusedProxies: 0 });
  await other.stop();
});
