// Two houses, or more, and a bridge between them.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { startHouse, type TestHouse, type TestHouseOptions } from './support.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

async function house(options: TestHouseOptions = {}): Promise<TestHouse> {
  const started = await startHouse(options);
  undo.push(() => started.stop());
  return started;
}

const at = (port: number): string[] => [`127.0.0.1:${port}`];

test.each(['mqttv50', 'mqttv311'] as const)(
  'out, in and both carry what their lines say, %s',
  async (protocol) => {
    const remote = await house({ name: 'remote' });
    const local = await house({
      name: 'local',
      documents: [
        {
          name: 'up',
          addresses: at(remote.port),
          protocol,
          topics: ['a/# out 1 test/ test/far/', 'b in 2 test/near/ test/', 'c both 1 test/ test/'],
        },
      ],
    });
    await local.untilState('up', 'connected');
    local.publish('test/a/x', '1');
    local.publish('test/other', '2');
    local.publish('test/c', '3');
    expect(await remote.untilHeard(2)).toEqual(['test/far/a/x 1', 'test/c 3']);
    remote.publish('test/b', '4', { qos: 2 });
    remote.publish('test/c', '5', { qos: 0 });
    await local.untilHeard(5);
    expect(local.heard).toEqual(['test/a/x 1', 'test/other 2', 'test/c 3', 'test/near/b 4', 'test/c 5']);
    const came = local.broker.accepted.find(({ topic }) => topic === 'test/near/b');
    expect(came).toMatchObject({ qos: 2, origin: 'bridge', by: 'up', retain: false });
    expect(came?.stored).toBeUndefined();
  },
);

test('a house is told whether the other one is there', async () => {
  const remote = await house({ name: 'remote' });
  const stateThere = (): string[] =>
    [...remote.broker.broker.retained('$SYS/broker/connection/up.local/#')].map(({ payload }) =>
      String(payload),
    );
  const local = await startHouse({
    name: 'local',
    documents: [{ name: 'up', addresses: at(remote.port), topics: ['test/# out 1'] }],
  });
  await local.untilState('up', 'connected');
  expect(stateThere()).toEqual(['1']);
  await local.stop();
  await remote.untilQuiet();
  expect(stateThere()).toEqual(['0']);
});

describe('loops', () => {
  const link = (port: number, line: string) => ({ name: 'other', addresses: at(port), topics: [line] });

  /** Bridges to the next house of the ring, and from the last one to the first. */
  async function ring(names: readonly string[], line: string, isClosed = true): Promise<TestHouse[]> {
    const houses: TestHouse[] = [];
    for (const name of names) houses.push(await house({ name }));
    for (const [index, each] of houses.entries()) {
      const next = houses[(index + 1) % houses.length];
      if (next === undefined || (!isClosed && index === houses.length - 1)) continue;
      await each.bridges.save('other', link(next.port, line));
      await each.until('other', ({ state, counters }) => state === 'connected' && counters.queued === 0);
    }
    return houses;
  }

  /** Each house hears every message of all of them once, each sender's in order. */
  async function expectOnce(houses: readonly TestHouse[], order: readonly number[]): Promise<void> {
    const before = houses.map(({ heard }) => heard.length);
    const sent = order.map((number, count) => ({ sender: number % houses.length, text: String(count) }));
    for (const { sender, text } of sent) houses[sender]?.publish(`test/${sender}`, text, { qos: 2 });
    for (const [index, each] of houses.entries()) each.publish('test/end', String(index), { qos: 2 });
    const all = sent.length + houses.length;
    for (const [index, each] of houses.entries()) await each.untilHeard((before[index] ?? 0) + all);
    for (const each of houses) await settled(houses, each);
    for (const [index, { heard }] of houses.entries()) {
      const own = heard.slice(before[index]).filter((line) => line.startsWith('test/'));
      expect(own.filter((line) => line.startsWith('test/end')).sort()).toEqual(
        houses.map((_, sender) => `test/end ${sender}`),
      );
      for (const sender of houses.keys()) {
        const from = sent
          .filter((each) => each.sender === sender)
          .map(({ text }) => `test/${sender} ${text}`);
        expect(own.filter((line) => line.startsWith(`test/${sender} `))).toEqual(from);
      }
    }
  }

  /** Nothing is under way any more: what one more round would bring is here. */
  async function settled(houses: readonly TestHouse[], { bridges }: TestHouse): Promise<void> {
    for (const { name } of bridges.list()) {
      for (const each of houses) {
        if (each.bridges.list().length > 0) await each.until(name, ({ counters }) => counters.queued === 0);
      }
    }
  }

  const orders = fc.array(fc.nat(5), { minLength: 1, maxLength: 30 });

  test.each([
    { what: 'one bridge in both directions', names: ['a', 'b'], line: 'test/# both 2', isClosed: false },
    { what: 'a bridge in each direction', names: ['a', 'b'], line: 'test/# out 2', isClosed: true },
    { what: 'a ring of three', names: ['a', 'b', 'c'], line: 'test/# out 2', isClosed: true },
    { what: 'a ring of three that fetch', names: ['a', 'b', 'c'], line: 'test/# in 2', isClosed: true },
    { what: 'a chain', names: ['a', 'b', 'c'], line: 'test/# both 2', isClosed: false },
  ])('$what: every message is heard once in every house', async ({ names, line, isClosed }) => {
    const houses = await ring(names, line, isClosed);
    await fc.assert(
      fc.asyncProperty(orders, (order) => expectOnce(houses, order)),
      { numRuns: 10 },
    );
  });

  test('two houses of which each is bridged to the other in both directions: twice at most', async () => {
    const [first, second] = await ring(['a', 'b'], 'test/# both 1');
    if (first === undefined || second === undefined) throw new Error('no houses');
    first.publish('test/x', '1');
    first.publish('test/x', '2');
    await second.untilHeard(4);
    await settled([first, second], first);
    second.publish('test/end', '');
    await first.untilHeard(4);
    await settled([first, second], second);
    expect(first.heard.filter((line) => line.startsWith('test/x'))).toEqual(['test/x 1', 'test/x 2']);
    expect(second.heard.filter((line) => line.startsWith('test/x'))).toHaveLength(4);
  });
});
