// "Turn on the lamp": from the speaker through the cloud and a whole house to a lamp and a rule, and back.
import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { startHouse } from '../../support/house.ts';
import { emulate, key } from './emulated.ts';

const announcement = {
  name: 'Lamp',
  unique_id: 'lamp1',
  schema: 'json',
  command_topic: 'home/lamp/set',
  state_topic: 'home/lamp',
  brightness: true,
  brightness_scale: 100,
  device: { identifiers: ['lamp1'], name: 'lamp' },
};

const rule = `
id: spoken
name: Spoken
triggers:
  - event: bemfa/command
actions:
  - publish: home/said
    payload: "{{ payload.text }}"
`;

it('a word to the speaker reaches the lamp and a rule, and the cloud learns what the lamp did', async () => {
  const cloud = await emulate();
  const house = await startHouse();
  onTestFinished(async () => void (await house.stop()));
  const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
    const isText = typeof body === 'string';
    const response = await fetch(`${house.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': isText ? 'text/yaml' : 'application/json' },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    expect(response.ok, text).toBe(true);
    return text;
  };
  const client = await mqtt.connectAsync(`mqtt://localhost:${house.mqttPort}`);
  onTestFinished(() => client.endAsync(true));
  const heard = new Map<string, string>();
  client.on('message', (topic, payload) => {
    heard.set(topic, payload.toString());
    // The lamp goes no further than 77 %.
    if (topic === 'home/lamp/set') client.publish('home/lamp', '{"state":"ON","brightness":77}');
  });
  await client.subscribeAsync(['home/lamp/set', 'home/said']);
  const retain = { retain: true, qos: 1 } as const;
  await client.publishAsync('homeassistant/light/lamp1/config', JSON.stringify(announcement), retain);
  await client.publishAsync('home/lamp', '{"state":"OFF","brightness":30}', retain);
  while (!(await ask('GET', '/devices')).includes('"lamp"')) await cloud.get('/');
  await ask('POST', '/rules', rule);
  const account = {
    key,
    url: `mqtt://127.0.0.1:${cloud.ports.mqtt}`,
    apiUrl: `http://127.0.0.1:${cloud.ports.http}`,
    devices: [{ device: 'lamp', topic: 'led002' }],
  };
  await ask('PUT', '/plugins/bemfa/config', { accounts: [account] });
  await ask('POST', '/plugins/bemfa/enable');
  const told = (): string[] =>
    cloud.published
      .filter(({ publication: { address } }) => address === 'led002/up')
      .map(({ publication: { payload } }) => payload.toString());
  while (told().length < 1) await cloud.get('/');
  await cloud.post('/emulator/voice', { target: '客厅灯', words: ['on', '80'] });
  while (told().length < 2) await cloud.get('/');
  expect(told()).toEqual(['off', 'on#77']);
  expect(Object.fromEntries(heard)).toEqual({
    'home/lamp/set': '{"state":"ON","brightness":80}',
    'home/said': 'on#80',
  });
  expect(await ask('GET', '/plugins/bemfa')).not.toContain(key);
}, 40_000);
