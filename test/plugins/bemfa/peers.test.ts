// Real clients at the emulator: mosquitto's, paho, MQTT.js over TLS and WebSockets, curl-like TCP.
import { connectAsync, type MqttClient } from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { findPython, PeerProcess, testWith, testWithMosquittoClients } from '../../support/peers.ts';
import { type Emulated, emulate, key } from './emulated.ts';

/** Resolves when a device listens to the topic. */
async function online(cloud: Emulated, topic: string): Promise<void> {
  const found = cloud.emulator.cloud.accounts[0]?.find(1, topic);
  while (found?.online !== 1) await cloud.get('/');
}

testWithMosquittoClients('mosquitto_sub with the key as id hears the voice', async () => {
  const cloud = await emulate();
  const at = ['-h', '127.0.0.1', '-p', String(cloud.ports.mqtt), '-i', key];
  const device = new PeerProcess('mosquitto_sub', [...at, '-t', 'led002', '-q', '1', '-C', '2', '-v']);
  onTestFinished(() => device.kill());
  await online(cloud, 'led002');
  cloud.emulator.speak({ target: '客厅灯', words: ['on', '80'] });
  const set = new PeerProcess('mosquitto_pub', [...at, '-t', 'led002/set', '-m', 'off', '-q', '1']);
  expect(await set.finished()).toMatchObject({ code: 0 });
  expect(await device.finished()).toEqual({ code: 0, output: 'led002 on#80\nled002 off\n' });
  const tooMuch = new PeerProcess('mosquitto_pub', [...at, '-t', 'led002', '-m', 'on', '-q', '2']);
  expect((await tooMuch.finished()).code).not.toBe(0);
});

/** As PubSubClient on an ESP8266 does: MQTT 3.1.1, the key as client id, keepalive 15, QoS 0, state to /up. */
const lamp = `
import sys, paho.mqtt.client as mqtt
port, key = int(sys.argv[1]), sys.argv[2]
version = getattr(mqtt, 'CallbackAPIVersion', None)
client = mqtt.Client(*([version.VERSION2] if version else []), client_id=key, clean_session=True, protocol=mqtt.MQTTv311)
def connected(client, *_):
    client.subscribe('light002', 0)
def heard(client, _, message):
    text = message.payload.decode()
    print(message.topic, text, message.qos, flush=True)
    client.publish(message.topic + '/up', text)
    if text == 'off':
        client.disconnect()
client.on_connect = connected
client.on_message = heard
client.connect('127.0.0.1', port, keepalive=15)
client.loop_forever()
`;

const python = findPython('paho.mqtt.client');
testWith(
  'paho for Python',
  python !== undefined,
  'apt install python3-paho-mqtt',
)(
  'an ESP8266-style lamp on light002 does what the speaker says, and its state is seen over HTTP',
  async () => {
    const cloud = await emulate({ topics: [{ name: 'light002', nickname: '台灯' }] });
    const device = new PeerProcess(python ?? '', ['-c', lamp, String(cloud.ports.mqtt), key]);
    onTestFinished(() => device.kill());
    await online(cloud, 'light002');
    const shows = async (msg: string): Promise<void> => {
      const path = `/va/getmsg?uid=${key}&topic=light002&type=1`;
      const reported = () => cloud.published.at(-1)?.publication;
      while (reported()?.address !== 'light002/up') await cloud.get('/');
      expect(await cloud.get(path)).toMatchObject({ code: 0, data: [{ msg }] });
    };
    await cloud.post('/emulator/voice', { target: '台灯', words: ['on', '80'] });
    await shows('on#80');
    await cloud.post('/emulator/voice', { target: '台灯', words: ['off'] });
    await shows('off');
    expect(await device.finished()).toEqual({ code: 0, output: 'light002 on#80 0\nlight002 off 0\n' });
  },
);

test.each(['mqtts', 'ws', 'wss'] as const)('MQTT.js comes in by %s', async (name) => {
  const cloud = await emulate({ ports: { http: 0, mqtts: 0, ws: 0, wss: 0 } });
  const path = name === 'mqtts' ? '' : '/wss';
  const client: MqttClient = await connectAsync(`${name}://127.0.0.1:${cloud.ports[name]}${path}`, {
    clientId: key,
    protocolVersion: 4,
    rejectUnauthorized: false,
    reconnectPeriod: 0,
  });
  onTestFinished(() => client.endAsync(true));
  const granted = await client.subscribeAsync({ led002: { qos: 1 } });
  expect(granted).toMatchObject([{ topic: 'led002', qos: 1 }]);
  const heard = new Promise<string>((resolve) => {
    client.on('message', (_topic, payload) => resolve(payload.toString()));
  });
  await client.publishAsync('led002', 'on#1', { qos: 1 });
  expect(await heard).toBe('on#1');
});

test('a WebSocket elsewhere than at /wss is refused', async () => {
  const cloud = await emulate({ ports: { ws: 0 } });
  const url = `ws://127.0.0.1:${cloud.ports.ws}/other`;
  await expect(connectAsync(url, { clientId: key, reconnectPeriod: 0 }, false)).rejects.toThrow();
});
