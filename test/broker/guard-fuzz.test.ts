// Packets that were right and then damaged: none ends the process or comes between two clients that behave.
import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBroker, type TestBroker } from '../support/broker.ts';
import { publishBytes, RawClient, subscribeBytes } from '../support/raw-client.ts';
import { caseFiles, casesOf } from './packet-cases.ts';
import { bytesFrom } from './packet-notation.ts';
import { propertyCases } from './property-rules.ts';
import { greeting } from './wire-probe.ts';

const seed = Number(process.env['HOMERULE_FUZZ_SEED'] ?? 20_261_122);
const numRuns = Number(process.env['HOMERULE_FUZZ_RUNS'] ?? 600);

let house: TestBroker;
let speaker: RawClient;
let listener: RawClient;
beforeAll(async () => {
  house = await startBroker();
  speaker = await RawClient.open(house.mqttPort, { id: 'well-behaved speaker' });
  listener = await RawClient.open(house.mqttPort, { id: 'well-behaved listener' });
  listener.send(subscribeBytes('pair/of/the/well/behaved', 1));
  await listener.next('suback');
});
afterAll(() => house.stop());

/** Whole conversations: a CONNECT and one packet, or a CONNECT alone. */
const conversations: readonly Buffer[] = [
  ...caseFiles.flatMap((file) =>
    casesOf(file).flatMap((each) =>
      each.versions.map((version) => {
        const send = bytesFrom(each.send, version);
        return file === 'connect' ? send : Buffer.concat([greeting(version), send]);
      }),
    ),
  ),
  ...propertyCases.map(({ bytes }) => (bytes[0] === 0x10 ? bytes : Buffer.concat([greeting(5), bytes]))),
].filter((bytes) => bytes.length < 2000);

const interesting = [0x00, 0x01, 0x02, 0x03, 0x10, 0x26, 0x30, 0x7f, 0x80, 0x82, 0xc0, 0xe0, 0xff];

interface Damage {
  readonly kind: 'set' | 'insert' | 'delete' | 'cut' | 'repeat';
  readonly at: number;
  readonly byte: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('set', 'set', 'insert', 'delete', 'cut', 'repeat'),
  at: fc.nat({ max: 2000 }),
  byte: fc.oneof(fc.constantFrom(...interesting), fc.nat({ max: 255 })),
});

function damaged(bytes: Buffer, { kind, at: place, byte }: Damage): Buffer {
  const at = place % Math.max(1, bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (kind === 'cut') return Buffer.from(before);
  if (kind === 'repeat') return Buffer.concat([bytes, after]);
  const middle = kind === 'delete' ? [] : [byte];
  return Buffer.concat([before, Buffer.from(middle), kind === 'insert' ? after : after.subarray(1)]);
}

/** Sends, hangs up, and waits until the broker has, too. */
async function throwAt(port: number, bytes: Buffer): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port });
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  socket.on('error', () => socket.destroy());
  socket.resume();
  await Promise.race([once(socket, 'connect').catch(() => undefined), closed]);
  socket.end(bytes);
  await closed;
}

let count = 0;
let slowest = 0;

async function pairTalks(): Promise<void> {
  count++;
  const started = performance.now();
  speaker.send(publishBytes({ topic: 'pair/of/the/well/behaved', qos: 1, id: (count % 65_535) + 1 }));
  await Promise.all([listener.atLeast(1, 'publish'), speaker.atLeast(1, 'puback')]);
  for (const { messageId = 0 } of listener.got('publish'))
    listener.send(Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]));
  expect(listener.got('publish')).toHaveLength(1);
  listener.packets.length = 0;
  speaker.packets.length = 0;
  slowest = Math.max(slowest, performance.now() - started);
}

test(`damaged packets harm only whoever sent them (seed ${seed}, ${numRuns} runs)`, {
  timeout: 600_000,
}, async () => {
  expect(conversations.length).toBeGreaterThan(800);
  const property = fc.asyncProperty(
    fc.constantFrom(...conversations),
    fc.array(damage, { minLength: 1, maxLength: 4 }),
    async (bytes, damages) => {
      await throwAt(house.mqttPort, damages.reduce(damaged, bytes));
      await pairTalks();
    },
  );
  await fc.assert(property, { seed, numRuns });
  expect(slowest).toBeLessThan(1000);
  const { caught, malformed, clients } = house.broker.counters();
  expect({ caught, clients }).toEqual({ caught: 0, clients: 2 });
  expect(malformed).toBeGreaterThan(numRuns / 4);
});
