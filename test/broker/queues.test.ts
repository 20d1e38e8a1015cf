// The pure parts: the queue of a session and the parking of acknowledgements, against simple models.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import { Throttle } from '../../src/broker/listeners/throttle.ts';
import type { PublishPacket } from '../../src/broker/packet.ts';
import { OutgoingQueue } from '../../src/broker/persistence/outgoing-queue.ts';
import { SessionRows, type SharedMessage } from '../../src/broker/persistence/session-rows.ts';
import { ParkedAcks } from '../../src/broker/writer/parked-acks.ts';
import { ManualCommits } from '../support/commits.ts';

const packet = (brokerCounter: number): PublishPacket => ({
  cmd: 'publish',
  topic: 't',
  payload: Buffer.from(`${brokerCounter}`),
  qos: 1,
  retain: false,
  dup: false,
  brokerCounter,
});
const shared = (from: PublishPacket): SharedMessage => ({ id: 1, packet: from, uses: 0, batch: undefined });
const newQueue = (): OutgoingQueue =>
  new OutgoingQueue('panel', new SessionRows(undefined, new ManualCommits()));
const roomy = { queuedMessages: 1000, queuedBytes: 1e6 };
const listOf = (queue: OutgoingQueue): string[] =>
  queue.list().map((entry) => (entry.cmd === 'publish' ? `${entry.payload}` : `pubrel ${entry.messageId}`));

test('a PUBREL takes the place of its message', () => {
  const queue = newQueue();
  for (const counter of [1, 2, 3]) queue.push(shared(packet(counter)), roomy);
  queue.update({ ...packet(2), messageId: 77 });
  queue.update({ cmd: 'pubrel', messageId: 77 });
  expect(listOf(queue)).toEqual(['1', 'pubrel 77', '3']);
  expect(queue.clear(77)).toMatchObject({ cmd: 'pubrel' });
  expect(queue.clear(77)).toBeUndefined();
  queue.update({ cmd: 'pubrel', messageId: 5 });
  expect(listOf(queue)).toEqual(['1', '3']);
});

test('readers get copies: what aedes writes into one is not seen by the next', () => {
  const queue = newQueue();
  queue.push(shared({ ...packet(1), properties: { messageExpiryInterval: 9 } }), roomy);
  const [first] = queue.list();
  if (first?.cmd === 'publish') first.properties = { ...first.properties, messageExpiryInterval: 1 };
  expect(queue.list()[0]).toHaveProperty('properties.messageExpiryInterval', 9);
});

test('bytes are bounded too', () => {
  const queue = newQueue();
  const bounds = { queuedMessages: 1000, queuedBytes: 1000 };
  const large = { ...packet(1), payload: Buffer.alloc(500) };
  expect(queue.push(shared(large), bounds)).toBe(0);
  expect(queue.push(shared({ ...large, brokerCounter: 2 }), bounds)).toBe(1);
  expect(queue.size).toBe(1);
});

test('property: the queue is a list with a bound', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('push' as const) }),
    fc.record({ kind: fc.constant('send' as const), at: fc.nat(20) }),
    fc.record({ kind: fc.constant('ack' as const), id: fc.integer({ min: 1, max: 20 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const queue = newQueue();
      let model: { counter: number; id: number | undefined }[] = [];
      let counter = 0;
      let id = 0;
      for (const action of steps) {
        if (action.kind === 'push') {
          counter++;
          queue.push(shared(packet(counter)), { queuedMessages: 10, queuedBytes: 1e6 });
          model = [...model, { counter, id: undefined }].slice(-10);
        } else if (action.kind === 'send') {
          const entry = model[action.at % Math.max(1, model.length)];
          if (entry === undefined) continue;
          entry.id = ++id;
          queue.update({ ...packet(entry.counter), messageId: id });
        } else {
          queue.clear(action.id);
          model = model.filter((entry) => entry.id !== action.id);
        }
      }
      expect(listOf(queue)).toEqual(model.map((entry) => `${entry.counter}`));
    }),
  );
});

test('property: acknowledgements leave in the order they came, each after its batch and none too late', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('hold' as const), isDurable: fc.boolean() }),
    fc.record({ kind: fc.constant('take' as const), isDurable: fc.boolean() }),
    fc.record({ kind: fc.constant('settle' as const) }),
    fc.record({ kind: fc.constant('commit' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const commits = new ManualCommits();
      const sent: number[] = [];
      const acks = new ParkedAcks({
        commits,
        limit: 1000,
        soon: (run) => run(),
        write: (ready) => sent.push(...ready.map((ack) => ack.packet.messageId ?? 0)) > 0,
        onRoom: () => undefined,
      });
      const held: { id: number; isDurable: boolean }[] = [];
      const due = new Map<number, number | undefined>();
      let id = 0;
      let committed = 0;
      const settleOne = (): void => {
        const next = held.shift();
        if (next === undefined) return;
        const batch = next.isDurable ? commits.open : undefined;
        due.set(next.id, batch);
        acks.settle(next.id, batch);
      };
      for (const action of steps) {
        if (action.kind === 'hold') {
          acks.hold({ cmd: 'puback', messageId: ++id }, undefined);
          held.push({ id, isDurable: action.isDurable });
        } else if (action.kind === 'take') {
          const batch = action.isDurable ? commits.open : undefined;
          due.set(++id, batch);
          acks.take({ cmd: 'pubrec', messageId: id }, undefined, batch);
        } else if (action.kind === 'settle') settleOne();
        else {
          committed = commits.open;
          commits.commit();
        }
        let expected = 0;
        while (due.has(expected + 1) && (due.get(expected + 1) ?? 0) <= committed) expected++;
        expect(sent).toEqual(Array.from({ length: expected }, (_, i) => i + 1));
      }
      while (held.length > 0) settleOne();
      commits.commit();
      expect(sent).toHaveLength(id);
      expect(acks.size).toBe(0);
    }),
  );
});

test('an identifier used twice at once is settled in turn', () => {
  const commits = new ManualCommits();
  const sent: string[] = [];
  const acks = new ParkedAcks({
    commits,
    limit: 10,
    soon: (run) => run(),
    write: (ready) => sent.push(...ready.map((ack) => `${ack.packet.messageId}`)) > 0,
    onRoom: () => undefined,
  });
  for (const messageId of [1, 1, 2]) acks.hold({ cmd: 'puback', messageId }, undefined);
  acks.settle(2, undefined);
  acks.settle(1, undefined);
  expect(sent).toEqual(['1']);
  acks.settle(9, undefined);
  acks.settle(1, commits.open);
  expect(sent).toEqual(['1']);
  commits.commit();
  expect(sent).toEqual(['1', '1', '2']);
});

test('the log throttle lets one of a kind through per minute and forgets the oldest of many', () => {
  const clock = new VirtualClock(0);
  const throttle = new Throttle(clock);
  expect([throttle.admits('a'), throttle.admits('a'), throttle.admits('b')]).toEqual([true, false, true]);
  clock.advance(60_000);
  expect(throttle.admits('a')).toBe(true);
  for (let i = 0; i < 1000; i++) throttle.admits(`many ${i}`);
  expect(throttle.admits('a')).toBe(true);
});
