// Real clients of other people: mosquitto_pub, mosquitto_sub and paho.
import { afterEach, beforeEach, expect } from 'vitest';
import { startBroker, type TestBroker, untilSubscribed } from '../support/broker.ts';
import { findPython, PeerProcess, testWith, testWithMosquittoClients } from '../support/peers.ts';

let house: TestBroker;
const running: PeerProcess[] = [];
beforeEach(async () => {
  house = await startBroker();
});
afterEach(async () => {
  for (const peer of running.splice(0)) peer.kill();
  await house.stop();
});

function run(command: string, ...parts: string[]): PeerProcess {
  const peer = new PeerProcess(command, parts);
  running.push(peer);
  return peer;
}

const versions = ['mqttv31', 'mqttv311', 'mqttv5'];

for (const version of versions) {
  testWithMosquittoClients(`mosquitto_pub and mosquitto_sub, ${version}`, async () => {
    const at = ['-h', '127.0.0.1', '-p', `${house.mqttPort}`, '-V', version];
    const sub = run('mosquitto_sub', ...at, '-t', 'home/#', '-q', '2', '-v', '-C', '3', '-W', '15');
    await untilSubscribed(house, 'home/#');
    for (const qos of ['0', '1', '2']) {
      const pub = run('mosquitto_pub', ...at, '-t', `home/q${qos}`, '-m', `hello ${qos}`, '-q', qos);
      expect(await pub.finished()).toMatchObject({ code: 0 });
    }
    const { code, output } = await sub.finished();
    expect(code).toBe(0);
    for (const qos of ['0', '1', '2']) expect(output).toContain(`home/q${qos} hello ${qos}`);
    expect(house.accepted.map((message) => message.topic)).toEqual(['home/q0', 'home/q1', 'home/q2']);
  });
}

testWithMosquittoClients('mosquitto: retained, will and MQTT 5 properties', async () => {
  const at = ['-h', '127.0.0.1', '-p', `${house.mqttPort}`, '-V', 'mqttv5'];
  const properties = [
    '-D',
    'publish',
    'content-type',
    'text/plain',
    '-D',
    'publish',
    'user-property',
    'a',
    'b',
  ];
  const pub = run('mosquitto_pub', ...at, '-t', 'home/kept', '-m', 'v', '-r', ...properties);
  expect(await pub.finished()).toMatchObject({ code: 0 });
  const sub = run('mosquitto_sub', ...at, '-t', 'home/#', '-C', '2', '-F', '%t %p %r %C %P', '-W', '15');
  await untilSubscribed(house, 'home/#');
  run('mosquitto_sub', ...at, '-t', 'x', '--will-topic', 'home/will', '--will-payload', 'gone');
  await untilSubscribed(house, 'x');
  for (const client of house.broker.clients())
    if (client.subscriptions.some((subscription) => subscription.filter === 'x'))
      house.broker.disconnect(client.id);
  const { output } = await sub.finished();
  expect(output).toContain('home/kept v 1 text/plain a:b');
  expect(output).toContain('home/will gone 0');
});

const paho = findPython('paho.mqtt.client');
const testWithPaho = testWith('python3 paho', paho !== undefined, 'apt install python3-paho-mqtt');

const program = `
import sys, paho.mqtt.client as mqtt
port, version = int(sys.argv[1]), int(sys.argv[2])
got = []
def on_message(client, data, message):
    got.append((message.topic, message.payload.decode(), message.qos))
    if len(got) == 3:
        print(sorted(got)); client.disconnect()
def on_connect(client, *rest): client.subscribe("home/#", 2)
def on_subscribe(client, *rest):
    for qos in (0, 1, 2): client.publish("home/q%d" % qos, "hello", qos)
arguments = dict(client_id="paho", protocol=version)
if hasattr(mqtt, "CallbackAPIVersion"): arguments["callback_api_version"] = mqtt.CallbackAPIVersion.VERSION2
client = mqtt.Client(**arguments)
client.on_message, client.on_connect, client.on_subscribe = on_message, on_connect, on_subscribe
client.connect("127.0.0.1", port)
client.loop_forever()
`;

for (const version of ['3', '4', '5']) {
  testWithPaho(`paho, protocol ${version}: every QoS both ways`, async () => {
    const peer = run(paho ?? 'python3', '-c', program, `${house.mqttPort}`, version);
    const { code, output } = await peer.finished();
    expect(output).toContain("[('home/q0', 'hello', 0), ('home/q1', 'hello', 1), ('home/q2', 'hello', 2)]");
    expect(code).toBe(0);
    expect(house.accepted).toHaveLength(3);
  });
}
