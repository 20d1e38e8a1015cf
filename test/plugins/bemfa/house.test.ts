// The bridge in a whole house with its rules, against the emulated cloud with its speaker.
import mqtt, { type MqttClient } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { startHouse } from '../../support/house.ts';
import { publishBytes, RawClient, subscribeBytes } from '../../support/raw-client.ts';
import { last, nicknames } from './bridged.ts';
import { type Emulated, emulate, key } from './emulated.ts';

const announcement = {
  name: '客厅灯',
  unique_id: 'lamp1',
  schema: 'json',
  command_topic: 'home/lamp/set',
  state_topic: 'home/lamp',
  brightness: true,
  brightness_scale: 100,
  device: { identifiers: ['lamp1'], name: '客厅灯' },
};

const rules = [
  `
id: spoken
name: Spoken
triggers:
  - event: bemfa/command
actions:
  - publish: home/said
    payload: "{{ payload.text }}"
`,
  `
id: heard
name: Heard
triggers:
  - message: home/lamp/set
    origin: bridge
actions:
  - publish: home/heard
    payload: "{{ payload.brightness }}"
`,
];

interface Living {
  readonly client: MqttClient;
  readonly heard: string[];
  ask(method: string, path: string, body?: unknown): Promise<string>;
  /** Waits for something that is asked for again and again. */
  until(isIt: () => Promise<boolean> | boolean): Promise<void>;
}

/** With a lamp in it that goes no further than 77 %. */
async function living(): Promise<Living> {
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
  const heard: string[] = [];
  client.on('message', (topic, payload) => {
    heard.push(`${topic} ${payload}`);
    if (topic === 'home/lamp/set') client.publish('home/lamp', '{"state":"ON","brightness":77}');
  });
  await client.subscribeAsync(['home/lamp/set', 'home/said', 'home/heard', 'home/blind/set']);
  const retain = { retain: true, qos: 1 } as const;
  await client.publishAsync('homeassistant/light/lamp1/config', JSON.stringify(announcement), retain);
  await client.publishAsync('home/lamp', '{"state":"OFF","brightness":30}', retain);
  const until = async (isIt: () => Promise<boolean> | boolean): Promise<void> => {
    while (!(await isIt())) await ask('GET', '/ready');
  };
  await until(async () => (await ask('GET', '/devices')).includes('客厅灯'));
  return { client, heard, ask, until };
}

async function connect({ ask }: Living, cloud: Emulated, account: object): Promise<void> {
  const url = `mqtt://127.0.0.1:${cloud.ports.mqtt}`;
  const apiUrl = `http://127.0.0.1:${cloud.ports.http}`;
  await ask('PUT', '/plugins/bemfa/config', { accounts: [{ key, url, apiUrl, ...account }] });
  await ask('POST', '/plugins/bemfa/enable');
}

const states = ({ published }: Emulated, topic: string): string[] =>
  published
    .filter(({ publication: { address } }) => address === `${topic}/up`)
    .map(({ publication: { payload } }) => payload.toString());

const lampId = async ({ ask }: Living): Promise<string> =>
  (JSON.parse(await ask('GET', '/devices')) as { items: { id: string; name: string }[] }).items.find(
    ({ name }) => name === '客厅灯',
  )?.id ?? '';

it('a lamp is offered by its name; a word reaches it and rules, and the cloud learns what it did', async () => {
  const cloud = await emulate({ topics: [] });
  const house = await living();
  const { ask, until, heard } = house;
  for (const rule of rules) await ask('POST', '/rules', rule);
  await connect(house, cloud, {});
  const offered = await ask('POST', '/plugins/bemfa/actions/offer', { devices: [await lampId(house)] });
  const { topic = '' } =
    (JSON.parse(offered) as { result: { done: { topic: string }[] } }).result.done[0] ?? {};
  await until(() => nicknames(cloud)[topic] === '客厅灯' && states(cloud, topic).length === 1);
  await cloud.post('/emulator/voice', { target: '客厅灯', words: ['on', '80'] });
  await until(() => states(cloud, topic).length === 2 && heard.length === 3);
  expect(states(cloud, topic)).toEqual(['off', 'on#77']);
  expect(await last(cloud, topic)).toMatchObject({ data: [{ msg: 'on#77' }] });
  expect(new Set(heard)).toEqual(
    new Set(['home/said on#80', 'home/lamp/set {"state":"ON","brightness":80}', 'home/heard 80']),
  );
  expect(await ask('GET', '/plugins/bemfa')).not.toContain(key);
}, 40_000);

/** As PubSubClient on an ESP8266: MQTT 3.1.1, the key as client id, QoS 0, states on `/up`. */
async function esp(cloud: Emulated): Promise<RawClient> {
  const device = await RawClient.open(cloud.ports.mqtt ?? 0, { id: key });
  device.send(subscribeBytes('light002'));
  await device.settled();
  return device;
}

it('a lamp made for the cloud is a device of the house, beside a speaker and a rule', async () => {
  const cloud = await emulate({ topics: [{ name: 'light002', nickname: '台灯' }] });
  const device = await esp(cloud);
  const house = await living();
  const { ask, until } = house;
  await connect(house, cloud, { import: true, importEvery: 1 });
  await until(async () => (await ask('GET', '/devices')).includes('台灯'));
  await cloud.post('/emulator/voice', { target: '台灯', words: ['on', '40'] });
  const [spoken] = await device.atLeast(1, 'publish');
  expect(spoken).toMatchObject({ topic: 'light002', payload: Buffer.from('on#40'), qos: 0 });
  device.send(publishBytes({ topic: 'light002/up', payload: 'on#39' }));
  await until(async () => /"id":"brightness"[^}]*39/.test(await ask('GET', '/devices/light002')));
  await ask('POST', '/devices/light002/set', { properties: { brightness: 60 } });
  const wanted = (await device.atLeast(2, 'publish')).at(-1);
  expect(wanted).toMatchObject({ topic: 'light002', payload: Buffer.from('on#60') });
}, 40_000);

it('states of a time without the cloud are told once, at most with QoS 1, and nothing is done twice', async () => {
  const cloud = await emulate({
    topics: [
      { name: 'led002', nickname: '客厅灯' },
      { name: 'blind009', nickname: '' },
    ],
  });
  const house = await living();
  const { ask, until, client, heard } = house;
  const device = await lampId(house);
  const blind = { topic: 'blind009', command: 'home/blind/set', report: 'home/blind', payload: 'json' };
  await connect(house, cloud, { devices: [{ device, topic: 'led002' }], topics: [blind] });
  await until(() => states(cloud, 'led002').length === 1);
  await client.publishAsync('home/blind', '{"position":20}', { qos: 2 });
  await until(() => states(cloud, 'blind009').length === 1);
  await cloud.post('/emulator/voice', { target: 'blind009', words: ['on', '50'] });
  await until(() => heard.length === 1);
  await cloud.emulator.stop();
  await until(async () => (await ask('GET', '/plugins/bemfa')).includes('failing'));
  for (const brightness of [10, 20, 30]) {
    await client.publishAsync('home/lamp', JSON.stringify({ state: 'ON', brightness }), { qos: 2 });
    await client.publishAsync('home/blind', JSON.stringify({ position: brightness }), { qos: 2 });
  }
  const { mqtt: mqttPort = 0, http = 0 } = cloud.ports;
  const topics = ['led002', 'blind009'].map((name) => ({ name, nickname: name }));
  const back = await emulate({ topics, ports: { mqtt: mqttPort, http } });
  await until(() => states(back, 'led002').length > 0 && states(back, 'blind009').length > 0);
  await back.post('/emulator/voice', { target: 'blind009', words: ['off'] });
  await until(() => heard.length === 2);
  expect([states(back, 'led002'), states(back, 'blind009')]).toEqual([['on#30'], ['on#30']]);
  expect(heard).toEqual(['home/blind/set {"position":50}', 'home/blind/set {"movement":"close"}']);
  const all = [...cloud.published, ...back.published].map(({ publication: { qos } }) => qos ?? 0);
  expect(Math.max(...all)).toBe(1);
  expect(back.sessions.filter(({ isThere }) => !isThere)).toEqual([]);
}, 40_000);
