// A session whose queue was being sent when its connection broke: what is left of that must not touch it any more.
import type { IPublishPacket } from 'mqtt-packet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { bytesOf, RawClient } from '../support/raw-client.ts';

let house: TestBroker;
beforeEach(async () => {
  house = await startBroker();
});
afterEach(async () => {
  expect(house.broker.counters().caught).toBe(0);
  await house.stop();
});

const count = 300;
const names = Array.from({ length: count }, (_, n) => `m${n}`);

async function comeBack(receiveMaximum: number): Promise<RawClient> {
  const properties = { sessionExpiryInterval: 3600, receiveMaximum };
  return RawClient.open(house.mqttPort, { id: 'c', version: 5, clean: false, properties });
}

/** Gone, and the house knows it. */
async function leave(client: RawClient): Promise<void> {
  client.destroy();
  await client.closed();
  const other = await RawClient.open(house.mqttPort, { id: 'other', version: 5 });
  while (house.broker.clients().some(({ id }) => id === 'c')) await other.settled();
  other.destroy();
}

function publish(name: string): void {
  const message = { topic: 't', payload: Buffer.from(name), qos: 2, retain: false } as const;
  house.broker.release({ ...message, origin: 'rule', by: 'r' });
}

/** Answers what comes, each message to its end, as long as `goesOn`; leaves out those that `skips` names. */
async function take(
  client: RawClient,
  { goesOn, skips }: { goesOn: (done: number, last?: string) => boolean; skips: (id: number) => boolean },
): Promise<string[]> {
  const taken: string[] = [];
  let done = 0;
  for (let seen = 0; goesOn(done, taken.at(-1)); seen++) {
    while (client.packets.length <= seen) await client.settled();
    const { cmd, messageId = 0, ...packet } = client.packets[seen] as IPublishPacket;
    if (skips(messageId)) continue;
    if (cmd === 'publish') {
      taken.push(String(packet.payload));
      client.send(bytesOf({ cmd: 'pubrec', messageId }, 5));
    } else if (String(cmd) === 'pubrel') {
      client.send(bytesOf({ cmd: 'pubcomp', messageId }, 5));
      done++;
    }
  }
  await client.settled();
  return taken;
}

test('each message of the queue comes once, however often its sending broke off', {
  timeout: 30_000,
}, async () => {
  const first = await comeBack(5);
  const filter = { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 2 }] };
  first.send(bytesOf(filter, 5));
  await first.next('suback');
  await leave(first);
  for (const name of [...names, 'end']) publish(name);
  const taken: string[] = [];
  for (let time = 0; time < 30; time++) {
    const reader = await comeBack(6);
    // One is never answered: its identifier stays in the session, wherever those of a new connection begin.
    const few = { goesOn: (done: number) => done < (time * 7) % 11, skips: (id: number) => id === 5 };
    taken.push(...(await take(reader, few)));
    await leave(reader);
  }
  const last = await comeBack(100);
  const all = { goesOn: (_done: number, latest?: string) => latest !== 'end', skips: () => false };
  taken.push(...(await take(last, all)));
  expect(new Set(taken)).toEqual(new Set([...names, 'end']));
  expect(taken).toHaveLength(count + 1);
  last.destroy();
});
