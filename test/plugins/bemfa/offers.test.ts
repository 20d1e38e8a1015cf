// Devices offered and withdrawn while the bridge runs: topics, names, what is kept, and what is never deleted.
import { expect, it } from 'vitest';
import { topicNameOf } from '../../../plugins/bemfa/bridge/topic-name.ts';
import { bridged, FakeHouse, lamp, last, nicknames, property, told, until } from './bridged.ts';
import { emulate } from './emulated.ts';

const names = ['床头灯', '书房灯', '厨房灯', '走廊灯', '阳台灯'];
const lamps = names.map((name, at) => ({ ...lamp, id: `lamp-${at}`, name }));
const all = lamps.map(({ id }) => ({ device: id }));
const topicOf = (id: string): string => topicNameOf(id, 'light');

it('offers five lamps in one step, by their names, and knows them after a restart', async () => {
  const cloud = await emulate({ topics: [] });
  const house = new FakeHouse(lamps);
  const first = await bridged(cloud, {}, house);
  const { done, refused } = await first.offers.offer(all);
  expect(refused).toEqual([]);
  expect(done).toEqual(
    lamps.map(({ id, name }) => ({ device: id, topic: topicOf(id), name, kind: 'light' })),
  );
  expect(Object.values(nicknames(cloud))).toEqual(['Homerule', ...names]);
  await until(cloud, () => told(cloud, `${topicOf('lamp-4')}/up`) === 1);
  expect(await last(cloud, topicOf('lamp-4'))).toMatchObject({ data: [{ msg: 'off' }] });
  await first.bridge.stop();
  house.sets.length = 0;
  const again = await bridged(cloud, {}, house);
  expect(again.bridge.words).toBe('');
  await cloud.post('/emulator/voice', { target: '厨房灯', words: ['on', '80'] });
  await until(cloud, () => house.sets.length === 1);
  expect(house.sets).toEqual([{ 'lamp-2': { on: true, brightness: 80 } }]);
});

it('withdraws devices, and deletes their topics only when it is told to', async () => {
  const cloud = await emulate();
  const house = new FakeHouse(lamps);
  const { offers, bridge } = await bridged(cloud, { devices: [{ device: 'lamp-4' }] }, house);
  await offers.offer([{ device: 'lamp-0' }, { device: 'lamp-1' }, { device: 'lamp-2', topic: 'led002' }]);
  expect(await offers.withdraw(['lamp-0', 'lamp-4', 'lamp-3'], false)).toEqual({
    done: [{ device: 'lamp-0', topic: topicOf('lamp-0') }],
    refused: [
      { device: 'lamp-4', problem: '"lamp-4" stands in the configuration of the account; change it there' },
      { device: 'lamp-3', problem: '"lamp-3" is not offered' },
    ],
  });
  expect(nicknames(cloud)).toHaveProperty(topicOf('lamp-0'));
  expect(
    await cloud.get(`/va/online?uid=${'0123456789abcdef'.repeat(2)}&topic=${topicOf('lamp-0')}&type=1`),
  ).toMatchObject({
    data: false,
  });
  expect(await offers.withdraw(['lamp-1', 'lamp-2'], true)).toEqual({
    done: [
      { device: 'lamp-1', topic: topicOf('lamp-1'), deleted: topicOf('lamp-1') },
      {
        device: 'lamp-2',
        topic: 'led002',
        problem: '"led002" was not made here; delete it in the console of the cloud',
      },
    ],
    refused: [],
  });
  expect(Object.keys(nicknames(cloud))).toEqual(expect.arrayContaining(['led002', topicOf('lamp-0')]));
  expect(nicknames(cloud)).not.toHaveProperty(topicOf('lamp-1'));
  expect(bridge.mappings.map(({ topic }) => topic)).toEqual([topicOf('lamp-4')]);
  bridge.changed('lamp-1', 'on', true);
  expect(await offers.deleteTopics([topicOf('lamp-0'), topicOf('lamp-4'), 'sw006'])).toEqual({
    done: [{ topic: topicOf('lamp-0') }],
    refused: [
      { topic: topicOf('lamp-4'), problem: 'it stands for "阳台灯"; withdraw that first' },
      { topic: 'sw006', problem: '"sw006" was not made here; delete it in the console of the cloud' },
    ],
  });
  expect(house.kept.values().next().value).toEqual([]);
});

it('gives a topic another name, moves a device to another topic, and refuses what cannot be', async () => {
  const cloud = await emulate();
  const meter = { ...lamp, id: 'meter', properties: [property('energy', 'number', 3)] };
  const { offers } = await bridged(cloud, {}, new FakeHouse([...lamps, meter]));
  await offers.offer([{ device: 'lamp-0', topic: 'led002', name: '大灯' }]);
  expect(nicknames(cloud)).toMatchObject({ led002: '大灯' });
  const { done, refused } = await offers.offer([
    { device: 'lamp-0' },
    { device: 'lamp-1', topic: 'led002' },
    { device: 'lamp-2', topic: 'led002' },
    { device: 'meter' },
    { device: 'ghost' },
    { device: 'lamp-3', topic: 'bad_name002' },
  ]);
  expect(done).toMatchObject([
    { device: 'lamp-0', topic: topicOf('lamp-0') },
    { device: 'lamp-1', topic: 'led002' },
    { device: 'lamp-3', problem: 'the cloud did not make bad_name002: code 40009' },
  ]);
  expect(refused.map(({ problem }) => problem)).toEqual([
    'the topic "led002" stands for "书房灯"',
    'nothing of "meter" can be said to a speaker',
    'there is no device "ghost"',
  ]);
});

it('keeps offers that are made while the cloud is away', async () => {
  const cloud = await emulate({ topics: [] });
  const { offers, bridge } = await bridged(cloud, {}, new FakeHouse(lamps));
  await cloud.emulator.stop();
  while (bridge.isUp) await new Promise((resolve) => setImmediate(resolve));
  const { done } = await offers.offer([{ device: 'lamp-0' }]);
  expect(done).toMatchObject([{ problem: 'the cloud is away; the topic is made when it is back' }]);
  const { mqtt = 0, http = 0 } = cloud.ports;
  const back = await emulate({ topics: [], clock: cloud.clock, ports: { mqtt, http } });
  cloud.clock.advance(1000);
  await until(back, () => told(back, `${topicOf('lamp-0')}/up`) === 1);
  expect(nicknames(back)).toMatchObject({ [topicOf('lamp-0')]: '床头灯' });
});

it('tells states on /set where others should hear them, without hearing itself', async () => {
  const cloud = await emulate();
  const { house, bridge } = await bridged(cloud, {
    state: 'set',
    devices: [
      { device: 'lamp', topic: 'led002' },
      { device: 'blind', state: 'up' },
    ],
  });
  await until(cloud, () => told(cloud, 'led002/set') === 1);
  expect(await last(cloud, 'led002')).toMatchObject({ data: [{ msg: 'off' }] });
  bridge.changed('lamp', 'on', true);
  cloud.clock.advance(1000);
  await until(cloud, () => told(cloud, 'led002/set') === 2);
  expect(
    cloud.published.filter(({ publication: { address } }) => /^(led002|.*009)\/up$/.test(address)),
  ).toHaveLength(1);
  expect(house.events).toEqual([]);
  expect(bridge.link.counts).toMatchObject({ command: 0 });
});
