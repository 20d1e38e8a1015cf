// The line of bytes of one connection, and what stands in it: encoded once, written once per turn, bounded, in order.
import { Writable } from 'node:stream';
import fc from 'fast-check';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import { DeliveryWindow } from '../../src/broker/writer/delivery-window.ts';
import { Flusher } from '../../src/broker/writer/flusher.ts';
import { MessageIds } from '../../src/broker/writer/message-ids.ts';
import { Publication } from '../../src/broker/writer/publication.ts';
import { publishBytes, withMessageId } from '../../src/broker/writer/publish-bytes.ts';
import { SendQueue } from '../../src/broker/writer/send-queue.ts';
import { TopicAliases } from '../../src/broker/writer/topic-aliases.ts';
import { WaitingRoom } from '../../src/broker/writer/waiting-room.ts';
import { someTime } from '../support/broker.ts';

/** A socket whose peer reads when the test says so. */
class Peer extends Writable {
  readonly writes: Buffer[] = [];
  isReading = true;
  #waiting: (() => void) | undefined;

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.writes.push(bytes);
    if (this.isReading) done();
    else this.#waiting = done;
  }

  /** Takes the write that is under way. */
  read(): void {
    const done = this.#waiting;
    this.#waiting = undefined;
    done?.();
  }

  get sizes(): number[] {
    return this.writes.map(({ length }) => length);
  }
}

function lineTo(stream: Writable) {
  const clock = new VirtualClock(someTime);
  const turns: (() => void)[] = [];
  const calls: string[] = [];
  const queue = new SendQueue({
    stream: stream as never,
    flusher: new Flusher((run) => turns.push(run)),
    limit: 1_000_000,
    patienceMs: 10_000,
    after: (ms, run) => clock.after(ms, run),
    onRoom: () => calls.push('room'),
    onStuck: () => calls.push('stuck'),
  });
  const turn = (): void => {
    for (const run of turns.splice(0)) run();
  };
  return { queue, clock, calls, turn };
}

/** Lets the callbacks of a stream run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what one turn leaves goes out in one write, in order', () => {
  const peer = new Peer();
  const { queue, turn } = lineTo(peer);
  for (const text of ['a', 'bc', 'd']) queue.push(Buffer.from(text));
  expect(peer.writes).toEqual([]);
  turn();
  expect(peer.writes.map(String)).toEqual(['abcd']);
});

test('flush does not wait for the turn', () => {
  const peer = new Peer();
  const { queue, turn } = lineTo(peer);
  queue.push(Buffer.from('a'));
  queue.flush();
  turn();
  expect(peer.writes.map(String)).toEqual(['a']);
});

test('any bytes come out as they went in, in pieces of 64 KB at most', async () => {
  const sizes = fc.array(fc.oneof(fc.nat(300), fc.integer({ min: 60_000, max: 200_000 })), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(fc.boolean(), { maxLength: 12 }), async (parts, breaks) => {
      const peer = new Peer();
      const { queue, turn } = lineTo(peer);
      const bytes = parts.map((size, at) => Buffer.alloc(size, at + 1));
      for (const [at, part] of bytes.entries()) {
        queue.push(part);
        if (breaks[at]) turn();
      }
      while (queue.backlog > 0) {
        turn();
        await settle();
      }
      expect(Buffer.concat(peer.writes).equals(Buffer.concat(bytes))).toBe(true);
      expect(Math.max(0, ...peer.sizes)).toBeLessThanOrEqual(65_536);
    }),
    { numRuns: 60 },
  );
});

test('one write at a time; room is told when a full line has become short', async () => {
  const peer = new Peer();
  const { queue, calls, turn } = lineTo(peer);
  peer.isReading = false;
  for (let at = 0; at < 3; at++) queue.push(Buffer.alloc(40_000));
  expect(queue.isFull).toBe(true);
  turn();
  turn();
  expect(peer.sizes).toEqual([40_000]);
  for (const left of [80_000, 40_000, 0]) {
    peer.read();
    await settle();
    expect(queue.backlog).toBe(left);
    turn();
  }
  expect(calls).toEqual(['room']);
  expect(queue.isFull).toBe(false);
});

test('what may be dropped fits up to the limit; alone it always does', () => {
  const peer = new Peer();
  const { queue, turn } = lineTo(peer);
  peer.isReading = false;
  expect(queue.fits(5_000_000)).toBe(true);
  queue.push(Buffer.alloc(900_000));
  turn();
  expect(queue.fits(100_000)).toBe(true);
  expect(queue.fits(100_001)).toBe(false);
});

test('a peer that takes nothing is stuck after its patience; one that takes a little is not', async () => {
  const peer = new Peer();
  const { queue, clock, calls, turn } = lineTo(peer);
  peer.isReading = false;
  queue.push(Buffer.alloc(200_000));
  turn();
  for (let at = 0; at < 3; at++) {
    clock.advance(9000);
    peer.read();
    await settle();
    turn();
  }
  expect(calls).not.toContain('stuck');
  clock.advance(10_000);
  expect(calls).toContain('stuck');
});

test('a stream that is about to be destroyed gets all that is left', () => {
  const peer = new Peer();
  const { queue } = lineTo(peer);
  queue.push(Buffer.from('a'));
  queue.push(Buffer.from('b'));
  queue.finish();
  expect(peer.writes.map(String)).toEqual(['ab']);
  expect(queue.backlog).toBe(0);
});

const qosArbitrary = fc.constantFrom(0, 1, 2) as fc.Arbitrary<0 | 1 | 2>;
const propertiesArbitrary = fc.record(
  {
    payloadFormatIndicator: fc.boolean(),
    messageExpiryInterval: fc.integer({ min: 1, max: 1e6 }),
    contentType: fc.string({ minLength: 1 }),
    responseTopic: fc.string({ minLength: 1 }),
    subscriptionIdentifier: fc.array(fc.integer({ min: 1, max: 268_435_455 }), {
      minLength: 1,
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);

test('a PUBLISH has the bytes that mqtt-packet gives it', () => {
  const text = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
  const payload = fc.uint8Array({ maxLength: 20_000, size: 'max' }).map((bytes) => Buffer.from(bytes));
  const id = fc.integer({ min: 1, max: 65_535 });
  fc.assert(
    fc.property(
      fc.record({ topic: text, payload, qos: qosArbitrary, retain: fc.boolean(), isVersion5: fc.boolean() }),
      fc.option(propertiesArbitrary, { nil: undefined }),
      id,
      fc.boolean(),
      (publish, properties, messageId, dup) => {
        const { topic, qos, retain, isVersion5 } = publish;
        const isRepeated = dup && qos > 0;
        const shared = publishBytes({ ...publish, properties });
        const bytes = qos === 0 ? shared.bytes : withMessageId(shared, messageId, isRepeated);
        const packet = {
          cmd: 'publish',
          topic,
          payload: publish.payload,
          qos,
          retain,
          dup: isRepeated,
          messageId,
        };
        const all = { ...packet, ...(properties && { properties }) } as Packet;
        const expected = mqttPacket.generate(all, { protocolVersion: isVersion5 ? 5 : 4 });
        expect(bytes.equals(expected)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

const publication = (payload: Buffer = Buffer.from('x')): Publication =>
  new Publication({ cmd: 'publish', topic: 't', payload, qos: 1, retain: false, dup: false });

test('what several clients want alike is encoded once', () => {
  const message = publication();
  expect(message.bytes(false, 0, false)).toBe(message.bytes(false, 0, false));
  expect(message.bytes(true, 0, false)).not.toBe(message.bytes(false, 0, false));
  const shared = message.bytes(false, 1, false);
  const [first, second] = [withMessageId(shared, 1, false), withMessageId(shared, 2, false)];
  expect([first[6], second[6]]).toEqual([1, 2]);
});

test('what is kept for later holds on to its own bytes only', () => {
  const read = Buffer.alloc(65_536);
  const payload = read.subarray(11, 18);
  payload.write('payload');
  const message = publication(payload);
  message.detach();
  read.fill(0);
  expect(message.packet.payload.toString()).toBe('payload');
  expect(message.packet.payload.buffer).not.toBe(read.buffer);
});

test('an identifier in use is never given, and all others are, in turn', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), (used) => {
      const isUsed = new Set(used);
      const ids = new MessageIds((id) => isUsed.has(id));
      const given = Array.from({ length: 60 }, () => ids.take());
      expect(given.filter((id) => isUsed.has(id))).toEqual([]);
      expect(new Set(given).size).toBe(60);
    }),
  );
});

test('identifiers begin anew after the last', () => {
  const ids = new MessageIds(() => false);
  for (let at = 0; at < 65_534; at++) ids.take();
  expect([ids.take(), ids.take()]).toEqual([65_535, 1]);
});

const delivery = (payload: Buffer, messageId?: number) => ({
  publication: publication(payload),
  qos: 1 as const,
  retain: false,
  identifiers: [],
  ...(messageId !== undefined && { messageId }),
});

test('those who wait are bounded by number and bytes, the oldest leaves, one always fits', () => {
  const byNumber = new DeliveryWindow(1, { messages: 2, bytes: 1e6 });
  expect([1, 2, 3, 4].map((size) => byNumber.push(delivery(Buffer.alloc(size))))).toEqual([0, 0, 1, 1]);
  expect(byNumber.take()?.publication.packet.payload).toHaveLength(3);
  const byBytes = new DeliveryWindow(1, { messages: 100, bytes: 1000 });
  expect([500, 500, 5000].map((size) => byBytes.push(delivery(Buffer.alloc(size))))).toEqual([0, 1, 1]);
  expect(byBytes.take()?.publication.packet.payload).toHaveLength(5000);
  expect(byBytes.isIdle).toBe(true);
});

test('an identifier that waits with its message is in use', () => {
  const window = new DeliveryWindow(1, { messages: 10, bytes: 1e6 });
  window.push(delivery(Buffer.from('x'), 7));
  expect(window.isUsed(7)).toBe(true);
  window.take();
  expect(window.isUsed(7)).toBe(false);
});

test('an alias is known only once it was told', () => {
  const aliases = new TopicAliases(1);
  expect(aliases.offer('a')).toEqual({ alias: 1, isKnown: false });
  expect(aliases.offer('b')).toEqual({ alias: 1, isKnown: false });
  aliases.tell('b');
  expect(aliases.offer('b')).toEqual({ alias: 1, isKnown: true });
  expect(aliases.offer('a')).toBeUndefined();
});

test('publishers wait for a slow subscriber for 50 ms, and not again before it has caught up; readers wait on', () => {
  const clock = new VirtualClock(someTime);
  const room = new WaitingRoom((ms, run) => clock.after(ms, run));
  const calls: string[] = [];
  room.waitForRoom(() => calls.push('reader'));
  room.hold(() => calls.push('first'));
  clock.advance(49);
  expect(calls).toEqual([]);
  clock.advance(1);
  room.hold(() => calls.push('second'));
  expect(calls).toEqual(['first', 'second']);
  expect(room.isSlow).toBe(true);
  room.release();
  room.hold(() => calls.push('third'));
  expect(calls).toEqual(['first', 'second', 'reader']);
  room.release();
  expect(calls).toEqual(['first', 'second', 'reader', 'third']);
});
