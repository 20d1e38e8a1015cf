// Numeric history: every sample that was said, drawn as it is defined, over restarts and within its bounds.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../src/store/series/policy.ts';
import { makeDir, noon, openHouse } from './house.ts';
import { always, dayMs, type Listed, said, samplesOf, tended } from './series-cases.ts';

describe('a series', () => {
  it('is made of every number, state and field, with the message before the question', async () => {
    const { store } = await openHouse();
    store.journal.append(said('home/temperature', 21.5, noon));
    store.journal.append(said('home/plug', { state: 'ON', power: { watts: 12 }, at: null }, noon + 1));
    store.journal.append(said('home/plug', { state: 'OFF', power: { watts: 0 } }, noon + 2));
    expect(await samplesOf(store.history, 'home/temperature')).toEqual([{ at: noon, value: 21.5 }]);
    expect(await store.history.paths('home/plug')).toEqual(['power.watts', 'state']);
    expect(await samplesOf(store.history, 'home/plug', 'state')).toEqual([
      { at: noon + 1, value: 'ON' },
      { at: noon + 2, value: 'OFF' },
    ]);
    expect(await samplesOf(store.history, 'home/plug', 'nothing')).toBeUndefined();
    expect(await samplesOf(store.history, 'nobody')).toBeUndefined();
  });

  it('says where its value was something else', async () => {
    const { store } = await openHouse();
    for (const [n, value] of [1, null, null, 'unavailable', 2, { x: 1 }].entries())
      store.journal.append(said('t', value, noon + n));
    expect(await samplesOf(store.history, 't')).toEqual([
      { at: noon, value: 1 },
      { at: noon + 1, value: undefined },
      { at: noon + 3, value: 'unavailable' },
      { at: noon + 4, value: 2 },
    ]);
  });

  it('of texts that are no states ends', async () => {
    const { store } = await openHouse();
    for (let n = 0; n < 100; n++) store.journal.append(said('t', { id: `x${n}`, v: n }, noon + n));
    expect(await samplesOf(store.history, 't', 'id')).toHaveLength(32);
    expect(await samplesOf(store.history, 't', 'v')).toHaveLength(100);
  });

  it('is bounded in number and in paths, and says how much it refused', async () => {
    const { store } = await openHouse(makeDir(), { history: { ...defaultPolicy, series: 5, paths: 3 } });
    store.journal.append(said('a', { a: 1, b: 2, c: 3, d: 4 }, noon));
    store.journal.append(said('b', { a: 1, b: 2, c: 3 }, noon));
    expect(await store.history.paths('a')).toEqual(['a', 'b', 'c']);
    expect(await store.history.paths('b')).toEqual(['a', 'b']);
    expect(store.counters()).toMatchObject({ historySeries: 5, historyRefusedSeries: 2 });
  });

  it('is what was said, over restarts, blocks and a clock that is set', { timeout: 60_000 }, async () => {
    const value = fc.oneof(fc.integer({ min: -500, max: 500 }), fc.constantFrom('ON', 'OFF', true));
    const step = fc.record({
      wait: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(-5_000_000, 90_000_000)),
      value,
      times: fc.constantFrom(1, 1, 1, 1, 700),
      restart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const dir = makeDir();
        let house = await openHouse(dir);
        const told: Listed[] = [];
        let at = noon;
        for (const one of steps) {
          for (let n = 0; n < one.times; n++) {
            // Many long steps would lead out of the time for which samples are kept.
            at += one.times === 1 ? one.wait : Math.abs(one.wait % 20_000) + 1;
            house.store.journal.append(said('t', one.value, at));
            told.push({ at, value: one.value });
          }
          if (!one.restart) continue;
          await house.store.stop();
          house = await openHouse(dir, { at: house.clock.now() + 1000 });
        }
        const inTime = (list: readonly Listed[]) => list.toSorted((a, b) => a.at - b.at);
        expect(inTime((await samplesOf(house.store.history, 't')) ?? [])).toEqual(inTime(told));
        await house.store.stop();
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
});

interface Wanted {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly last: number;
}

/** The definition: every sample in its stretch. */
function figures(told: readonly { at: number; value: number }[], from: number, widthMs: number) {
  const found = new Map<number, number[]>();
  for (const { at, value } of told) {
    const start = from + Math.floor((at - from) / widthMs) * widthMs;
    found.set(start, [...(found.get(start) ?? []), value]);
  }
  return [...found].map(([at, values]): Wanted & { at: number } => ({
    at,
    count: values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    mean: values.reduce((a, b) => a + b, 0) / values.length,
    last: values.at(-1) ?? 0,
  }));
}

describe('a drawing', () => {
  const told = Array.from({ length: 30_000 }, (_, n) => ({
    at: noon - 10 * dayMs + n * 30_000,
    value: Math.round(2000 + 300 * Math.sin(n / 500) + ((n * 7919) % 50)) / 100,
  }));
  const opened = async () => {
    const house = await openHouse();
    await tended(house);
    for (const { at, value } of told) house.store.journal.append(said('t', value, at));
    return house;
  };

  it('has least, greatest, mean and last of each stretch, from samples and from figures', {
    timeout: 60_000,
  }, async () => {
    const house = await opened();
    const { history } = house.store;
    const from = Math.floor((noon - 9 * dayMs) / dayMs) * dayMs;
    const range = { topic: 't', path: '', from, to: from + 8 * dayMs - 1 };
    const inside = told.filter(({ at }) => at >= range.from && at <= range.to);
    const check = async (points: number, source: string): Promise<void> => {
      const drawing = await history.draw(range, points);
      expect(drawing?.source).toBe(source);
      const wanted = figures(inside, from, drawing?.widthMs ?? 0);
      expect(drawing?.points).toHaveLength(wanted.length);
      for (const [n, one] of wanted.entries()) {
        const { mean, ...rest } = one;
        expect(drawing?.points[n]).toMatchObject(rest);
        expect(drawing?.points[n]?.mean).toBeCloseTo(mean, 6);
      }
    };
    await check(96, 'samples');
    await check(5000, 'samples');
    await tended(house);
    await check(96, 'rollups');
    await check(5000, 'samples');
    await check(1000, 'rollups');
  });

  it('knows what came after its day was rolled up', async () => {
    const house = await openHouse();
    for (let n = 0; n < 600; n++) house.store.journal.append(said('t', 1, noon - 3 * dayMs + n * 1000));
    await tended(house);
    for (let n = 0; n < 600; n++) house.store.journal.append(said('t', 3, noon - 3 * dayMs + n * 1000));
    for (const days of [2, 0]) house.store.journal.append(said('t', 3, noon - days * dayMs));
    await tended(house);
    const range = { topic: 't', path: '', from: noon - 4 * dayMs, to: noon - 2.5 * dayMs };
    const drawing = await house.store.history.draw(range, 1);
    expect(drawing).toMatchObject({ source: 'rollups', points: [{ count: 1200, min: 1, max: 3, mean: 2 }] });
  });

  it('of few samples has each of them', async () => {
    const { store } = await opened();
    const from = told[100]?.at ?? 0;
    const drawing = await store.history.draw({ topic: 't', path: '', from, to: from + 600_000 }, 800);
    expect(drawing).toMatchObject({ source: 'samples', widthMs: 0 });
    expect(drawing?.points.map(({ at, last }) => ({ at, value: last }))).toEqual(told.slice(100, 121));
  });

  it('of states has the last one and how often it changed', async () => {
    const { store } = await openHouse();
    for (let n = 0; n < 40; n++) store.journal.append(said('t', n % 4 < 2 ? 'ON' : 'OFF', noon + n * 1000));
    for (let n = 0; n < 40; n++) store.journal.append(said('m', n < 20 ? 'heat' : 'cool', noon + n * 1000));
    const range = { path: '', from: noon, to: noon + 39_999 };
    expect((await store.history.draw({ topic: 't', ...range }, 4))?.points[1]).toEqual({
      ...{ at: noon + 10_000, count: 10, changes: 5, last: 'OFF' },
      ...{ min: 0, max: 1, mean: 0.4 },
    });
    expect((await store.history.draw({ topic: 'm', ...range }, 4))?.points).toEqual(
      ['heat', 'heat', 'cool', 'cool'].map((last, n) => ({
        ...{ at: noon + n * 10_000, count: 10, changes: n % 2 === 0 ? 1 : 0, last },
      })),
    );
  });

  it('tells what the journal is missing', async () => {
    const { store } = await openHouse(undefined, { maxJournalBehindBytes: 10 });
    store.journal.append(said('t', 1, noon));
    store.journal.flush();
    store.journal.append(said('t', 2, noon + 5));
    const drawing = await store.history.draw({ topic: 't', path: '', ...always }, 10);
    expect(drawing?.gaps).toEqual([{ from: noon + 5, to: noon + 5, reason: 'overload', lost: 1 }]);
  });
});

describe('what is kept', () => {
  const topic = (filter: string, more: object) => ({
    ...{ filter, isExcluded: false, journalMs: 8 * dayMs, rawMs: 30 * dayMs, rollupMs: 730 * dayMs },
    thin: undefined,
    ...more,
  });

  it('are samples for their time, then figures for theirs, then nothing', { timeout: 60_000 }, async () => {
    const dir = makeDir();
    const policy = { ...defaultPolicy, rawMs: 3 * dayMs, rollupMs: 20 * dayMs };
    const house = await openHouse(dir, { history: policy });
    for (let n = 0; n < 10 * 288; n++)
      house.store.journal.append(said('t', n, noon - 10 * dayMs + n * 300_000));
    await tended(house);
    const range = { topic: 't', path: '', from: noon - 11 * dayMs, to: noon };
    const left = (await samplesOf(house.store.history, 't')) ?? [];
    expect(left[0]?.at).toBeGreaterThan(noon - 5 * dayMs);
    const both = await house.store.history.draw(range, 5000);
    expect(both).toMatchObject({ source: 'both' });
    expect(both?.points.reduce((sum, { count }) => sum + count, 0)).toBe(2880);
    await house.store.stop();
    const later = await openHouse(dir, { history: policy, at: noon + 15 * dayMs });
    await tended(later);
    expect(await samplesOf(later.store.history, 't')).toEqual([]);
    const old = await later.store.history.draw(range, 5000);
    expect(old).toMatchObject({ source: 'rollups' });
    expect(old?.points[0]?.at).toBeGreaterThan(noon - 7 * dayMs);
    await later.store.stop();
    const last = await openHouse(dir, { history: policy, at: noon + 40 * dayMs });
    await tended(last);
    expect(await last.store.history.paths('t')).toEqual([]);
    expect(last.store.counters()).toMatchObject({ historySeries: 0 });
  });

  it('is said by the first filter that matches', async () => {
    const topics = [
      topic('noise/#', { isExcluded: true }),
      topic('power/+', { thin: { everyMs: 10_000, band: 5 } }),
    ];
    const { store } = await openHouse(makeDir(), { history: { ...defaultPolicy, topics } });
    for (let n = 0; n < 100; n++) {
      store.journal.append(said('noise/a', n, noon + n * 1000));
      store.journal.append(said('power/a', n, noon + n * 1000));
      store.journal.append(said('power/b', n % 2, noon + n * 1000));
    }
    expect(await samplesOf(store.history, 'noise/a')).toBeUndefined();
    expect((await samplesOf(store.history, 'power/a'))?.map(({ value }) => value)).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90,
    ]);
    expect(await samplesOf(store.history, 'power/b')).toHaveLength(1);
    const { inputs } = await store.journal.read({ ...always, limit: 1000 });
    expect(inputs).toHaveLength(200);
  });

  it('of the journal may be less for some topics', async () => {
    const topics = [topic('chatty/#', { journalMs: dayMs })];
    const house = await openHouse(makeDir(), { history: { ...defaultPolicy, topics } });
    for (const days of [3, 2, 0.5]) {
      house.store.journal.append(said('chatty/a', days, noon - days * dayMs));
      house.store.journal.append(said('calm', days, noon - days * dayMs));
      house.store.journal.flush();
    }
    await tended(house);
    const { inputs } = await house.store.journal.read({ ...always, limit: 1000 });
    const left = inputs.map((input) => (input.kind === 'message' ? `${input.topic} ${input.payload}` : ''));
    expect(left).toEqual(['calm 3', 'calm 2', 'chatty/a 0.5', 'calm 0.5']);
    expect(await samplesOf(house.store.history, 'chatty/a')).toHaveLength(3);
  });

  it('is bounded in bytes, the oldest samples go first', { timeout: 60_000 }, async () => {
    const dir = makeDir();
    const house = await openHouse(dir);
    for (let n = 0; n < 20_000; n++)
      house.store.journal.append(said('t', (n * 7919) % 1000, noon - dayMs + n * 1000));
    await house.store.stop();
    const tight = await openHouse(dir, { history: { ...defaultPolicy, seriesBytes: 1000 } });
    await tended(tight);
    const left = (await samplesOf(tight.store.history, 't')) ?? [];
    expect(left.length).toBeLessThan(1000);
    expect(left.at(-1)?.at).toBe(noon - dayMs + 19_999_000);
    expect(tight.store.counters()['historySeriesBytes']).toBeLessThanOrEqual(1000);
  });
});
