// Snapshots: the rows of the house at a commit, with the number of the last input that they have seen.
import { expect, test } from 'vitest';
import type { Input } from '../../src/rules/index.ts';
import { ChunkReader } from '../../src/store/chunk-reader.ts';
import { ChunkWriter } from '../../src/store/chunk-writer.ts';
import { checkedColumns } from '../../src/store/parse-json.ts';
import { defaultPolicy, policyOf } from '../../src/store/series/policy.ts';
import { makeDir, noon, openHouse, stateRow } from './house.ts';

const hourMs = 3_600_000;

function message(seq: number, topic = 'a', at = noon): Input {
  const what = { topic, payload: Buffer.from('1'), qos: 0, retain: false } as const;
  return { kind: 'message', seq, at, ...what, origin: 'client', by: 'c', depth: 0 };
}

test('a snapshot holds every row that decisions read, and says which inputs it has seen', async () => {
  const { store } = await openHouse();
  store.journal.append(message(7));
  store.state.put({
    ...stateRow('lamp', 'ON'),
    previous: { bytes: Buffer.from('OFF') },
    pathChanges: { x: 5 },
  });
  store.variables.put({ name: 'away', value: 'true', at: noon, by: 'api' });
  store.rules.put({ id: 'night', version: 3, enabled: true });
  store.runs.put({ id: 'r1', rule: 'night', version: 3, due: noon + 5, state: '{}' });
  store.triggers.put({ id: 'night/m/a', rule: 'night', due: null, state: '{}' });
  store.captures.put({ id: 'c', rule: 'night', at: noon, devices: '[]' });
  const head = await store.snapshots.take();
  expect(head).toEqual({ seq: 7, at: noon });
  const found = await store.snapshots.find(noon);
  expect(found).toMatchObject(head);
  if (found === undefined) throw new Error('nothing was found');
  const rows = await store.snapshots.rows(found);
  expect(rows).toEqual({
    state: [{ ...stateRow('lamp', 'ON'), previous: { bytes: Buffer.from('OFF') }, pathChanges: { x: 5 } }],
    variables: [{ name: 'away', value: 'true', at: noon, by: 'api' }],
    devices: [],
    deviceProperties: [],
    deviceMappings: [],
    runs: [{ id: 'r1', rule: 'night', version: 3, due: noon + 5, state: '{}' }],
    triggers: [{ id: 'night/m/a', rule: 'night', due: null, state: '{}' }],
    captures: [{ id: 'c', rule: 'night', at: noon, devices: '[]' }],
    rules: [{ id: 'night', version: 3, enabled: true }],
  });
});

test('what is put while one is being taken is in the next', async () => {
  const { store, clock } = await openHouse();
  store.journal.append(message(1));
  store.state.put(stateRow('lamp', 'ON'));
  const taking = store.snapshots.take();
  let seq = 1;
  // Every turn brings a message, and a commit, until it is taken.
  let isTaken = false;
  const first = taking.finally(() => {
    isTaken = true;
  });
  while (!isTaken) {
    store.journal.append(message(++seq));
    store.state.put(stateRow('lamp', String(seq)));
    clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const head = await first;
  const found = await store.snapshots.find(clock.now());
  const rows = found && (await store.snapshots.rows(found));
  const said = Buffer.from(rows?.state[0]?.payload.bytes ?? []).toString();
  expect(said).toBe(head.seq === 1 ? 'ON' : String(head.seq));
});

test('one is taken soon after a start and then every hour; the last that is not later is found', async () => {
  const { store, clock } = await openHouse();
  const seen: number[] = [];
  for (let hour = 0; hour < 3; hour++) {
    store.journal.append(message(hour + 1, 'a', clock.now()));
    clock.advance(hour === 0 ? 5000 : hourMs);
    await expect.poll(() => store.counters()['snapshotsTaken']).toBe(hour + 1);
    seen.push(clock.now());
  }
  const [first = 0, second = 0, third = 0] = seen;
  expect(await store.snapshots.find(first - 1)).toBeUndefined();
  expect((await store.snapshots.find(second - 1))?.seq).toBe(1);
  expect((await store.snapshots.find(second))?.seq).toBe(2);
  expect((await store.snapshots.find(third + hourMs))?.seq).toBe(3);
});

test('they go with the journal that goes on from them, the one before its first entry stays', async () => {
  const dir = makeDir();
  const { store, clock } = await openHouse(dir);
  const dayMs = 24 * hourMs;
  for (let day = 0; day < 4; day++) {
    store.journal.append(message(2 * day + 1, 'a', clock.now()));
    await store.snapshots.take();
    store.journal.append(message(2 * day + 2, 'a', clock.now()));
    store.journal.flush();
    clock.advance(dayMs);
  }
  await store.stop();
  // Eight days are kept: the chunk of the third day is the first that is left.
  const later = await openHouse(dir, { at: noon + 10 * dayMs - 1 });
  const found = async (day: number) => (await later.store.snapshots.find(noon + day * dayMs))?.seq;
  await expect.poll(() => found(0)).toBeUndefined();
  expect([await found(1), await found(2), await found(3)]).toEqual([3, 5, 7]);
});

test('a past instant is the snapshot before it with the journal behind it, and says what is missing', async () => {
  const policy = {
    ...defaultPolicy,
    topics: [{ ...policyOf(defaultPolicy, 'x'), filter: 'x/#', isExcluded: true }],
  };
  const { store, clock } = await openHouse(undefined, { history: policy });
  store.journal.append(message(1));
  store.state.put(stateRow('lamp', 'ON'));
  await store.snapshots.take();
  clock.advance(1000);
  for (const seq of [2, 3]) store.journal.append(message(seq, 'a', clock.now()));
  clock.advance(1000);
  store.journal.append(message(4, 'a', clock.now()));
  const start = await store.past.start(noon + 1500);
  expect(start).toMatchObject({ seq: 1, at: noon, hasSnapshot: true });
  expect((await store.past.rows(start)).state).toEqual([stateRow('lamp', 'ON')]);
  const inputs: Input[] = [];
  for await (const page of store.past.inputs(start, noon + 1500)) inputs.push(...page);
  expect(inputs.map(({ seq }) => seq)).toEqual([2, 3]);
  const range = { from: noon, to: noon + 1500 };
  expect(await store.past.missing(start, range)).toEqual([{ ...range, reason: 'excluded', filter: 'x/#' }]);
  const before = await store.past.start(noon - 1);
  expect(before).toMatchObject({ seq: 0, hasSnapshot: false });
  const reasons = (await store.past.missing(before, { from: noon - 5, to: noon })).map(
    ({ reason }) => reason,
  );
  expect(reasons).toEqual(['no-snapshot', 'not-kept', 'excluded']);
});

test('with an interest a chunk gives what is wanted of it, and counts the rest', () => {
  const writer = new ChunkWriter();
  const inputs = ['a', 'b', 'a', 'c'].map(
    (topic, index): Input =>
      ({
        ...message(index + 1, topic),
        ...(index > 1 && { cause: 'r', userProperties: { x: '1' } }),
      }) as Input,
  );
  for (const input of inputs) writer.append(input);
  writer.append({ kind: 'startup', seq: 9, at: noon });
  const reader = new ChunkReader(writer.take()?.data ?? Buffer.alloc(0), checkedColumns, {
    wants: (topic) => topic === 'b',
    from: 0,
    to: noon,
  });
  expect([...reader].map(({ seq }) => seq)).toEqual([2, 9]);
  expect(reader.messages).toBe(4);
});
