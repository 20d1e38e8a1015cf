// The reading thread: what becomes of the house when it ends by itself.
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noon, openHouse } from './house.ts';
import { always, said } from './series-cases.ts';

/** Hears of every thread that is begun from now on. */
function threads(): Worker[] {
  const begun: Worker[] = [];
  const note = (worker: Worker): void => void begun.push(worker);
  process.on('worker', note);
  onTestFinished(() => void process.off('worker', note));
  return begun;
}

const range = { topic: 't', path: '', ...always };
const everything = { ...always, limit: 10 };

describe('a reader that ends by itself', () => {
  it('is counted and told, ends no house, and another one is begun', async () => {
    const { store, complaints, committed } = await openHouse(undefined, {
      onFatal: () => expect.unreachable('only the writer is needed for life'),
    });
    const begun = threads();
    store.journal.append(said('t', 1, noon));
    expect((await store.history.draw(range, 10))?.points).toHaveLength(1);
    const [reader] = begun;
    await reader?.terminate();
    expect(store.counters()).toMatchObject({ storeReaderDeaths: 1 });
    expect(complaints).toEqual([expect.stringContaining("the store's reader ended with code 1")]);
    expect(store.failure).toBeUndefined();
    await committed();
    expect((await store.history.draw(range, 10))?.points).toHaveLength(1);
    expect(begun).toHaveLength(2);
  });

  it('answers who is waiting that it is unavailable', async () => {
    const { store } = await openHouse();
    store.journal.append(said('t', 1, noon));
    const lost = new Promise((done) => {
      process.once(
        'worker',
        (reader: Worker) =>
          void once(reader, 'online')
            .then(() => reader.terminate())
            .then(done),
      );
    });
    await expect(store.journal.read(everything)).rejects.toMatchObject({ kind: 'unavailable' });
    await lost;
    expect((await store.journal.read(everything)).inputs).toHaveLength(1);
    expect(store.counters()).toMatchObject({ storeReaderDeaths: 1 });
  });

  it('is not begun again by a question after the stop', async () => {
    const { store } = await openHouse();
    for (const at of [noon, noon + 1]) store.journal.append(said('t', at, at));
    const pages = await store.history.samples(range);
    const begun = threads();
    await store.stop();
    const first = pages?.[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ code: 'store-stopped', kind: 'unavailable' });
    expect(begun).toEqual([]);
  });
});
