// MQTT clients of the emulated cloud: who comes in, who counts as online, and what ends a connection.
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, test } from 'vitest';
import { bytesOf, publishBytes, RawClient, subscribeBytes } from '../../support/raw-client.ts';
import { emulate, key } from './emulated.ts';

const credentials = (clientId: string, username: string, password: string): Buffer =>
  bytesOf({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clientId,
    clean: true,
    keepalive: 60,
    username,
    password: Buffer.from(password),
  });

test.each([
  ['the key as client id', credentials(key, 'anybody', 'anything'), 0],
  ['the id and secret of an app', credentials('esp-1', 'beid_app', 'app-secret'), 0],
  ['a wrong secret', credentials('esp-1', 'beid_app', 'guessed'), 5],
  ['a wrong key', credentials('ffffffffffffffffffffffffffffffff', '', ''), 5],
  ['the key in capitals', credentials(key.toUpperCase(), '', ''), 5],
])('comes in with %s, or not: return code %#', async (_name, bytes, returnCode) => {
  const cloud = await emulate();
  const client = await RawClient.greet(cloud.ports.mqtt ?? 0, bytes, 4);
  expect(await client.next('connack')).toMatchObject({ returnCode, sessionPresent: false });
  if (returnCode !== 0) await client.closed();
  else await client.settled();
});

it('answers MQTT 5 with the refusal that 3.1.1 knows', async () => {
  const cloud = await emulate();
  const connectBytes = bytesOf(
    { cmd: 'connect', protocolId: 'MQTT', protocolVersion: 5, clientId: key, clean: true, keepalive: 0 },
    5,
  );
  const socket = connect(cloud.ports.mqtt ?? 0, '127.0.0.1');
  socket.write(connectBytes);
  const [answer] = await once(socket, 'data');
  expect(answer.toString('hex')).toBe('20020001');
});

it.each([
  ['nothing, for ten seconds', Buffer.alloc(0), 10_000],
  ['a PUBLISH before CONNECT', publishBytes({ topic: 'led002' }), 0],
  ['no MQTT', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 0],
  [
    'a packet that never ends',
    Buffer.concat([Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]), Buffer.alloc(300_000)]),
    0,
  ],
])('ends a connection that sends %s', async (_name, bytes, ms) => {
  const cloud = await emulate();
  const client = await RawClient.greet(cloud.ports.mqtt ?? 0, bytes, 4);
  if (ms > 0) {
    const other = await cloud.mqtt();
    await other.settled();
    cloud.clock.advance(ms);
  }
  await client.closed();
  expect((await cloud.mqtt()).isClosed).toBe(false);
});

it('lets a client be silent for one and a half times its keepalive', async () => {
  const cloud = await emulate();
  const client = await RawClient.greet(cloud.ports.mqtt ?? 0, credentials(key, '', ''), 4);
  await client.next('connack');
  cloud.clock.advance(89_000);
  await client.settled();
  cloud.clock.advance(89_999);
  await client.settled();
  cloud.clock.advance(90_000);
  await client.closed();
  expect(cloud.sessions.at(-1)).toMatchObject({ isThere: false, reason: 'silent for too long' });
});

it('allows one client id many times, and once where it is told so', async () => {
  const many = await emulate();
  const [first] = [await many.mqtt(), await many.mqtt()];
  await first?.settled();

  const one = await emulate({ conduct: { takesOver: true } });
  const old = await one.mqtt();
  const young = await one.mqtt();
  await old.closed();
  await young.settled();
});

it('shuts an account that goes on with QoS 2, where it is told so', async () => {
  const cloud = await emulate({ conduct: { banAfter: 2 } });
  const bystander = await cloud.mqtt();
  for (const _ of [1, 2]) {
    const client = await cloud.mqtt();
    client.send(publishBytes({ topic: 'led002', qos: 2, id: 1 }));
    await client.closed();
  }
  await bystander.closed();
  const refused = await cloud.mqtt();
  expect(await refused.next('connack')).toMatchObject({ returnCode: 5 });
  expect(await cloud.get(`/va/online?uid=${key}&topic=led002&type=1`)).toMatchObject({ code: 40004 });
});

it('keeps retained messages for who comes later, and forgets one for an empty one', async () => {
  const cloud = await emulate();
  const client = await cloud.mqtt();
  client.send(publishBytes({ topic: 'led002', payload: 'on', retain: true }));
  client.send(publishBytes({ topic: 'led002', payload: 'off' }), subscribeBytes('led002', 1));
  await client.settled();
  expect(client.got('publish')).toMatchObject([{ payload: Buffer.from('on'), retain: true, qos: 1 }]);
  client.send(
    publishBytes({ topic: 'led002/up', payload: '', retain: true }),
    subscribeBytes('led002', 0, 2),
  );
  await client.settled();
  expect(client.got('publish')).toHaveLength(1);
  expect(await cloud.get(`/va/getmsg?uid=${key}&topic=led002&type=1`)).toMatchObject({
    data: [{ msg: 'off' }],
  });
});

it('delivers with the lower of both levels, and nothing after UNSUBSCRIBE', async () => {
  const cloud = await emulate();
  const client = await cloud.mqtt();
  client.send(subscribeBytes('led002', 0), publishBytes({ topic: 'led002', qos: 1, id: 9 }));
  client.send(subscribeBytes('sw006', 1, 2), publishBytes({ topic: 'sw006', qos: 0 }));
  await client.settled();
  expect(client.got('publish')).toMatchObject([{ qos: 0 }, { qos: 0 }]);
  client.send(bytesOf({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['led002', 'nosuch'] }));
  client.send(publishBytes({ topic: 'led002' }));
  await client.settled();
  expect(client.got('publish')).toHaveLength(2);
  expect(client.got('unsuback')).toMatchObject([{ messageId: 3 }]);
});

it('knows at once of a goodbye, and only later of a device that vanished', async () => {
  const cloud = await emulate();
  const isOnline = async (topic: string): Promise<unknown> =>
    cloud.get(`/va/online?uid=${key}&topic=${topic}&type=1`);
  const polite = await cloud.mqtt();
  const abrupt = await cloud.mqtt();
  polite.send(subscribeBytes('led002'));
  abrupt.send(subscribeBytes('sw006'), subscribeBytes('led002/app', 0, 2));
  await Promise.all([polite.settled(), abrupt.settled()]);
  polite.send([0xe0, 0]);
  abrupt.destroy();
  while (cloud.sessions.filter(({ isThere }) => !isThere).length < 2) await cloud.get('/');
  expect(await isOnline('led002')).toMatchObject({ data: false });
  expect(await isOnline('sw006')).toMatchObject({ data: true });
  cloud.clock.advance(60_000);
  expect(await isOnline('sw006')).toMatchObject({ data: false });
});

it('publishes a will, unless the client said goodbye', async () => {
  const cloud = await emulate();
  const watcher = await cloud.mqtt();
  watcher.send(subscribeBytes('led002'));
  await watcher.settled();
  const will = { topic: 'led002', payload: 'off', qos: 1 };
  const withWill = async () => RawClient.open(cloud.ports.mqtt ?? 0, { id: key, will });
  const polite = await withWill();
  polite.send([0xe0, 0]);
  await polite.closed();
  (await withWill()).destroy();
  expect(await watcher.next('publish')).toMatchObject({ payload: Buffer.from('off') });
  await watcher.settled();
  expect(watcher.got('publish')).toHaveLength(1);
});

it('makes topics by use where it is told so, but none of a bad name', async () => {
  const cloud = await emulate({ conduct: { createsTopics: true } });
  const client = await cloud.mqtt();
  for (const [index, name] of ['new002', 'a+b', 'new003/set'].entries())
    client.send(subscribeBytes(name, 1, index + 1));
  await client.settled();
  expect(client.got('suback')).toMatchObject([{ granted: [1] }, { granted: [128] }, { granted: [128] }]);
});

test.each([
  ['a payload over the limit', { payloadBytes: 10 }, ['x'.repeat(11), 'short'], ['too-long', 'kept']],
  ['more in a second than allowed', { messagesPerSecond: 2 }, ['1', '2', '3'], ['kept', 'kept', 'too-fast']],
])('acknowledges and drops %s', async (_name, conduct, payloads, outcomes) => {
  const cloud = await emulate({ conduct });
  const client = await cloud.mqtt();
  client.send(subscribeBytes('led002'));
  for (const payload of payloads) client.send(publishBytes({ topic: 'led002', payload, qos: 1, id: 1 }));
  await client.settled();
  expect(cloud.published.map(({ outcome }) => outcome)).toEqual(outcomes);
  expect(client.got('puback')).toHaveLength(payloads.length);
  expect(client.got('publish')).toHaveLength(outcomes.filter((outcome) => outcome === 'kept').length);
});
