// The bridge as a plugin: devices of a house at one end, the emulated cloud and its speaker at the other.
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { TestPluginHouse } from '../plugin-house.ts';
import { blind, bridged, FakeHouse, lamp, last, told, until } from './bridged.ts';
import { emulate, key } from './emulated.ts';

it('offers devices by their names, tells their states, and does what the speaker says', async () => {
  const cloud = await emulate({ topics: [{ name: 'curtain009', nickname: '' }] });
  const { house, bridge } = await bridged(cloud, {
    devices: [{ device: 'lamp' }, { device: 'blind', topic: 'curtain009' }],
  });
  const { sets, events } = house;
  expect(bridge.words).toBe('');
  const topic =
    cloud.emulator.cloud.accounts[0]?.list(1).find(({ nickname }) => nickname === '客厅灯')?.name ?? '';
  expect(topic).toMatch(/^hr[0-9a-f]{12}002$/);
  await until(cloud, () => told(cloud, `${topic}/up`) === 1 && told(cloud, 'curtain009/up') === 1);
  expect(await last(cloud, topic)).toMatchObject({ data: [{ msg: 'off' }] });

  await cloud.post('/emulator/voice', { target: '客厅灯', words: ['on', '80'] });
  await cloud.post('/emulator/voice', { target: 'curtain009', words: ['on'] });
  await until(cloud, () => sets.length === 2);
  expect(sets).toEqual([{ lamp: { on: true, brightness: 80 } }, { blind: { position: 100 } }]);
  expect(events).toContainEqual({
    name: 'command',
    data: { account: 'home', device: 'lamp', name: '客厅灯', topic, text: 'on#80' },
  });
  bridge.changed('lamp', 'brightness', 20);
  cloud.clock.advance(2000);
  await until(cloud, () => told(cloud, `${topic}/up`) === 2);
  expect(await last(cloud, topic)).toMatchObject({ data: [{ msg: 'on#20' }] });
  expect(await last(cloud, 'curtain009')).toMatchObject({ data: [{ msg: 'on#100' }] });
});

it('says what a device cannot do, and sets the cloud right', async () => {
  const cloud = await emulate();
  const { words } = (await bridged(cloud, { devices: [{ device: 'lamp', topic: 'led002' }] })).house;
  await until(cloud, () => told(cloud, 'led002/up') === 1);
  for (const msg of ['on#13', 'dance'])
    await cloud.post('/va/postJsonMsg', { uid: key, type: 1, topic: 'led002', msg });
  await until(cloud, () => words.length === 3);
  expect(words.slice(1)).toEqual([
    'home: lamp cannot do "on#13": not this one',
    'home: lamp cannot do "dance": it means nothing to it',
  ]);
  cloud.clock.advance(2000);
  await until(cloud, () => told(cloud, 'led002/up') === 2);
  expect(await last(cloud, 'led002')).toMatchObject({ data: [{ msg: 'off' }] });
});

it('waits for devices that come later, and says which are missing', async () => {
  const cloud = await emulate();
  const meter = { ...lamp, id: 'meter', properties: [] };
  const devices = [
    { device: 'lamp', topic: 'led002' },
    { device: 'blind' },
    { device: 'meter' },
    { device: 'lamp', topic: 'x007' },
  ];
  const { bridge, offers, house } = await bridged(cloud, { devices }, new FakeHouse([lamp, meter]));
  expect(bridge.words).toBe(
    'there is no device "blind"; nothing of "meter" can be said to a speaker; the end of "x007" is no kind of device',
  );
  house.present.push(blind);
  await offers.look();
  await until(
    cloud,
    () => cloud.emulator.cloud.accounts[0]?.list(1).some(({ nickname }) => nickname === '窗帘') === true,
  );
  expect(bridge.words).not.toContain('blind');
});

it('is a plugin that the host takes, with its health in words and its key nowhere', async () => {
  const cloud = await emulate();
  const house = await TestPluginHouse.make(fileURLToPath(new URL('../../../plugins', import.meta.url)));
  onTestFinished(() => house.remove());
  const plugins = await house.host();
  onTestFinished(() => plugins.stop());
  const url = `mqtt://127.0.0.1:${cloud.ports.mqtt}`;
  const apiUrl = `http://127.0.0.1:${cloud.ports.http}`;
  const accounts = [{ name: 'home', key, url, apiUrl, devices: [{ device: 'lamp', topic: 'led002' }] }];
  await plugins.configure('bemfa', { accounts });
  await plugins.enable('bemfa');
  const shown = (): string => JSON.stringify(plugins.list().find(({ id }) => id === 'bemfa'));
  await until(cloud, () => shown().includes('home: there is no device'));
  expect(shown()).toContain('running');
  expect(shown()).not.toContain(key);
  await expect(plugins.act('bemfa', 'offer', { devices: ['ghost'] })).rejects.toThrow(
    'bemfa/offer: there is no device "ghost"',
  );
  await expect(plugins.act('bemfa', 'offer', { account: 'other', devices: ['ghost'] })).rejects.toMatchObject(
    {
      code: 'plugin-failed',
      message: 'bemfa/offer: there is no account "other"; there are: home',
    },
  );
  await expect(plugins.configure('bemfa', { accounts: [{}] })).rejects.toThrow('key');
});
