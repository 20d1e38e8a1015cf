// Retained messages over a bridge: what the remote had stored is marked, what is new is not, and neither undoes the other.
import { afterEach, expect, test } from 'vitest';
import type { Message } from '../../src/broker/index.ts';
import { mosquittoAbsence, mustHavePeers } from '../cli/mosquitto.ts';
import { Relay } from './relay.ts';
import { startRemote } from './remotes.ts';
import { soon, startHouse, type TestHouse, type TestHouseOptions } from './support.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: TestHouseOptions = {}): Promise<TestHouse> {
  const started = await startHouse(options);
  undo.push(() => started.stop());
  return started;
}

const kinds =
  mosquittoAbsence === undefined || mustHavePeers ? (['house', 'mosquitto'] as const) : (['house'] as const);

/** What is told of each accepted message under `test/`. */
function cameIn({ broker }: TestHouse): unknown[] {
  const shown = ({ topic, payload, retain, stored }: Message): unknown[] => [
    topic,
    String(payload),
    retain,
    stored,
  ];
  return broker.accepted.filter(({ topic }) => topic.startsWith('test/')).map(shown);
}

test.each(kinds)('%s, MQTT 5: stored and new are told apart', async (kind) => {
  const remote = await startRemote(kind);
  undo.push(() => remote.stop());
  await remote.publish('test/old', 'stored', { retain: true, qos: 1 });
  const local = await house({
    documents: [{ name: 'up', addresses: [remote.address], topics: ['test/# both 1'], protocol: 'mqttv50' }],
  });
  await local.untilState('up', 'connected');
  await local.untilHeard(1);
  await remote.publish('test/new', 'first', { retain: true, qos: 1 });
  await remote.publish('test/old', 'again', { retain: true, qos: 1 });
  await remote.publish('test/event', 'x', { retain: false, qos: 1 });
  await local.untilHeard(4);
  expect(cameIn(local)).toEqual([
    ['test/old', 'stored', true, true],
    ['test/new', 'first', true, undefined],
    ['test/old', 'again', true, undefined],
    ['test/event', 'x', false, undefined],
  ]);
  expect(local.broker.broker.isRetained('test/old')).toBe(true);
});

test.each(kinds)('%s, MQTT 3.1.1: what is retained was stored', async (kind) => {
  const remote = await startRemote(kind);
  undo.push(() => remote.stop());
  await remote.publish('test/old', 'stored', { retain: true, qos: 1 });
  const local = await house({
    documents: [{ name: 'up', addresses: [remote.address], topics: ['test/# in 1'], protocol: 'mqttv311' }],
  });
  await local.untilState('up', 'connected');
  await local.untilHeard(1);
  await remote.publish('test/new', 'first', { retain: true, qos: 1 });
  await local.untilHeard(2);
  expect(cameIn(local)).toEqual([
    ['test/old', 'stored', true, true],
    ['test/new', 'first', false, undefined],
  ]);
});

test.each(kinds)('%s: the remote is told what the house has retained, once', async (kind) => {
  const remote = await startRemote(kind);
  undo.push(() => remote.stop());
  const wire = await Relay.to(remote.port);
  undo.push(() => wire.stop());
  const local = await house();
  local.publish('test/a', '1', { retain: true });
  local.publish('other', '1', { retain: true });
  const heard = await remote.listen('test/#');
  const document = { addresses: [`127.0.0.1:${wire.port}`], topics: ['test/# both 1'], restartTimeout: soon };
  await local.bridges.save('up', document);
  await local.until('up', ({ counters }) => counters.sent === 1);
  wire.hangUp();
  await local.until('up', ({ counters, state }) => counters.connects === 2 && state === 'connected');
  local.publish('test/b', '2');
  expect(await heard(2)).toEqual(['test/a 1', 'test/b 2']);
});

test('a stored message of the remote does not undo a newer one that waits for it', async () => {
  const remote = await startRemote('house');
  undo.push(() => remote.stop());
  const wire = await Relay.to(remote.port);
  undo.push(() => wire.stop());
  const addresses = [`127.0.0.1:${wire.port}`];
  const local = await house({
    documents: [{ name: 'up', addresses, topics: ['test/# both 1'], restartTimeout: soon }],
  });
  await local.untilState('up', 'connected');
  local.publish('test/light', 'old', { retain: true });
  await remote.publish('test/door', 'old', { retain: true, qos: 1 });
  await local.until('up', ({ counters }) => counters.queued === 0 && counters.received === 1);
  wire.cut();
  await local.untilState('up', 'waiting');
  local.publish('test/light', 'new', { retain: true });
  local.publish('test/door', 'new', { retain: true });
  wire.mend();
  await local.until('up', ({ state, counters }) => state === 'connected' && counters.queued === 0);
  const heard = await remote.listen('test/#');
  expect((await heard(2)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['test/door new', 'test/light new']);
  const kept = [...local.broker.broker.retained('test/#')].map(({ payload }) => String(payload));
  expect(kept).toEqual(['new', 'new']);
});
