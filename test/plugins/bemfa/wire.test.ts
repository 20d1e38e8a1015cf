// What goes over the wire, byte for byte.
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, test } from 'vitest';
import { publishBytes } from '../../support/raw-client.ts';
import { emulate, key, startedAt } from './emulated.ts';

const U = key;

test('TCP: subscribe, heartbeat, publish, push, last message and time', async () => {
  const cloud = await emulate();
  const device = await cloud.tcp();
  const other = await cloud.tcp();
  const says = async (client: typeof device, sent: string, answer: string): Promise<void> => {
    client.send(sent);
    expect(await client.read(answer.length)).toBe(answer);
  };
  await says(device, `cmd=1&uid=${U}&topic=led002,sw006\r\n`, 'cmd=1&res=1\r\n');
  await says(device, 'ping\r\n', 'cmd=0&res=1\r\n');
  await says(device, `cmd=2&uid=${U}&topic=led002/up&msg=on#80\r\n`, 'cmd=2&res=1\r\n');
  expect(await device.settled()).toBe('');
  await says(other, `cmd=2&uid=${U}&topic=led002&msg=off\r\n`, 'cmd=2&res=1\r\n');
  const pushed = `cmd=2&uid=${U}&topic=led002&msg=off\r\n`;
  expect(await device.read(pushed.length)).toBe(pushed);
  await says(device, `cmd=9&uid=${U}&topic=led002\r\n`, `cmd=9&uid=${U}&topic=led002&msg=off\r\n`);
  await says(other, `cmd=3&uid=${U}&topic=led002\r\n`, `cmd=3&uid=${U}&topic=led002&msg=off\r\n`);
  await says(device, `cmd=7&uid=${U}&type=1\r\n`, '2026-01-02 03:04:05');
  await says(device, `cmd=7&uid=${U}&type=2\r\n`, '03:04:05');
  await says(device, `cmd=7&uid=${U}&type=3\r\n`, String(startedAt / 1000));
});

/** CONNECT of MQTT 3.1.1 with the key as client id, no user, keepalive 60, clean. */
const connectBytes = Buffer.concat([
  Buffer.from([0x10, 44, 0, 4]),
  Buffer.from('MQTT'),
  Buffer.from([4, 2, 0, 60, 0, 32]),
  Buffer.from(U),
]);

const subscribe = (topic: string, qos: number, id: number): Buffer =>
  Buffer.concat([
    Buffer.from([0x82, topic.length + 5, 0, id, 0, topic.length]),
    Buffer.from(topic),
    Buffer.from([qos]),
  ]);

test('MQTT: CONNACK and SUBACK', async () => {
  const cloud = await emulate();
  const socket = connect(cloud.ports.mqtt ?? 0, '127.0.0.1');
  const exchanges: [sent: Buffer, answer: string][] = [
    [connectBytes, '20020000'],
    [subscribe('led002', 1, 1), '9003000101'],
    [subscribe('led002', 0, 2), '9003000200'],
    [subscribe('led002/set', 1, 3), '9003000380'],
    [subscribe('led002/up', 1, 4), '9003000480'],
    [subscribe('nosuch001', 1, 5), '9003000580'],
    [subscribe('#', 1, 6), '9003000680'],
    [subscribe('+', 0, 7), '9003000780'],
    [Buffer.from([0xc0, 0]), 'd000'],
  ];
  for (const [sent, answer] of exchanges) {
    socket.write(sent);
    const [bytes] = await once(socket, 'data');
    expect(bytes.toString('hex')).toBe(answer);
  }
  socket.destroy();
});

test('MQTT: who gets what', async () => {
  const cloud = await emulate();
  const [a, b] = [await cloud.mqtt(), await cloud.mqtt()];
  for (const client of [a, b]) {
    client.send(subscribe('led002', 1, 1));
    await client.next('suback');
  }
  const steps: [address: string, payload: string, toA: number, toB: number][] = [
    ['led002/set', 'on#80', 0, 1],
    ['led002', 'on', 1, 2],
    ['led002/up', 'on#80#3000', 1, 2],
    ['nosuch001', 'on', 1, 2],
  ];
  for (const [index, [topic, payload, toA, toB]] of steps.entries()) {
    a.send(publishBytes({ topic, payload, qos: 1, id: index + 1 }));
    await a.atLeast(index + 1, 'puback');
    await b.settled();
    expect({ topic, a: a.got('publish').length, b: b.got('publish').length }).toEqual({
      topic,
      a: toA,
      b: toB,
    });
  }
  expect(b.got('publish')).toMatchObject([
    { topic: 'led002', payload: Buffer.from('on#80'), qos: 1, retain: false },
    { topic: 'led002', payload: Buffer.from('on') },
  ]);
});

test('HTTP: answers', async () => {
  const cloud = await emulate();
  const device = await cloud.mqtt();
  device.send(subscribe('led002', 1, 1), publishBytes({ topic: 'led002/up', payload: 'on#80' }));
  await device.settled();
  const text = async (path: string, body?: object): Promise<string> => {
    const init = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    return (await fetch(`http://127.0.0.1:${cloud.ports.http}${path}`, init)).text();
  };
  expect(await text(`/va/getmsg?uid=${U}&topic=led002&type=1`)).toBe(
    '{"code":0,"message":"OK","data":[{"msg":"on#80","time":"2026-01-02 03:04:05","unix":1767294245}]}',
  );
  expect(await text('/va/postJsonMsg', { uid: U, topic: 'led002', type: 1, msg: 'off' })).toBe(
    '{"code":0,"message":"OK","data":0}',
  );
  expect(await device.next('publish')).toMatchObject({ topic: 'led002', payload: Buffer.from('off') });
  expect(await text(`/va/online?uid=${U}&topic=led002&type=1`)).toBe('{"code":0,"message":"OK","data":true}');
  const again = await text('/v1/createTopic', { uid: U, topic: 'led002', type: 1 });
  expect(JSON.parse(again)).toMatchObject({ code: 40006 });
  const wrong = await text(`/va/getmsg?uid=${U}&topic=nosuch001&type=1`);
  expect(JSON.parse(wrong)).toMatchObject({ code: 40004 });
});

it.each([
  ['a PUBLISH', publishBytes({ topic: 'led002', qos: 2, id: 1 })],
  ['a PUBLISH to nothing', publishBytes({ topic: 'x', qos: 2, id: 1 })],
  ['a SUBSCRIBE', subscribe('led002', 2, 1)],
  ['a PUBREL', Buffer.from([0x62, 2, 0, 1])],
  ['a PUBREC', Buffer.from([0x50, 2, 0, 1])],
  ['a PUBCOMP', Buffer.from([0x70, 2, 0, 1])],
])('cuts the connection on %s of QoS 2, unanswered', async (_name, bytes) => {
  const cloud = await emulate();
  const client = await cloud.mqtt();
  client.send(bytes);
  await client.closed();
  expect(client.packets.map(({ cmd }) => cmd)).toEqual(['connack']);
  expect(cloud.published).toEqual([]);
  expect(cloud.sessions.at(-1)).toMatchObject({ isThere: false, reason: 'QoS 2' });
});
