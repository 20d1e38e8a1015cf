// What clients do is told in order, with a reason where there is one, and a storm of it stays bounded.
import mqtt from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import { hashPassword, VirtualClock } from '../../src/base/index.ts';
import { ClientEvents } from '../../src/broker/client-events.ts';
import type { ClientEvent, Ending } from '../../src/broker/index.ts';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { bytesOf, publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';

const started: TestBroker[] = [];
async function start(options?: Parameters<typeof startBroker>[0]): Promise<TestBroker> {
  const house = await startBroker(options);
  started.push(house);
  return house;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((house) => house.stop()));
});

const event = (client: string): ClientEvent => ({
  kind: 'connected',
  client,
  at: 0,
  address: '127.0.0.1',
  listener: 'tcp',
  protocol: '5.0',
});

/** Each ends the connection of `lamp` in its way. */
const endings: readonly {
  readonly reason: Ending;
  readonly version: 4 | 5;
  readonly end: (house: TestBroker, client: RawClient) => unknown;
}[] = [
  { reason: 'left', version: 4, end: (_house, client) => client.send(bytesOf({ cmd: 'disconnect' })) },
  { reason: 'left', version: 5, end: (_house, client) => client.send(Buffer.from([0xe0, 0])) },
  { reason: 'lost', version: 4, end: (_house, client) => client.destroy() },
  { reason: 'protocol-error', version: 4, end: (_house, client) => client.send(Buffer.from([0xf0, 0])) },
  { reason: 'protocol-error', version: 5, end: (_house, client) => client.send(Buffer.from([0x00, 0])) },
  { reason: 'ended', version: 4, end: (house) => house.broker.disconnect('lamp') },
  {
    reason: 'taken-over',
    version: 4,
    end: (house) => RawClient.open(house.mqttPort, { id: 'lamp', version: 4 }),
  },
];

describe('a connection that ends', () => {
  test.each(endings)('MQTT $version: $reason', async ({ reason, version, end }) => {
    const house = await start();
    const client = await RawClient.open(house.mqttPort, { id: 'lamp', version });
    const over = new Promise<ClientEvent>((resolve) => {
      house.broker.onEvent((each) => each.kind === 'disconnected' && resolve(each));
    });
    await end(house, client);
    expect(await over).toMatchObject({ client: 'lamp', reason, listener: 'tcp', address: '127.0.0.1' });
  });

  test('because the house stops', async () => {
    const house = await start();
    await RawClient.open(house.mqttPort, { id: 'lamp', version: 5 });
    await house.stop();
    expect(house.events.at(-1)).toMatchObject({ kind: 'disconnected', reason: 'stopped', protocol: '5.0' });
  });

  test('because its user was changed', async () => {
    const house = await start();
    const password = await hashPassword('secret', 1000);
    const user = {
      name: 'anna',
      role: 'device' as const,
      password,
      enabled: true,
      createdAt: 0,
      changedAt: 0,
    };
    house.broker.access.putUser(user);
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, {
      clientId: 'phone',
      username: 'anna',
      password: 'secret',
      reconnectPeriod: 0,
    });
    house.broker.access.putUser({ ...user, enabled: false });
    await untilClients(house, 0);
    expect(house.events.at(-1)).toMatchObject({ kind: 'disconnected', user: 'anna', reason: 'revoked' });
    await client.endAsync();
  });
});

describe('what is denied', () => {
  test('a login, with the name that was given', async () => {
    const house = await start();
    const password = await hashPassword('secret', 1000);
    house.broker.access.putUser({
      name: 'anna',
      role: 'device',
      password,
      enabled: true,
      createdAt: 0,
      changedAt: 0,
    });
    const login = { clientId: 'phone', username: 'nobody', password: 'x', reconnectPeriod: 0 };
    await expect(mqtt.connectAsync(`mqtt://127.0.0.1:${house.mqttPort}`, login)).rejects.toThrow();
    expect(house.events).toMatchObject(
      [{ kind: 'denied', what: 'connect', client: 'phone', user: 'nobody', reason: /login refused/ }].map(
        (each) => ({ ...each, reason: expect.stringMatching(each.reason) }),
      ),
    );
  });

  test.each([4, 5] as const)('a publish of MQTT %i to the topics of the house', async (version) => {
    const house = await start();
    const client = await RawClient.open(house.mqttPort, { id: 'lamp', version });
    client.send(publishBytes({ topic: 'homerule/status', payload: 'x', qos: 1, id: 3, version }));
    await client.next('puback');
    expect(house.events.slice(1)).toMatchObject([
      { kind: 'denied', what: 'publish', topic: 'homerule/status', client: 'lamp' },
    ]);
  });

  test('a subscription that the profile does not take', async () => {
    const house = await start({ profile: 'conformance' });
    const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
    client.send(subscribeBytes('test/nosubscribe', 0));
    await client.next('suback');
    expect(house.events[1]).toMatchObject({ kind: 'denied', what: 'subscribe', topic: 'test/nosubscribe' });
  });
});

test('a listener from before the start hears the first client', async () => {
  const house = await start();
  await house.stop();
  const heard: string[] = [];
  house.broker.onEvent((each) => heard.push(each.kind));
  await house.broker.start(new AbortController().signal);
  const client = await RawClient.open(house.broker.addresses().mqtt?.port ?? 0, { id: 'lamp' });
  await client.settled();
  expect(heard).toEqual(['connected']);
});

test('a storm is told in order, some in each turn; what does not fit is counted', () => {
  const clock = new VirtualClock(0);
  const events = new ClientEvents(clock, () => expect.unreachable());
  const heard: string[] = [];
  events.tell(event('nobody hears this'));
  events.listen((each) => 'client' in each && heard.push(each.client));
  for (let i = 0; i < 12_000; i++) events.tell(event(`c${i}`));
  expect(heard).toHaveLength(100);
  clock.advance(1);
  expect(heard).toHaveLength(10_100);
  expect(events.dropped).toBe(1900);
  const numbers = heard.map((name) => Number(name.slice(1)));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(numbers.at(-1)).toBe(11_999);
});
