// The CONNACK promises that what the CONNECT ended is over and that its will is kept: it waits for their commit.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBroker, type TestBroker, untilClients } from '../support/broker.ts';
import {
  connectBytes,
  publishBytes,
  RawClient,
  type RawConnect,
  subscribeBytes,
} from '../support/raw-client.ts';
import { SessionTablesDouble } from '../support/session-tables.ts';

let house: TestBroker;
let tables: SessionTablesDouble;
beforeEach(async () => {
  tables = new SessionTablesDouble();
  house = await startBroker({ sessions: tables });
});
afterEach(() => house.stop());

const will = { topic: 'gone', payload: Buffer.from('x'), qos: 1, retain: false };

/** Waits for what a commit lets go. */
async function committed<Value>(answer: Promise<Value>): Promise<Value> {
  while (house.commits.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
  house.commits.commit();
  return answer;
}

async function leaveSession(): Promise<void> {
  const client = await RawClient.open(house.mqttPort, { id: 'c', clean: false });
  client.send(subscribeBytes('t', 1));
  await committed(client.next('suback'));
  client.destroy();
  await untilClients(house, 0);
}

/** A client that is connected, and has been for some turns. */
async function greet(options: RawConnect): Promise<RawClient> {
  const client = await RawClient.greet(house.mqttPort, connectBytes(options), 4);
  await untilClients(house, 1);
  const other = await RawClient.open(house.mqttPort, { id: 'other' });
  await other.settled();
  other.destroy();
  await untilClients(house, 1);
  return client;
}

test('the end of an older session is kept before a clean start is answered', async () => {
  await leaveSession();
  const client = await greet({ id: 'c', clean: true });
  expect(client.packets).toEqual([]);
  client.send(publishBytes({ topic: 'u', qos: 1, id: 1 }));
  expect(await committed(client.next('connack'))).toMatchObject({ sessionPresent: false });
  await client.next('puback');
  expect(client.packets.map(({ cmd }) => cmd)).toEqual(['connack', 'puback']);
  expect(tables.sessions.rows.size).toBe(0);
  expect(tables.subscriptions.rows.size).toBe(0);
  client.destroy();
});

test('a will is kept, and an older one is no more, before the CONNACK', async () => {
  const first = await greet({ id: 'c', clean: true, will });
  expect(first.packets).toEqual([]);
  await committed(first.next('connack'));
  const second = await RawClient.greet(house.mqttPort, connectBytes({ id: 'c', clean: true }), 4);
  await first.closed();
  await committed(second.next('connack'));
  expect(tables.wills.rows.size).toBe(0);
  second.destroy();
});

test('a client that is cut before the commit is told nothing', async () => {
  await leaveSession();
  const client = await greet({ id: 'c', clean: true });
  expect(house.broker.disconnect('c')).toBe(true);
  await client.closed();
  expect(client.packets).toEqual([]);
});

test.each([true, false])(
  'a CONNECT that ends nothing and leaves no will is answered at once (clean %s)',
  async (clean) => {
    const client = await RawClient.open(house.mqttPort, { id: 'new', clean });
    expect(client.got('connack')).toHaveLength(1);
    client.destroy();
  },
);
