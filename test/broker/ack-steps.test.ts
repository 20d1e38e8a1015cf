// Acknowledgements of a client that answer nothing, or the wrong thing: rows B40 and B44 of the list of bad input.

import type { Client } from 'aedes';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BrokerCounters } from '../../src/broker/counters.ts';
import { IncomingAcks } from '../../src/broker/routing/incoming-acks.ts';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { bytesOf, publishBytes, RawClient } from '../support/raw-client.ts';

let house: TestBroker;
beforeEach(async () => {
  house = await startBroker();
});
afterEach(async () => {
  expect(house.broker.counters().caught).toBe(0);
  await house.stop();
});

type Version = 4 | 5;
type Ack = 'puback' | 'pubrec' | 'pubrel' | 'pubcomp';
const firstBytes = { puback: 0x40, pubrec: 0x50, pubrel: 0x62, pubcomp: 0x70 } as const;
const ack = (cmd: Ack, id: number): Buffer => Buffer.from([firstBytes[cmd], 2, id >> 8, id & 0xff]);

async function clientWith(version: Version, qos: 0 | 1 | 2 = 2, clean = true): Promise<RawClient> {
  const client = await RawClient.open(house.mqttPort, { id: 'c', version, clean });
  client.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos }] }, version));
  await client.next('suback');
  return client;
}

/** Sends a message of this QoS to the client; returns its identifier. */
async function given(client: RawClient, qos: 1 | 2): Promise<number> {
  house.broker.release({
    topic: 't',
    payload: Buffer.from('x'),
    qos,
    retain: false,
    origin: 'rule',
    by: 'r',
  });
  return (await client.next('publish')).messageId ?? 0;
}

const unknown: readonly { sent: Ack; answer: Ack | undefined }[] = [
  { sent: 'puback', answer: undefined },
  { sent: 'pubcomp', answer: undefined },
  { sent: 'pubrec', answer: 'pubrel' },
  { sent: 'pubrel', answer: 'pubcomp' },
];

for (const version of [4, 5] as const) {
  test.each(unknown)(`B40: $sent of an unknown identifier, version ${version}`, async ({ sent, answer }) => {
    const client = await clientWith(version);
    client.send(ack(sent, 999));
    await client.settled();
    const answers = client.packets.filter(({ cmd }) => cmd === 'pubrel' || cmd === 'pubcomp');
    const reason = version === 5 ? { reasonCode: 0x92 } : {};
    expect(answers).toMatchObject(answer === undefined ? [] : [{ cmd: answer, messageId: 999, ...reason }]);
    expect(answers).toHaveLength(answer === undefined ? 0 : 1);
    client.destroy();
  });

  test(`B40: answers to unknown PUBRECs take nothing of the window, version ${version}`, async () => {
    const client = await clientWith(version);
    for (let id = 1; id <= 2000; id++) client.send(ack('pubrec', id));
    await client.atLeast(2000, 'pubrel');
    const id = await given(client, 2);
    client.send(ack('pubrec', id));
    const last = (await client.atLeast(2001, 'pubrel')).at(-1);
    expect(last).toMatchObject({ messageId: id });
    if (version === 5) expect(last).toMatchObject({ reasonCode: 0 });
    client.destroy();
  });

  test.each([
    { qos: 1, steps: ['pubrec'] },
    { qos: 1, steps: ['pubcomp'] },
    { qos: 2, steps: ['puback'] },
    { qos: 2, steps: ['pubcomp'] },
    { qos: 2, steps: ['pubrec', 'puback'] },
  ] as const)(`B44: $steps for a message of QoS $qos, version ${version}`, async ({ qos, steps }) => {
    for (const clean of [true, false]) {
      const client = await clientWith(version, 2, clean);
      const id = await given(client, qos);
      for (const step of steps) {
        await client.settled();
        client.send(ack(step, id));
      }
      await client.closed();
      const farewells = client.got('disconnect');
      expect(farewells).toMatchObject(version === 5 ? [{ reasonCode: 0x82 }] : []);
    }
    expect(house.broker.counters().malformed).toBe(2);
  });
}

test('a PUBREC that comes twice, and a PUBREL right behind its PUBLISH, are in order', async () => {
  const client = await clientWith(5);
  const id = await given(client, 2);
  client.send(ack('pubrec', id), ack('pubrec', id));
  expect(await client.atLeast(2, 'pubrel')).toMatchObject([{ reasonCode: 0 }, { reasonCode: 0 }]);
  client.send(ack('pubcomp', id), publishBytes({ topic: 'u', qos: 2, id: 7, version: 5 }), ack('pubrel', 7));
  expect(await client.next('pubcomp')).toMatchObject({ messageId: 7, reasonCode: 0 });
  client.destroy();
});

test('the steps of a session go on after its client came back', async () => {
  const properties = { sessionExpiryInterval: 60 };
  const session = { id: 's', version: 5, properties } as const;
  const before = await RawClient.open(house.mqttPort, session);
  before.send(bytesOf({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 2 }] }, 5));
  await before.next('suback');
  const id = await given(before, 2);
  before.send(publishBytes({ topic: 'u', qos: 2, id: 7, version: 5 }), ack('pubrec', id));
  await before.next('pubrel');
  await before.next('pubrec');
  before.destroy();
  const after = await RawClient.open(house.mqttPort, { ...session, clean: false });
  expect(await after.next('pubrel')).toMatchObject({ messageId: id, reasonCode: 0 });
  after.send(ack('pubrel', 7), ack('pubcomp', id));
  expect(await after.next('pubcomp')).toMatchObject({ messageId: 7, reasonCode: 0 });
  await after.settled();
  after.destroy();
});

test.each(['puback', 'pubrec', 'pubrel', 'pubcomp'] as const)(
  'a %s that is left of a connection which is over says nothing about the session',
  (cmd) => {
    const acks = new IncomingAcks({
      sessions: { isQueued: () => true, isHalfOpen: () => true },
      counters: new BrokerCounters(),
      onFault: () => undefined,
    });
    const steps = { puback: 'puback', pubrec: 'pubrec', pubrel: undefined, pubcomp: 'pubcomp' } as const;
    const outbox = { stepOf: () => steps[cmd], release: () => true };
    const said = (isOver: boolean): boolean =>
      acks.admits({ cmd, messageId: 1 }, {} as Client, { isOver, outbox, receipts: new Set([1]) } as never);
    expect([said(false), said(true)]).toEqual([true, false]);
  },
);
