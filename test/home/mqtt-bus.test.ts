// The simulated home on a real broker that comes late.
import { connectAsync } from 'mqtt';
import { expect, it } from 'vitest';
import { startBroker } from '../support/broker.ts';
import { ManualCommits } from '../support/commits.ts';
import { MqttBus } from './bus.ts';

/** A store that never keeps anybody waiting. */
class InstantCommits extends ManualCommits {
  override whenCommitted(_batch: number, done: () => void): void {
    done();
  }
}

it('tells a broker that comes late its present state, and hears commands', async () => {
  const broker = await startBroker({ commits: new InstantCommits() });
  const port = broker.mqttPort;
  const said: string[] = [];
  const bus = new MqttBus(`mqtt://127.0.0.1:${port}`, (text) => said.push(text));
  const heard = new Promise<string>((resolve) => bus.subscribe('home/kitchen/fan/set', resolve));
  bus.publish('home/kitchen/fan', 'OFF', true);
  bus.publish('home/kitchen/button', 'pressed', false);
  const client = await connectAsync({ port });
  const state = new Promise<string>((resolve) => {
    client.once('message', (topic, payload) => resolve(`${topic} ${payload}`));
  });
  await client.subscribeAsync('home/#', { qos: 1 });
  expect(await state).toBe('home/kitchen/fan OFF');
  await client.publishAsync('home/kitchen/fan/set', 'ON', { qos: 1, retain: true });
  expect(await heard).toBe('ON');
  await bus.stop();
  expect(said).toEqual([`connected to mqtt://127.0.0.1:${port}`]);
  await client.endAsync();
  await broker.stop();
});
