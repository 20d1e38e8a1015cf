// Snapshots: the rows of the house at a commit, with the number of the last input that they have seen.
import { expect, test } from 'vitest';
import type { Input } from '../../src/rules/index.ts';
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
