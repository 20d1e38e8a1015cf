// The journal: inputs come back as they were appended, and what is missing is said.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../src/rules/index.ts';
import { ChunkReader } from '../../src/store/chunk-reader.ts';
import { ChunkWriter } from '../../src/store/chunk-writer.ts';
import { checkedColumns } from '../../src/store/parse-json.ts';
import { defaultPolicy } from '../../src/store/series/policy.ts';
import { makeDir, noon, openHouse } from './house.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const at = fc.integer({ min: 0, max: 4e12 });
const seq = fc.nat({ max: 2 ** 40 });
const bytes = fc.uint8Array({ maxLength: 300 }).map((value) => Buffer.from(value));
const userProperties = fc.dictionary(
  text.filter((name) => name !== '__proto__'),
  fc.oneof(text, fc.array(text)),
  { noNullPrototype: true },
);

/** One generator for every kind: a new kind of input does not compile until it has its own. */
const origin = fc.constantFrom('client', 'rule', 'bridge', 'flow', 'api');
const kinds: { [Kind in Input['kind']]: fc.Arbitrary<Input> } = {
  message: fc.record(
    {
      kind: fc.constant('message' as const),
      seq,
      at,
      topic: fc.oneof(fc.constantFrom('a/b', 'home/kitchen/lamp'), text),
      payload: bytes,
      qos: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
      retain: fc.boolean(),
      origin,
      by: text,
      depth: fc.nat({ max: 16 }),
      cause: text,
      stored: fc.boolean(),
      userProperties,
    },
    {
      requiredKeys: ['kind', 'seq', 'at', 'topic', 'payload', 'qos', 'retain', 'origin', 'by', 'depth'],
      noNullPrototype: true,
    },
  ),
  timer: fc.record(
    { kind: fc.constant('timer' as const), seq, at, run: text, byHand: fc.boolean() },
    { requiredKeys: ['kind', 'seq', 'at', 'run'], noNullPrototype: true },
  ),
  schedule: fc.record({
    kind: fc.constant('schedule' as const),
    seq,
    at,
    rule: text,
    trigger: fc.nat({ max: 1000 }),
    due: at,
  }),
  signal: fc.record(
    {
      kind: fc.constant('signal' as const),
      seq,
      at,
      signal: fc.constantFrom('client', 'device', 'event', 'rule', 'webhook'),
      name: text,
      value: fc.constantFrom('connected', 'offline', true, 3),
      data: fc.constantFrom<unknown>({ a: [1, 'x', null] }, 'text', 0),
      origin,
      by: text,
      depth: fc.nat({ max: 16 }),
      cause: text,
    },
    { requiredKeys: ['kind', 'seq', 'at', 'signal', 'name', 'origin', 'by', 'depth'], noNullPrototype: true },
  ),
  recalled: fc.record({
    kind: fc.constant('recalled' as const),
    seq,
    at,
    topic: text,
    path: text,
    keepMs: fc.nat({ max: 31 * 86_400_000 }),
    before: seq,
    from: at,
    told: fc.constant(undefined),
  }),
  answer: fc.record({
    kind: fc.constant('answer' as const),
    seq,
    at,
    call: text,
    answer: fc.oneof(
      fc.record({
        ok: fc.constant(true as const),
        value: fc.constantFrom<unknown>({ status: 200 }, 'text', null),
      }),
      fc.record({ ok: fc.constant(false as const), code: text, message: text }),
    ),
  }),
  restored: fc.record({ kind: fc.constant('restored' as const), seq, at, stoppedAt: at }),
  clock: fc.record({
    kind: fc.constant('clock' as const),
    seq,
    at,
    stepMs: fc.integer({ min: -1e13, max: 1e13 }),
  }),
  startup: fc.record({ kind: fc.constant('startup' as const), seq, at }),
  shutdown: fc.record({ kind: fc.constant('shutdown' as const), seq, at }),
  command: fc
    .record({
      kind: fc.constant('command' as const),
      seq,
      at,
      command: fc.oneof(
        fc.record({
          do: fc.constant('run' as const),
          rule: text,
          run: text,
          payload: fc.jsonValue({ noUnicodeString: true } as fc.JsonSharedConstraints),
          skipConditions: fc.boolean(),
        }),
        fc.record({ do: fc.constant('cancel' as const), run: text }),
      ),
      by: text,
    })
    .chain((input) =>
      fc
        .option(fc.record({ origin, depth: fc.nat(16), cause: text }), { nil: undefined })
        .map((source) => ({ ...input, ...source })),
    ),
  rule: fc.record({
    kind: fc.constant('rule' as const),
    seq,
    at,
    rule: text,
    version: fc.nat(),
    change: fc.constantFrom('saved', 'deleted', 'enabled', 'disabled'),
    enabled: fc.boolean(),
    by: text,
  }),
};

function message(seqNumber: number, topic = 'home/lamp', time = noon): Input {
  const payload = Buffer.from(`{"n":${seqNumber}}`);
  const head = { kind: 'message', seq: seqNumber, at: time } as const;
  return { ...head, topic, payload, qos: 0, retain: false, origin: 'client', by: 'lamp', depth: 0 };
}

const everything = { from: 0, to: 1e14, limit: 1e6 };
const seqs = (inputs: readonly Input[]): number[] => inputs.map((input) => input.seq);

describe('a chunk', () => {
  it.each(Object.entries(kinds))('gives back every %s as it was', (_kind, input) => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 20 }), (inputs) => {
        const writer = new ChunkWriter(16);
        for (const one of inputs) writer.append(one);
        const chunk = writer.take();
        expect([...new ChunkReader(chunk?.data ?? new Uint8Array(), checkedColumns)]).toEqual(normal(inputs));
      }),
      { numRuns: 200 },
    );
  });

  it('gives back a mixture, chunk after chunk, and knows its bounds', () => {
    const mixture = fc.array(fc.oneof(...Object.values(kinds)), { minLength: 1, maxLength: 40 });
    const writer = new ChunkWriter(16);
    fc.assert(
      fc.property(mixture, (inputs) => {
        for (const one of inputs) writer.append(one);
        const chunk = writer.take();
        const times = inputs.map((input) => input.at);
        expect([...new ChunkReader(chunk?.data ?? new Uint8Array(), checkedColumns)]).toEqual(normal(inputs));
        expect(chunk).toMatchObject({
          count: inputs.length,
          firstSeq: inputs[0]?.seq,
          lastSeq: inputs.at(-1)?.seq,
          firstAt: Math.min(...times),
          lastAt: Math.max(...times),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('that is cut short is refused', () => {
    const writer = new ChunkWriter();
    writer.append(message(1));
    const data = writer.take()?.data ?? new Uint8Array();
    for (let length = 1; length < data.length; length++) {
      expect(() => [...new ChunkReader(data.subarray(0, length), checkedColumns)]).toThrowError(
        expect.objectContaining({ code: 'store-bad-chunk' }),
      );
    }
  });

  /** Command payloads are JSON: -0 is 0 there. */
  function normal(inputs: readonly Input[]): Input[] {
    return inputs.map((input) =>
      input.kind === 'command' ? { ...input, command: JSON.parse(JSON.stringify(input.command)) } : input,
    );
  }
});

describe('the journal', () => {
  it('is read with what was appended just before', async () => {
    const { store } = await openHouse();
    for (const n of [1, 2, 3]) store.journal.append(message(n));
    const page = await store.journal.read(everything);
    expect(page).toMatchObject({ inputs: [1, 2, 3].map((n) => message(n)), gaps: [], hasMore: false });
  });

  it('is flushed after five seconds and kept over a restart', async () => {
    const dir = makeDir();
    const { store, clock } = await openHouse(dir);
    store.journal.append(message(1));
    clock.advance(4999);
    expect(store.counters()).toMatchObject({ journalBehindBytes: 0 });
    clock.advance(1);
    expect(store.counters()['journalBehindBytes']).toBeGreaterThan(0);
    store.journal.append(message(2));
    await store.stop();
    const again = await openHouse(dir);
    const page = await again.store.journal.read(everything);
    expect(seqs(page.inputs)).toEqual([1, 2]);
    expect(page.gaps).toEqual([]);
  });

  it('is read by time, by filter and in pages from either end', async () => {
    const { store } = await openHouse();
    for (let n = 1; n <= 20; n++) {
      store.journal.append(message(n, n % 2 === 0 ? 'home/even' : 'home/odd/x', noon + n));
      if (n % 6 === 0) store.journal.flush();
    }
    const read = (query: object) => store.journal.read({ ...everything, ...query });
    expect(seqs((await read({ from: noon + 5, to: noon + 8 })).inputs)).toEqual([5, 6, 7, 8]);
    expect(seqs((await read({ filter: 'home/even', limit: 3 })).inputs)).toEqual([2, 4, 6]);
    expect(seqs((await read({ filter: 'home/+/x', limit: 3, after: 5 })).inputs)).toEqual([7, 9, 11]);
    expect(seqs((await read({ newest: true, limit: 5 })).inputs)).toEqual([16, 17, 18, 19, 20]);
    expect(seqs((await read({ newest: true, limit: 15, after: 16 })).inputs)).toEqual(
      Array.from({ length: 15 }, (_, i) => i + 1),
    );
    expect((await read({ limit: 5 })).hasMore).toBe(true);
    expect((await read({ filter: 'nobody', limit: 5 })).hasMore).toBe(false);
  });

  it('holds more than one flush, each chunk read once', async () => {
    const { store } = await openHouse();
    for (let n = 1; n <= 30_000; n++) store.journal.append(message(n));
    const page = await store.journal.read(everything);
    expect(seqs(page.inputs)).toEqual(Array.from({ length: 30_000 }, (_, i) => i + 1));
    expect(store.counters()['journalStoredBytes']).toBeLessThan(30_000 * 30);
  });

  it('drops new entries when the worker is behind, and says how many are missing', async () => {
    const { store } = await openHouse(undefined, { maxJournalBehindBytes: 10 });
    store.journal.append(message(1));
    store.journal.flush();
    store.journal.append(message(2));
    store.journal.append(message(3, 'home/lamp', noon + 5));
    expect(store.counters()).toMatchObject({ journalDroppedEntries: 2, journalDroppedBytes: 14 });
    const page = await store.journal.read(everything);
    expect(seqs(page.inputs)).toEqual([1]);
    expect(page.gaps).toEqual([{ from: noon, to: noon + 5, reason: 'overload', lost: 2 }]);
  });

  it('reads what JSON left out: a run without a payload, an answer without a value', async () => {
    const { store } = await openHouse();
    const run = { do: 'run', rule: 'fan', run: 'r', payload: undefined, skipConditions: false } as const;
    const answer = { ok: true, value: undefined } as const;
    store.journal.append({ kind: 'command', seq: 1, at: noon, command: run, by: 'anna' });
    store.journal.append({ kind: 'answer', seq: 2, at: noon, call: 'c', answer });
    expect((await store.journal.read(everything)).inputs).toEqual([
      { kind: 'command', seq: 1, at: noon, command: run, by: 'anna' },
      { kind: 'answer', seq: 2, at: noon, call: 'c', answer },
    ]);
  });

  it('says so when an input cannot be stored, and goes on', async () => {
    const { store, complaints } = await openHouse();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const run = { do: 'run', rule: 'fan', run: 'r', payload: circle, skipConditions: false } as const;
    store.journal.append(message(1));
    store.journal.append({ kind: 'command', seq: 2, at: noon, command: run, by: 'anna' });
    store.journal.append({ ...message(3), payload: Buffer.alloc(2 ** 20 + 1) } as Input);
    store.journal.append(message(4));
    const page = await store.journal.read(everything);
    expect(seqs(page.inputs)).toEqual([1, 4]);
    expect(page.gaps).toEqual([{ from: noon, to: noon, reason: 'not-storable', lost: 2 }]);
    expect(complaints).toEqual(['an input cannot be journalled']);
  });

  it('forgets what is older than eight days', async () => {
    const dir = makeDir();
    const first = await openHouse(dir);
    first.store.journal.append(message(1, 'home/lamp', noon - 9 * 86_400_000));
    first.store.journal.flush();
    first.store.journal.append(message(2, 'home/lamp', noon - 7 * 86_400_000));
    await first.store.stop();
    const { store } = await openHouse(dir);
    expect(seqs((await store.journal.read(everything)).inputs)).toEqual([2]);
  });

  it('is bounded in bytes, the oldest go first', async () => {
    const dir = makeDir();
    const first = await openHouse(dir);
    for (let n = 1; n <= 10; n++) {
      first.store.journal.append(message(n));
      first.store.journal.flush();
    }
    await first.store.stop();
    const { store } = await openHouse(dir, { history: { ...defaultPolicy, journalBytes: 200 } });
    const left = seqs((await store.journal.read(everything)).inputs);
    expect(left.length).toBeGreaterThan(1);
    expect(left.length).toBeLessThan(10);
    expect(left.at(-1)).toBe(10);
  });
});
