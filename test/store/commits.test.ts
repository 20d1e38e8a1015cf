// Batches: what is gathered, when it leaves, and when those who wait are told.
import { describe, expect, it } from 'vitest';
import type { Commits } from '../../src/base/index.ts';
import { ManualCommits } from '../support/commits.ts';
import { openHouse, retainedRow, stateRow } from './house.ts';

interface Subject {
  readonly commits: Commits;
  put(): void;
  commit(): Promise<void>;
}

const subjects: Readonly<Record<string, () => Promise<Subject>>> = {
  'the store': async () => {
    const { store, committed } = await openHouse();
    let count = 0;
    const put = (): void => store.retained.put(retainedRow(`a/${count++}`));
    return { commits: store.commits, put, commit: committed };
  },
  'the double of other rooms': async () => {
    const commits = new ManualCommits();
    return { commits, put: () => undefined, commit: async () => commits.commit() };
  },
};

describe.each(Object.entries(subjects))('commits of %s', (_name, make) => {
  it('tell those who wait after the commit, in order', async () => {
    const { commits, put, commit } = await make();
    const told: number[] = [];
    put();
    const first = commits.open;
    commits.whenCommitted(first, () => told.push(1));
    commits.whenCommitted(first, () => told.push(2));
    expect(told).toEqual([]);
    await commit();
    expect(told).toEqual([1, 2]);
  });

  it('tell at once when the batch is committed already', async () => {
    const { commits, put, commit } = await make();
    put();
    const batch = commits.open;
    await commit();
    let isTold = false;
    commits.whenCommitted(batch, () => {
      isTold = true;
    });
    expect(isTold).toBe(true);
  });

  it('open the next batch when one has left', async () => {
    const { commits, put, commit } = await make();
    put();
    const batch = commits.open;
    await commit();
    expect(commits.open).toBe(batch + 1);
  });

  it('keep rows that a callback puts for the next batch', async () => {
    const { commits, put, commit } = await make();
    put();
    const seen: number[] = [];
    commits.whenCommitted(commits.open, () => {
      put();
      seen.push(commits.open);
      commits.whenCommitted(commits.open, () => seen.push(-1));
    });
    const first = commits.open;
    await commit();
    expect(seen).toEqual([first + 1]);
    await commit();
    expect(seen).toEqual([first + 1, -1]);
  });
});

describe('a batch', () => {
  it('holds the last of several rows with one key', async () => {
    const { store, committed } = await openHouse();
    for (const payload of ['1', '2', '3']) store.retained.put(retainedRow('a', payload));
    store.retained.put(retainedRow('b'));
    store.retained.delete('b');
    expect(store.counters()).toMatchObject({ storePendingRows: 2 });
    await committed();
    expect((await store.retained.all()).map((row) => String(row.payload))).toEqual(['3']);
    expect(store.counters()).toMatchObject({ storeRows: 2, storeBatches: 1, storePendingRows: 0 });
  });

  it('does not leave before the turn is over', async () => {
    const { store, clock } = await openHouse();
    store.retained.put(retainedRow('a'));
    store.commits.whenCommitted(store.commits.open, () => undefined);
    expect(store.counters()).toMatchObject({ storePendingRows: 1, storeRowsInFlight: 0 });
    clock.advance(0);
    expect(store.counters()).toMatchObject({ storePendingRows: 0, storeRowsInFlight: 1 });
  });

  it('gathers while another is on its way, and leaves as soon as that has landed', async () => {
    const { store, clock } = await openHouse();
    const { commits } = store;
    store.retained.put(retainedRow('a'));
    clock.advance(0);
    store.retained.put(retainedRow('b'));
    store.retained.put(retainedRow('c'));
    clock.advance(0);
    expect(store.counters()).toMatchObject({ storeRowsInFlight: 1, storePendingRows: 2 });
    await new Promise<void>((done) => commits.whenCommitted(commits.open, done));
    expect(store.counters()).toMatchObject({ storeBatches: 2, storeRows: 3 });
  });

  it('of rows that can wait leaves after a second', async () => {
    const { store, clock } = await openHouse();
    store.state.put(stateRow('a'));
    store.effects.delete('e1');
    store.meta.put({ key: 'k', value: '1' });
    clock.advance(999);
    store.state.put(stateRow('b'));
    expect(store.counters()).toMatchObject({ storePendingRows: 4, storeRowsInFlight: 0 });
    clock.advance(1);
    expect(store.counters()).toMatchObject({ storePendingRows: 0, storeRowsInFlight: 4 });
  });

  it.each(['an urgent row', 'somebody who waits'])(
    'of rows that can wait leaves at once with %s',
    async (why) => {
      const { store, clock } = await openHouse();
      store.state.put(stateRow('a'));
      if (why === 'an urgent row') store.runs.delete('r1');
      else store.commits.whenCommitted(store.commits.open, () => undefined);
      clock.advance(0);
      expect(store.counters()).toMatchObject({ storePendingRows: 0 });
      expect(store.counters()['storeRowsInFlight']).toBeGreaterThan(0);
    },
  );

  it('without rows counts as committed only when none is on its way before it', async () => {
    const { store, clock } = await openHouse();
    const told: string[] = [];
    store.commits.whenCommitted(store.commits.open, () => told.push('idle'));
    expect(told).toEqual(['idle']);
    store.retained.put(retainedRow('a'));
    store.commits.whenCommitted(store.commits.open, () => told.push('row'));
    clock.advance(0);
    await new Promise<void>((done) => {
      store.commits.whenCommitted(store.commits.open, () => {
        told.push('after');
        done();
      });
      expect(told).toEqual(['idle']);
    });
    clock.advance(0);
    expect(told).toEqual(['idle', 'row', 'after']);
  });

  it('goes on when one of those who wait throws', async () => {
    const { store, complaints, committed } = await openHouse();
    store.retained.put(retainedRow('a'));
    store.commits.whenCommitted(store.commits.open, () => {
      throw new Error('my own fault');
    });
    await committed();
    expect(complaints).toEqual(['what waited for a commit failed']);
  });

  it('says when too much waits, and when it does no more', async () => {
    const { store, committed } = await openHouse(undefined, { maxPendingRows: 3 });
    for (const topic of ['a', 'b', 'b']) store.state.put(stateRow(topic));
    expect(store.commits.isSaturated).toBe(false);
    store.state.put(stateRow('c'));
    expect(store.commits.isSaturated).toBe(true);
    await committed();
    expect(store.commits.isSaturated).toBe(false);
  });

  it('is bounded in those who wait, whose rows may be few', async () => {
    const { store, committed } = await openHouse(undefined, { maxPendingRows: 3 });
    for (let i = 0; i < 3; i++) {
      expect(store.commits.isSaturated).toBe(false);
      store.state.put(stateRow('a'));
      store.commits.whenCommitted(store.commits.open, () => undefined);
    }
    expect(store.commits.isSaturated).toBe(true);
    await committed();
    expect(store.commits.isSaturated).toBe(false);
  });

  it('is bounded in bytes too', async () => {
    const { store } = await openHouse(undefined, { maxPendingBytes: 1000 });
    store.retained.put(retainedRow('a', 'x'.repeat(1000)));
    expect(store.commits.isSaturated).toBe(true);
    store.retained.put(retainedRow('a', 'x'));
    expect(store.commits.isSaturated).toBe(false);
  });
});
