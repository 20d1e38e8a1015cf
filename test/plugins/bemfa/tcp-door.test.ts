// The TCP device cloud beyond its samples: refusals, odd lines, silence.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { messageLine, parseRequest } from '../../../plugins/bemfa/emulator/tcp/request.ts';
import { publishBytes, subscribeBytes } from '../../support/raw-client.ts';
import { emulate, key } from './emulated.ts';

const nine = Array.from({ length: 9 }, (_, i) => `t${i}006`);

test.each([
  ['a wrong key', 'cmd=1&uid=nobody&topic=led002', 'cmd=1&res=0\r\n'],
  ['a missing topic', `cmd=1&uid=${key}&topic=led002,nosuch001`, 'cmd=1&res=0\r\n'],
  ['a topic to publish to', `cmd=1&uid=${key}&topic=led002/set`, 'cmd=1&res=0\r\n'],
  ['nine topics', `cmd=1&uid=${key}&topic=${nine.join(',')}`, 'cmd=1&res=0\r\n'],
  ['eight topics', `cmd=1&uid=${key}&topic=${nine.slice(0, 8).join(',')}`, 'cmd=1&res=1\r\n'],
  ['an app that listens', `cmd=1&uid=${key}&topic=led002/app`, 'cmd=1&res=1\r\n'],
  ['a message to nothing', `cmd=2&uid=${key}&topic=nosuch001&msg=on`, 'cmd=2&res=0\r\n'],
  ['a publish without a message', `cmd=2&uid=${key}&topic=led002`, 'cmd=2&res=0\r\n'],
  ['an empty message', `cmd=2&uid=${key}&topic=led002&msg=`, 'cmd=2&res=1\r\n'],
  ['the last of nothing', `cmd=9&uid=${key}&topic=nosuch001`, 'cmd=9&res=0\r\n'],
  ['the last where nothing was', `cmd=9&uid=${key}&topic=led002`, `cmd=9&uid=${key}&topic=led002&msg=\r\n`],
  ['a time of no kind', `cmd=7&uid=${key}&type=9`, 'cmd=7&res=0\r\n'],
  ['a heartbeat of the samples', 'cmd=0&msg=keep', 'cmd=0&res=1\r\n'],
  ['an empty line', '', 'cmd=0&res=1\r\n'],
  ['anything', 'hello', 'cmd=0&res=1\r\n'],
])('answers %s', async (_name, line, answer) => {
  const cloud = await emulate({ topics: ['led002', ...nine].map((name) => ({ name, nickname: '' })) });
  const client = await cloud.tcp();
  client.send(`${line}\r\n`);
  expect(await client.settled()).toBe(answer);
});

it('says 0 to who has subscribed already', async () => {
  const cloud = await emulate();
  const client = await cloud.tcp();
  const line = `cmd=1&uid=${key}&topic=led002\r\n`;
  client.send(line + line);
  expect(await client.settled()).toBe('cmd=1&res=1\r\ncmd=1&res=0\r\n');
});

it('does not send a /set back, and pushes to those with the app ending too', async () => {
  const cloud = await emulate();
  const [device, app] = [await cloud.tcp(), await cloud.tcp()];
  device.send(`cmd=1&uid=${key}&topic=led002\r\n`);
  app.send(`cmd=1&uid=${key}&topic=led002/app\r\n`);
  await Promise.all([device.settled(), app.settled()]);
  device.send(`cmd=2&uid=${key}&topic=led002/set&msg=on&off\r\n`);
  expect(await device.settled()).toBe('cmd=2&res=1\r\n');
  expect(await app.settled()).toBe(`cmd=2&uid=${key}&topic=led002&msg=on&off\r\n`);
});

it('keeps its topics apart from those of MQTT', async () => {
  const cloud = await emulate();
  const [tcp, mqtt] = [await cloud.tcp(), await cloud.mqtt()];
  tcp.send(`cmd=1&uid=${key}&topic=led002\r\n`);
  mqtt.send(subscribeBytes('led002'));
  await Promise.all([tcp.settled(), mqtt.settled()]);
  tcp.send(`cmd=2&uid=${key}&topic=led002&msg=tcp\r\n`);
  mqtt.send(publishBytes({ topic: 'led002', payload: 'mqtt' }));
  await mqtt.settled();
  expect(await tcp.settled()).not.toContain('mqtt');
  expect(mqtt.got('publish')).toMatchObject([{ payload: Buffer.from('mqtt') }]);
});

it('drops who is silent for 65 seconds, and nobody who pings', async () => {
  const cloud = await emulate();
  const [silent, alive] = [await cloud.tcp(), await cloud.tcp()];
  await Promise.all([silent.settled(), alive.settled()]);
  cloud.clock.advance(64_999);
  await alive.settled();
  cloud.clock.advance(1);
  await silent.closed;
  await alive.settled();
});

it('ends a line that never ends', async () => {
  const cloud = await emulate();
  const client = await cloud.tcp();
  client.send('x'.repeat(200_000));
  await client.closed;
});

describe('lines', () => {
  it('are understood in pieces and several at once', async () => {
    const cloud = await emulate();
    const client = await cloud.tcp();
    const text = `cmd=2&uid=${key}&topic=led002&msg=温度\r\nping\n`;
    for (const byte of Buffer.from(text)) client.socket.write(Buffer.from([byte]));
    expect(await client.settled()).toBe('cmd=2&res=1\r\ncmd=0&res=1\r\n');
    expect(cloud.published[0]?.publication.payload.toString()).toBe('温度');
  });

  it('hold any message of one line', () => {
    const text = fc.string().map((value) => value.replace(/[\r\n]/g, ''));
    fc.assert(
      fc.property(text, (msg) => {
        fc.pre(!/&(cmd|uid|topic|type)=/.test(msg));
        const line = messageLine({ cmd: '2', uid: key, topic: 'led002', msg }).slice(0, -1);
        expect(parseRequest(line)).toMatchObject({ cmd: '2', uid: key, topic: 'led002', msg });
      }),
    );
  });
});
