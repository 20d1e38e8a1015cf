// The bridge by the TCP protocol of the cloud.
import { expect, it } from 'vitest';
import { commandLine, parseLine } from '../../../plugins/bemfa/bridge/tcp-lines.ts';
import { bridged, FakeHouse, lamp, last, nicknames, told, until } from './bridged.ts';
import { type Emulated, emulate, key } from './emulated.ts';

const url = (cloud: Emulated): string => `tcp://127.0.0.1:${cloud.ports.tcp}`;

it.each([
  ['cmd=1&res=1', { kind: 'result', cmd: '1', isDone: true }],
  ['cmd=2&res=0', { kind: 'result', cmd: '2', isDone: false }],
  ['cmd=2&uid=U&topic=led002&msg=on#80', { kind: 'message', topic: 'led002', text: 'on#80' }],
  ['cmd=3&topic=led002&uid=U&msg=a&b=c&res=1', { kind: 'message', topic: 'led002', text: 'a&b=c&res=1' }],
  ['2026-01-02 03:04:05', undefined],
  ['msg=x', undefined],
])('%s is read as %o', (line, meaning) => {
  expect(parseLine(line)).toEqual(meaning);
});

it('writes one line for each message', () => {
  expect(commandLine(2, { uid: 'U', topic: 'a002/up', msg: 'on\r\n#2' })).toBe(
    'cmd=2&uid=U&topic=a002/up&msg=on #2\r\n',
  );
});

it('makes topics, tells states, does what the speaker says, and withdraws', async () => {
  const cloud = await emulate({ topics: [] });
  const { house, offers, bridge } = await bridged(cloud, { url: url(cloud) });
  const { done } = await offers.offer([{ device: 'lamp' }, { device: 'blind' }]);
  const [topic = '', curtain = ''] = done.map((one) => one['topic'] ?? '');
  expect(nicknames(cloud, 3)).toEqual({ [topic]: '客厅灯', [curtain]: '窗帘' });
  expect(nicknames(cloud, 1)).toEqual({});
  await cloud.post('/emulator/voice', { target: '窗帘', words: ['on', '50'] });
  await until(cloud, () => house.sets.length === 1);
  expect(house.sets).toEqual([{ blind: { position: 50 } }]);
  await until(cloud, () => told(cloud, `${topic}/up`) === 1);
  expect(await last(cloud, topic, 3)).toMatchObject({ data: [{ msg: 'off' }] });
  await offers.withdraw(['blind'], false);
  const hearers = (name: string) => cloud.emulator.cloud.accounts[0]?.find(3, name)?.hearers;
  await until(cloud, () => hearers(curtain) === 0 && hearers(topic) === 1);
  expect(bridge.words).toBe('');
});

it('lives on by pings, and comes back after the cloud was away', async () => {
  const cloud = await emulate();
  const { bridge } = await bridged(cloud, {
    url: url(cloud),
    devices: [{ device: 'lamp', topic: 'led002' }],
  });
  await until(cloud, () => told(cloud, 'led002/up') === 1);
  for (let i = 0; i < 10; i++) {
    cloud.clock.advance(30_000);
    await (await cloud.tcp()).settled();
  }
  expect(bridge.isUp).toBe(true);
  await cloud.emulator.stop();
  while (bridge.isUp) await new Promise((resolve) => setImmediate(resolve));
  bridge.changed('lamp', 'on', true);
  const { tcp = 0, http = 0 } = cloud.ports;
  const back = await emulate({ clock: cloud.clock, ports: { tcp, http } });
  cloud.clock.advance(1000);
  await until(back, () => told(back, 'led002/up') === 1);
  expect(await last(back, 'led002', 3)).toMatchObject({ data: [{ msg: 'on#40' }] });
});

it('says in words that the key is wrong, without the key', async () => {
  const cloud = await emulate();
  const wrong = 'f'.repeat(32);
  const { bridge } = await bridged(
    cloud,
    { url: url(cloud), key: wrong, devices: [{ device: 'lamp', topic: 'led002' }] },
    new FakeHouse([lamp]),
  );
  expect(bridge.words).toBe('the cloud did not make led002: code 40004');
  expect(bridge.words).not.toContain(key);
});
