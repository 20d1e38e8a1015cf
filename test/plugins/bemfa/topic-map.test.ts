// Topics of the house and topics of the cloud, one for the other.
import { expect, it } from 'vitest';
import { bridged, last, told, until } from './bridged.ts';
import { emulate } from './emulated.ts';

const json = { topic: 'led002', command: 'home/lamp/set', report: 'home/lamp', payload: 'json' };

it('carries commands and states as JSON, and nothing back that came from there', async () => {
  const cloud = await emulate();
  const { house } = await bridged(cloud, { topics: [json] });
  await cloud.post('/emulator/voice', { target: '客厅灯', words: ['on', '80', '#ff0000'] });
  await until(cloud, () => house.published.length === 1);
  expect(house.published).toEqual([
    { topic: 'home/lamp/set', payload: { on: true, brightness: 80, color: '#ff0000' } },
  ]);
  expect(house.events).toEqual([
    { name: 'command', data: { account: 'home', name: 'led002', topic: 'led002', text: 'on#80#16711680' } },
  ]);
  await house.say('home/lamp', '{"on":true,"brightness":77}', 2);
  await house.say('home/lamp', '{"color":"#0000ff"}');
  cloud.clock.advance(3000);
  await until(cloud, () => told(cloud, 'led002/up') === 1);
  expect(await last(cloud, 'led002')).toMatchObject({ data: [{ msg: 'on#77#255' }] });
  await house.say('home/lamp', 'OFF');
  cloud.clock.advance(3000);
  await until(cloud, () => told(cloud, 'led002/up') === 2);
  expect(await last(cloud, 'led002')).toMatchObject({ data: [{ msg: 'off' }] });
});

it('carries texts as they are, on one topic of the house for both', async () => {
  const cloud = await emulate({ topics: [{ name: 'gate', nickname: '' }] });
  const { house } = await bridged(cloud, {
    topics: [{ topic: 'gate', command: 'gate', report: 'gate', state: 'set' }],
  });
  await cloud.post('/va/postJsonMsg', {
    uid: '0123456789abcdef'.repeat(2),
    type: 1,
    topic: 'gate',
    msg: 'open&close',
  });
  await until(cloud, () => house.published.length === 1);
  expect(house.published).toEqual([{ topic: 'gate', payload: 'open&close' }]);
  cloud.clock.advance(3000);
  await house.say('gate', 'opened');
  await until(cloud, () => told(cloud, 'gate/set') === 1);
  expect(await last(cloud, 'gate')).toMatchObject({ data: [{ msg: 'opened' }] });
});

it('says what is wrong with an entry, and with a text that is too long', async () => {
  const cloud = await emulate();
  const { bridge, house } = await bridged(cloud, {
    topics: [
      { topic: 'sw006', report: 'home/switch' },
      { topic: 'gate' },
      { topic: 'door', command: 'a', payload: 'json' },
      { topic: 'x006', command: 'a/#' },
      { topic: 'sw006', command: 'b' },
    ],
  });
  expect(bridge.words).toBe(
    [
      'gate: it needs a "command" or a "report" topic',
      'door: its end is no kind of device',
      'x006: a topic to publish to holds no wildcard (+ or #)',
      'the topic "sw006" stands for "sw006" already',
    ].join('; '),
  );
  await house.say('home/switch', 'x'.repeat(2000));
  await cloud.post('/emulator/voice', { target: 'sw006', words: ['on'] });
  await until(cloud, () => house.words.length === 3);
  expect(house.words.slice(1)).toEqual([
    'home/switch: a text of 2000 characters is too long for the cloud',
    'home: sw006 cannot do "on": there is no topic for commands',
  ]);
});
