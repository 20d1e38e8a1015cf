// Topics of the cloud that other makers' devices stand behind, as devices of the house.
import { expect, it } from 'vitest';
import { CommandPace } from '../../../plugins/bemfa/bridge/command-pace.ts';
import { VirtualClock } from '../../../src/base/index.ts';
import { publishBytes, subscribeBytes } from '../../support/raw-client.ts';
import { bridged, told, until } from './bridged.ts';
import { type Emulated, emulate, key } from './emulated.ts';

const topics = [
  { name: 'light002', nickname: '台灯' },
  { name: 'curtain009', nickname: '窗帘' },
  { name: 'temp004', nickname: '温度计' },
  { name: 'ac005', nickname: '空调' },
  { name: 'node', nickname: '' },
  { name: 'mine006', nickname: '' },
];

async function imported() {
  const cloud = await emulate({ topics });
  const opened = await bridged(cloud, { import: true, devices: [{ device: 'lamp', topic: 'mine006' }] });
  return { cloud, ...opened };
}

const push = (cloud: Emulated, topic: string, msg: string): Promise<unknown> =>
  cloud.post('/va/postJsonMsg', { uid: key, type: 1, topic, msg });

it('brings them by their names, with what the cloud knows of them', async () => {
  const { cloud, house, imports } = await imported();
  const brought = house.brought.get('home') ?? [];
  expect(brought.map(({ id, name }) => `${id} ${name}`)).toEqual([
    'light002 台灯',
    'curtain009 窗帘',
    'temp004 温度计',
    'ac005 空调',
  ]);
  await push(cloud, 'light002', 'on#80#16711680');
  await push(cloud, 'temp004', '#23.5#60');
  house.published.length = 0;
  await imports?.look();
  await imports?.look();
  const said = (name: string, values: object) => ({
    topic: `bemfa/home/${name}`,
    payload: JSON.stringify({ ...values, online: false }),
    retain: true,
  });
  expect(house.published).toEqual([
    said('light002', { on: true, brightness: 80, color: '#ff0000' }),
    said('temp004', { temperature: 23.5, humidity: 60 }),
  ]);
  cloud.emulator.cloud.accounts[0]?.delete(1, 'light002');
  await imports?.look();
  expect(house.brought.get('home')).toHaveLength(3);
  expect(house.published.at(-1)).toEqual({ topic: 'bemfa/home/light002', payload: '', retain: true });
});

it('tells them what the house wants, and sees what they did', async () => {
  const { cloud, house, imports } = await imported();
  const device = await cloud.mqtt();
  device.send(subscribeBytes('light002'));
  await device.settled();
  await push(cloud, 'light002', 'on#80#3000');
  await imports?.look();
  await house.say('bemfa/home/light002/set', '{"brightness":20}');
  await until(cloud, () => told(cloud, 'light002/set') === 1);
  device.send(publishBytes({ topic: 'light002/up', payload: 'on#19#3000' }));
  await device.settled();
  cloud.clock.advance(2000);
  await until(cloud, () => JSON.stringify(house.published.at(-1)).includes('19'));
  expect(house.published.at(-1)?.payload).toBe(
    '{"on":true,"brightness":19,"color_temperature":3000,"online":true}',
  );
});

it.each([
  ['light002', '{"on":false}', 'off'],
  ['light002', 'ON', 'on#80#3000'],
  ['light002', '{"color":"#0000ff"}', 'on#80#255'],
  ['curtain009', '{"movement":"stop"}', 'pause'],
  ['curtain009', '{"movement":"open"}', 'on'],
  ['curtain009', '{"movement":"close"}', 'off'],
  ['curtain009', '{"position":30}', 'on#30'],
  ['ac005', '{"mode":"cool","target_temperature":25,"fan_mode":"auto"}', 'on#2#25#0'],
  ['temp004', '{"temperature":25}', undefined],
  ['light002', 'dance', undefined],
])('%s is told %s as %s', async (topic, wish, text) => {
  const { cloud, house, imports } = await imported();
  await push(cloud, 'light002', 'on#80#3000');
  await imports?.look();
  await house.say(`bemfa/home/${topic}/set`, wish);
  if (text === undefined) return expect(house.words.at(-1)).toContain('means nothing to the cloud');
  await until(cloud, () => told(cloud, `${topic}/set`) === 1);
  return expect(cloud.published.at(-1)?.publication.payload.toString()).toBe(text);
});

it('says in words that the cloud does not answer, and that a command was lost', async () => {
  const { cloud, house, bridge, imports } = await imported();
  await cloud.emulator.stop();
  while (bridge.isUp) await new Promise((resolve) => setImmediate(resolve));
  await imports?.look();
  expect(bridge.words).toContain('the devices of the cloud cannot be seen: ');
  expect(bridge.words).not.toContain(key);
  await house.say('bemfa/home/light002/set', 'ON');
  expect(house.words.at(-1)).toBe('home: the cloud is away; "on" for light002 is lost');
});

it('commands at most once a second, ending with the latest', () => {
  const clock = new VirtualClock(0);
  const sent: string[] = [];
  const pace = new CommandPace({
    clock,
    everyMs: 1000,
    send: (topic, text) => sent.push(`${clock.monotonic()} ${topic} ${text}`),
  });
  for (const text of ['on#1', 'on#2', 'on#3']) pace.say('a002', text);
  pace.say('b002', 'off');
  clock.advance(1500);
  pace.say('a002', 'off');
  clock.advance(5000);
  expect(sent).toEqual(['0 a002 on#1', '0 b002 off', '1000 a002 on#3', '2000 a002 off']);
  expect(pace.superseded).toBe(1);
});
