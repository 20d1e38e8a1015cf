// Acknowledged means kept: acknowledgements wait for the commit of the batch that accept named.
import { afterEach, expect, test } from 'vitest';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import { ManualCommits } from '../support/commits.ts';
import { publishBytes, RawClient } from '../support/raw-client.ts';

const started: TestBroker[] = [];
async function start(options: Parameters<typeof startBroker>[0] = {}): Promise<TestBroker> {
  const house = await startBroker(options);
  started.push(house);
  return house;
}
afterEach(async () => {
  await Promise.all(started.splice(0).map((house) => house.stop()));
});

/** A house in which every message belongs to the open batch. */
async function durable(options: Parameters<typeof startBroker>[0] = {}): Promise<TestBroker> {
  const commits = new ManualCommits();
  return start({ commits, accept: () => commits.open, ...options });
}

async function accepted(house: TestBroker, client: RawClient, count: number): Promise<void> {
  while (house.accepted.length < count) await client.settled();
  await client.settled();
}

const idsOf = (client: RawClient, cmd: string): (number | undefined)[] =>
  client.got(cmd).map((packet) => packet.messageId);

const kinds = [
  { qos: 1, version: 4, ack: 'puback' },
  { qos: 1, version: 5, ack: 'puback' },
  { qos: 2, version: 4, ack: 'pubrec' },
  { qos: 2, version: 5, ack: 'pubrec' },
] as const;

test.each(kinds)(
  '$ack of MQTT $version comes after the commit and not before',
  async ({ qos, version, ack }) => {
    const house = await durable();
    const client = await RawClient.open(house.mqttPort, { id: 'lamp', version });
    client.send(publishBytes({ topic: 'a', qos, id: 1, version }));
    await accepted(house, client, 1);
    expect(client.got(ack)).toEqual([]);
    expect(house.broker.counters().parkedAcks).toBe(1);
    house.commits.commit();
    expect(await client.next(ack)).toMatchObject({ messageId: 1 });
    expect(house.broker.counters().parkedAcks).toBe(0);
  },
);

test('a message that needs no batch is acknowledged at once', async () => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(publishBytes({ topic: 'a', qos: 1, id: 1 }), publishBytes({ topic: 'a', qos: 2, id: 2 }));
  await client.next('puback');
  await client.next('pubrec');
  expect(house.commits.waiting).toBe(0);
});

test('with a hundred in flight the order stays, whatever waits and whatever does not', async () => {
  const commits = new ManualCommits();
  const house = await start({
    commits,
    accept: (message) => (Number(message.payload.toString()) % 3 === 0 ? commits.open : undefined),
  });
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  const ids = Array.from({ length: 100 }, (_, i) => i + 1);
  client.send(...ids.map((id) => publishBytes({ topic: 'a', payload: `${id}`, qos: 1, id })));
  await accepted(house, client, 100);
  expect(idsOf(client, 'puback')).toEqual([1, 2]);
  commits.commit();
  await client.atLeast(100, 'puback');
  expect(idsOf(client, 'puback')).toEqual(ids);
});

test('each commit releases its own batch only', async () => {
  const house = await durable();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(publishBytes({ topic: 'a', qos: 1, id: 1 }));
  await accepted(house, client, 1);
  const { commits } = house;
  commits.open++;
  client.send(publishBytes({ topic: 'a', qos: 1, id: 2 }), publishBytes({ topic: 'a', qos: 2, id: 3 }));
  await accepted(house, client, 3);
  commits.open--;
  commits.commit();
  await client.next('puback');
  await client.settled();
  expect(idsOf(client, 'puback')).toEqual([1]);
  commits.commit();
  await client.atLeast(2, 'puback');
  await client.next('pubrec');
});

test('a retained publish waits for its row even when accept asks for nothing', async () => {
  const house = await start();
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  client.send(publishBytes({ topic: 'a', qos: 1, id: 1, retain: true }));
  await accepted(house, client, 1);
  expect(house.retained.rows.has('a')).toBe(true);
  expect(client.got('puback')).toEqual([]);
  house.commits.commit();
  await client.next('puback');
});

test('a repeated QoS 2 publish waits too, even on a new connection', async () => {
  const house = await durable();
  const before = await RawClient.open(house.mqttPort, { id: 'lamp', clean: false });
  before.send(publishBytes({ topic: 'a', qos: 2, id: 1 }));
  await accepted(house, before, 1);
  before.destroy();
  const after = await RawClient.open(house.mqttPort, { id: 'lamp', clean: false });
  after.send(publishBytes({ topic: 'a', qos: 2, id: 1, dup: true }));
  await after.settled();
  await after.settled();
  expect(after.got('pubrec')).toEqual([]);
  house.commits.commit();
  await after.next('pubrec');
  expect(house.accepted).toHaveLength(1);
});

test('a client that goes takes its parked acknowledgements along', async () => {
  const house = await durable();
  const gone = await RawClient.open(house.mqttPort, { id: 'gone' });
  const stays = await RawClient.open(house.mqttPort, { id: 'stays' });
  gone.send(publishBytes({ topic: 'a', qos: 1, id: 1 }));
  await accepted(house, gone, 1);
  gone.destroy();
  await untilClients(house, 1);
  expect(house.broker.counters().parkedAcks).toBe(0);
  house.commits.commit();
  await stays.settled();
  expect(house.broker.counters().caught).toBe(0);
});

test('past its limit a client is read no further, and goes on after the commit', async () => {
  const house = await durable({ limits: { parkedAcks: 50 } });
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  const helper = await RawClient.open(house.mqttPort, { id: 'helper' });
  const ids = Array.from({ length: 500 }, (_, i) => i + 1);
  for (let i = 0; i < 500; i += 10)
    client.send(...ids.slice(i, i + 10).map((id) => publishBytes({ topic: 'a', qos: 1, id })));
  while (client.got('puback').length < 500) {
    await helper.settled();
    house.commits.commit();
  }
  expect(idsOf(client, 'puback')).toEqual(ids);
  expect(house.broker.counters().ackStalls).toBeGreaterThan(0);
});

test('one read that holds far more than the limit does not block for ever', async () => {
  const house = await durable({ limits: { parkedAcks: 10 } });
  const client = await RawClient.open(house.mqttPort, { id: 'lamp' });
  const helper = await RawClient.open(house.mqttPort, { id: 'helper' });
  const ids = Array.from({ length: 3000 }, (_, i) => i + 1);
  client.send(...ids.map((id) => publishBytes({ topic: 'a', qos: 1, id })));
  while (client.got('puback').length < ids.length) {
    await helper.settled();
    house.commits.commit();
  }
  expect(idsOf(client, 'puback')).toEqual(ids);
});
