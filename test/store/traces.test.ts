// Traces: the last fifty of each rule and outcome, so that noise never evicts an error.
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type RunStatus, readyTrace, type Trace } from '../../src/rules/index.ts';
import type { TraceQuery } from '../../src/store/index.ts';
import { RuleWorld } from '../support/rule-world.ts';
import { makeDir, noon, openHouse } from './house.ts';

function trace(number: number, rule = 'fan', status: RunStatus = 'finished'): Trace {
  const id = String(number).padStart(20, '0');
  const trigger = {
    index: 0,
    verb: 'message',
    at: noon,
    topic: 'home/x',
    payload: { n: number },
    seq: number,
  };
  return { id, rule, version: 1, at: noon + number, status, trigger, conditions: [], steps: [] };
}

const numbers = (traces: readonly Trace[]): number[] => traces.map((one) => Number(one.id));
const downFrom = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from - i);

describe('traces', () => {
  it('are read with what was put just before, newest first, in pages', async () => {
    const { store } = await openHouse();
    for (const n of [1, 2, 3, 4]) store.traces.put(readyTrace(trace(n, n % 2 === 0 ? 'fan' : 'lamp')));
    expect(await store.traces.recent({ limit: 2 })).toEqual([trace(4), trace(3, 'lamp')]);
    expect(numbers(await store.traces.recent({ limit: 9, before: trace(3).id }))).toEqual([2, 1]);
    expect(numbers(await store.traces.recent({ limit: 9, rule: 'lamp' }))).toEqual([3, 1]);
    expect(await store.traces.find(trace(2).id)).toEqual(trace(2));
    expect(await store.traces.find('none')).toBeUndefined();
  });

  it('are narrowed by rule, ending, reason, device and time, in pages', async () => {
    const { store } = await openHouse();
    const woken = (trigger: Partial<Trace['trigger']>): Pick<Trace, 'trigger'> => ({
      trigger: { ...trace(0).trigger, ...trigger },
    });
    const all: readonly Trace[] = [
      trace(1),
      { ...trace(2, 'fan', 'refused'), reason: 'single' },
      trace(3, 'lamp', 'refused'),
      { ...trace(4, 'lamp'), ...woken({ device: 'button' }) },
      { ...trace(5), ...woken({ topic: 'home/y' }) },
      trace(6, 'fan', 'failed'),
    ];
    for (const one of all) store.traces.put(readyTrace(one));
    const found = async (query: Partial<TraceQuery>): Promise<number[]> =>
      numbers(await store.traces.recent({ limit: 9, ...query }));
    expect(await found({ statuses: ['refused', 'failed'] })).toEqual([6, 3, 2]);
    expect(await found({ statuses: [] })).toEqual([]);
    expect(await found({ reason: 'single' })).toEqual([2]);
    expect(await found({ reason: 'refused' })).toEqual([3]);
    expect(await found({ device: { id: 'button', topics: ['home/y'] } })).toEqual([5, 4]);
    expect(await found({ device: { id: 'other', topics: [] } })).toEqual([]);
    expect(await found({ from: noon + 2, to: noon + 4 })).toEqual([4, 3, 2]);
    expect(await found({ rule: 'lamp', statuses: ['refused'], from: noon })).toEqual([3]);
    expect(await found({ statuses: ['finished'], limit: 1, before: trace(5).id })).toEqual([4]);
  });

  it('of one outcome never push out those of another', async () => {
    const { store } = await openHouse();
    store.traces.put(readyTrace(trace(1, 'fan', 'failed')));
    for (let n = 2; n <= 101; n++) {
      store.traces.put(readyTrace(trace(n)));
      if (n % 30 === 0) await store.traces.flush();
    }
    const all = await store.traces.recent({ rule: 'fan', limit: 1000 });
    expect(numbers(all)).toEqual([...downFrom(101, 50), 1]);
  });

  it('of a rule whose condition fails each minute of a day leave the one that tells of its error', async () => {
    const { store, clock } = await openHouse();
    const world = new RuleWorld({ time: noon });
    const triggers = [{ every: '1m' }];
    world.save(
      stringify({ id: 'dull', triggers, conditions: ["$state('t', 0) > 28"], actions: [{ log: 'x' }] }),
    );
    const keep = async (ms: number): Promise<void> => {
      world.advance(ms);
      for (const one of world.traces.splice(0)) store.traces.put(readyTrace(one));
      clock.advance(ms);
      await store.traces.flush();
    };
    await keep(3_600_000);
    world.publish({ topic: 't', payload: 'warm' });
    await keep(60_000);
    world.publish({ topic: 't', payload: 20 });
    for (let hour = 0; hour < 24; hour++) await keep(3_600_000);
    const kept = await store.traces.recent({ rule: 'dull', limit: 1000 });
    expect(kept.filter(({ status }) => status === 'conditions-failed')).toHaveLength(50);
    expect(kept.filter(({ status }) => status === 'failed')).toMatchObject([{ error: { code: 'T2009' } }]);
  });

  it('of a hot rule cost nothing: only the newest fifty wait, and drops are counted', async () => {
    const { store, clock } = await openHouse();
    for (let n = 1; n <= 10_000; n++) store.traces.put(readyTrace(trace(n)));
    expect(store.counters()).toMatchObject({ tracesPending: 50, tracesDropped: 9950 });
    clock.advance(5000);
    await store.traces.flush();
    expect(store.counters()).toMatchObject({ tracesPending: 0, tracesStored: 50 });
    expect(numbers(await store.traces.recent({ limit: 1000 }))).toEqual(downFrom(10_000, 50));
  });

  it('that wait are bounded over all rules', async () => {
    const { store } = await openHouse(undefined, { maxPendingTraces: 3 });
    for (let n = 1; n <= 5; n++) store.traces.put(readyTrace(trace(n, `rule${n}`)));
    expect(store.counters()).toMatchObject({ tracesPending: 3, tracesDropped: 2 });
    expect(numbers(await store.traces.recent({ limit: 9 }))).toEqual([3, 2, 1]);
    expect(store.counters()).toMatchObject({ tracesPending: 0, tracesStored: 3 });
  });

  it('survive a restart', async () => {
    const dir = makeDir();
    const before = await openHouse(dir);
    before.store.traces.put(readyTrace(trace(7)));
    await before.store.stop();
    const after = await openHouse(dir);
    expect(await after.store.traces.find(trace(7).id)).toEqual(trace(7));
  });
});
