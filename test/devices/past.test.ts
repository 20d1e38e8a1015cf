// Figures over windows of time: against their definition, after restarts, and within their bounds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import type { HistorySource, JournalSource } from '../../src/devices/index.ts';
import { Payload, recallPast, type StateRow, TopicStates } from '../../src/devices/index.ts';
import type { WindowView } from '../../src/expression/index.ts';
import { MapRows } from '../support/rule-world.ts';

const limits = { topics: 100, payloadBytes: 10_000, topicsPerClient: 100 };

function home(rows = new MapRows<StateRow>((row) => row.topic)) {
  const states = new TopicStates(rows, limits);
  const say = (at: number, value: unknown, topic = 't'): void => {
    const message = { topic, at, qos: 0, retain: false, origin: 'client', by: 'c' } as const;
    states.update(message, new Payload(Buffer.from(JSON.stringify(value))));
  };
  const over = (now: number, from: number, to = now, path?: string): WindowView =>
    states.past.over({ topic: 't', path, now }, { from, to, isEndIncluded: to === now });
  return { states, rows, say, over };
}

interface Told {
  readonly at: number;
  readonly value: unknown;
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : undefined;

/** The definition: millisecond by millisecond. Whoever watched from the beginning has told everything. */
function defined(told: readonly Told[], { from, to, now }: { from: number; to: number; now: number }) {
  const standing = (at: number): unknown => told.findLast((one) => one.at <= at)?.value;
  const isInside = ({ at }: Told): boolean => at >= from && (to === now ? at <= to : at < to);
  const inside = told.filter(isInside);
  const steps = Array.from({ length: to - from }, (_, n) => standing(from + n));
  const known = steps.filter((value) => value !== undefined);
  const all = [...known, ...inside.map(({ value }) => value)].map(numberOf).filter((n) => n !== undefined);
  const timed = known.map(numberOf).filter((n) => n !== undefined);
  const changes = inside.filter((one) => {
    const before = told[told.indexOf(one) - 1];
    return before === undefined || before.value !== one.value;
  });
  const count = { count: inside.length, changes: changes.length };
  if (known.length === 0 && inside.length === 0) return count;
  const sum = inside.reduce((total, { value }) => total + (numberOf(value) ?? 0), 0);
  const last = inside.length > 0 ? inside.at(-1)?.value : standing(from);
  const mean = timed.length > 0 ? timed.reduce((a, b) => a + b, 0) / timed.length : undefined;
  const numeric = all.length === 0 ? {} : { min: Math.min(...all), max: Math.max(...all), sum };
  return { ...count, ...numeric, mean, last, coverage: to > from ? known.length / (to - from) : 1 };
}

const values = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.constantFrom('ON', null));
const story = fc
  .array(fc.record({ wait: fc.integer({ min: 0, max: 9 }), value: values }), { maxLength: 300 })
  .map((steps) => {
    let at = 1000;
    return steps.map(({ wait, value }): Told => {
      at += wait;
      return { at, value };
    });
  });

test('figures of any window are those of the definition', () => {
  fc.assert(
    fc.property(story, fc.nat(3000), fc.nat(3000), fc.boolean(), (told, a, b, isNow) => {
      const { states, say, over } = home();
      states.past.watch({ topic: 't', now: 0 }, 1e9);
      for (const { at, value } of told) say(at, value);
      const end = told.at(-1)?.at ?? 1000;
      const from = 900 + Math.min(a, b);
      const now = isNow ? Math.max(end, from) : Math.max(end, 900 + Math.max(a, b)) + 1;
      const to = isNow ? now : 900 + Math.max(a, b);
      fc.pre(to > from);
      const wanted = defined(told, { from, to, now });
      const got = over(now, from, to);
      expect(got).toMatchObject({ count: wanted.count, changes: wanted.changes });
      if (!('coverage' in wanted)) {
        expect(got).toStrictEqual(wanted);
        return;
      }
      expect(got.coverage).toBeCloseTo(wanted.coverage, 9);
      expect([got.min, got.max, got.sum]).toEqual([wanted.min, wanted.max, wanted.sum]);
      expect(got.last).toBe(wanted.last);
      if (wanted.mean !== undefined) expect(got.mean).toBeCloseTo(wanted.mean, 9);
    }),
    { numRuns: 500 },
  );
});

describe('a window', () => {
  test('weighs by time and knows the value that stood at its beginning', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', now: 0 }, 1000);
    say(0, 10);
    say(100, 20);
    say(400, 40);
    expect(over(500, 0)).toStrictEqual({
      count: 3,
      changes: 3,
      coverage: 1,
      mean: (10 * 100 + 20 * 300 + 40 * 100) / 500,
      min: 10,
      max: 40,
      sum: 70,
      first: 10,
      last: 40,
      delta: 30,
    });
    expect(over(500, 200, 300)).toStrictEqual({
      ...{ count: 0, changes: 0, coverage: 1, mean: 20, min: 20, max: 20, sum: 0 },
      ...{ first: 20, last: 20, delta: 0 },
    });
  });

  test('without data has counts and nothing else', () => {
    const { over, say } = home();
    expect(over(100, 0)).toStrictEqual({ count: 0, changes: 0 });
    say(50, {}, 't');
    expect(over(100, 0, 100, 'x')).toStrictEqual({ count: 0, changes: 0 });
  });

  test('of a constant has exactly that as its mean', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', now: 0 }, 1e6);
    for (let at = 0; at < 1000; at += 7) say(at, 20.1);
    expect(over(1000, 3).mean).toBe(20.1);
  });

  test('of a path hears only messages that tell of it', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', path: 'a.b', now: 0 }, 1e6);
    say(0, { a: { b: 1 } });
    say(10, { battery: 9 });
    say(20, { a: { b: 3 } });
    expect(over(40, 0, 40, 'a.b')).toMatchObject({ count: 2, mean: 2, delta: 2 });
  });

  test('of objects counts them, and does not keep them', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', now: 0 }, 1e6);
    say(0, { x: 1 });
    say(10, { x: 1 });
    say(20, { x: 2 });
    expect(over(40, 0)).toStrictEqual({ count: 3, changes: 2, coverage: 1 });
  });

  test('that nobody asked for before begins with what stands, and says how little it knows', () => {
    const { say, over, states } = home();
    say(0, 5);
    say(60, 6);
    expect(over(100, 0)).toMatchObject({ count: 0, coverage: 0.4, mean: 6, first: 6 });
    say(100, 8);
    expect(over(120, 20)).toMatchObject({ count: 1, coverage: 0.6, max: 8, mean: (6 * 40 + 8 * 20) / 60 });
    expect(states.past.size).toBe(1);
  });

  test('that reaches into the future knows nothing of it', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', now: 0 }, 1e6);
    say(0, 5);
    expect(over(50, 0, 100)).toMatchObject({ coverage: 0.5, mean: 5 });
  });

  test('with a clock that was set back in it stays in order', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', now: 0 }, 1e6);
    say(100, 1);
    say(50, 2);
    say(150, 3);
    expect(over(200, 0)).toMatchObject({ count: 3, min: 1, max: 3, mean: 2.5 });
  });
});

describe('the value at an instant', () => {
  test('is what stood then, missing before anything is known', () => {
    const { states, say } = home();
    states.past.watch({ topic: 't', now: 0 }, 1e6);
    say(100, 'a');
    say(200, 'b');
    const at = (instant: number): unknown => states.past.valueAt({ topic: 't', now: 300 }, instant);
    expect([at(99), at(100), at(199), at(200), at(300)]).toEqual([undefined, 'a', 'a', 'b', 'b']);
  });
});

describe('bounds', () => {
  test('only as much as somebody asks for is kept, and the value that stood at its beginning', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', now: 0 }, 100);
    for (let at = 0; at < 10_000; at += 10) say(at, at);
    expect(states.past.counters()['pastSamples']).toBeLessThanOrEqual(12);
    expect(over(9995, 9895)).toMatchObject({ count: 10, coverage: 1, first: 9890 });
  });

  test('too many samples lose the oldest, and the coverage says so', () => {
    const { states, say, over } = home();
    states.past.watch({ topic: 't', now: 0 }, 1e9);
    for (let at = 0; at < 70_000; at++) say(at, at % 3);
    expect(states.past.counters()).toMatchObject({
      pastSamples: 65_536,
      pastSamplesDropped: 70_000 - 65_536,
    });
    expect(over(70_000, 0).coverage).toBeCloseTo(65_536 / 70_000, 5);
  });

  test('of too many series the one goes that nobody asked about for the longest time', () => {
    const { states, over, say } = home();
    states.past.watch({ topic: 't', now: 0 }, 1e6);
    say(0, 1);
    for (let n = 0; n < 2000; n++) states.past.watch({ topic: `x${n}`, now: n }, 10);
    expect(states.past.size).toBe(2000);
    say(5, 2);
    expect(over(10, 0)).toMatchObject({ count: 0, first: 2 });
  });
});

describe('a restart', () => {
  type Entry = Awaited<ReturnType<JournalSource['read']>>['inputs'][number];
  type Lost = { readonly from: number; readonly to: number; readonly reason?: string };
  const message = (seq: number, at: number, value: unknown): Entry => ({
    kind: 'message',
    seq,
    at,
    topic: 't',
    payload: Buffer.from(JSON.stringify(value)),
  });

  interface Known {
    readonly entries?: readonly Entry[];
    readonly gaps?: readonly Lost[];
    readonly pauses?: readonly Lost[];
    /** The journal is slow: what is older is not read. */
    readonly reached?: number;
    readonly history?: readonly Told[];
  }

  /** A journal that gives at most three entries at a time. */
  function journal({ entries = [], gaps = [], pauses = [], reached }: Known): JournalSource {
    return {
      read: async ({ from, to, after = Number.POSITIVE_INFINITY }) => {
        const least = Math.max(from, reached ?? from);
        const found = entries.filter(({ seq, at }) => seq < after && at >= least && at <= to);
        const inputs = found.slice(-3);
        const next = found.length > 3 ? inputs[0]?.seq : reached === undefined ? undefined : 0;
        return { inputs, gaps, pauses, next, reached: found.length > 3 ? (inputs[0]?.at ?? least) : least };
      },
    };
  }

  /** A clock that has had enough after a few looks. */
  class TiredClock extends VirtualClock {
    #looks = 0;
    override monotonic(): number {
      return this.#looks++ * 500;
    }
  }

  async function restarted(told: readonly Told[], known: Known, now: number) {
    const before = home();
    for (const { at, value } of told) before.say(at, value);
    const after = home();
    after.states.load(before.rows.rows.values());
    after.states.past.watch({ topic: 't', now }, 1000);
    const { past } = after.states;
    const history: HistorySource = {
      samples: async ({ from, to }) =>
        (async function* pages() {
          yield (known.history ?? []).filter(({ at }) => at >= from && at <= to);
        })(),
    };
    const clock = known.reached === undefined ? new VirtualClock(now) : new TiredClock(now);
    const find = (topic: string) => after.states.find(topic);
    await recallPast({ past, journal: journal(known), history, clock, find });
    return after;
  }

  test('fills windows from the journal, without the time in which nobody listened', async () => {
    const told = [0, 100, 200, 300, 400].map((at) => ({ at, value: at / 100 }));
    const entries = told.map(({ at, value }, seq) => message(seq + 1, at, value));
    const { over } = await restarted(told, { entries, pauses: [{ from: 400, to: 900 }] }, 900);
    const view = over(1000, 0);
    expect(view).toMatchObject({ count: 5, changes: 5, first: 0, last: 4, sum: 10 });
    expect(view.coverage).toBeCloseTo(0.5, 9);
    expect(view.mean).toBeCloseTo((100 * (0 + 1 + 2 + 3) + 100 * 4) / 500, 9);
  });

  test('of long ago is left out as well', async () => {
    const entries = [message(1, 0, 1), message(2, 100, 2), message(4, 400, 3)];
    const told = [{ at: 400, value: 3 }];
    const { over } = await restarted(told, { entries, pauses: [{ from: 100, to: 300 }] }, 400);
    expect(over(400, 0)).toMatchObject({ count: 3, changes: 3, coverage: 0.5 });
  });

  test('after a topic was silent for the whole window knows its value from the state', async () => {
    const pauses = [{ from: 5800, to: 6000 }];
    const { over } = await restarted([{ at: 10, value: 7 }], { pauses }, 6000);
    expect(over(6000, 5000)).toMatchObject({ count: 0, mean: 7, first: 7, coverage: 0.8 });
  });

  test('with a gap in the journal does not claim to know it', async () => {
    const entries = [message(1, 0, 1), message(2, 500, 2)];
    const { over } = await restarted(
      [{ at: 500, value: 2 }],
      { entries, gaps: [{ from: 100, to: 400 }] },
      500,
    );
    expect(over(500, 0)).toMatchObject({ count: 2, coverage: 0.2 });
  });

  test('after a crash knows that what stood stands again', async () => {
    const entries = [message(1, 0, 1), message(2, 500, 2)];
    const gaps = [{ from: 100, to: 400, reason: 'unclean-stop' }];
    const { over } = await restarted([{ at: 500, value: 2 }], { entries, gaps }, 500);
    expect(over(500, 0)).toMatchObject({ count: 2, coverage: 0.4 });
  });

  test('takes from the history what of the journal is too much to read', async () => {
    const told = [0, 100, 200, 300, 400].map((at) => ({ at, value: at / 100 }));
    const entries = told.map(({ at, value }, seq) => message(seq + 1, at, value));
    const { over, states } = await restarted(told, { entries, history: told, reached: 250 }, 500);
    expect(over(500, 0)).toMatchObject({ count: 5, changes: 5, coverage: 1, mean: 2 });
    expect(states.past.valueAt({ topic: 't', now: 500 }, 150)).toBe(1);
  });

  test('is the same as none, wherever the journal ends and the history goes on', async () => {
    await fc.assert(
      fc.asyncProperty(story, fc.nat(1000), fc.nat(1000), async (all, cut, length) => {
        // A history holds numbers and states only.
        const told = all.filter(({ value }) => value !== null);
        const now = (told.at(-1)?.at ?? 1000) + 1;
        const live = home();
        live.states.past.watch({ topic: 't', now: 0 }, 1e9);
        for (const { at, value } of told) live.say(at, value);
        const entries = told.map(({ at, value }, seq) => message(seq + 1, at, value));
        const reached = now - cut;
        const again = await restarted(told, { entries, history: told, reached }, now);
        const from = now - Math.min(length, 1000);
        expect(again.over(now, from)).toEqual(live.over(now, from));
      }),
      { numRuns: 300 },
    );
  });
});
