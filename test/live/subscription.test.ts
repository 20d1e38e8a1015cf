// When batches leave and what is in them, on a clock that stands still.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/base/index.ts';
import { liveLimits } from '../../src/live/limits.ts';
import { Subscription } from '../../src/live/subscription.ts';

interface Batch {
  readonly at: number;
  readonly items: readonly unknown[];
  readonly lagged?: number;
}

class Desk {
  readonly batches: Batch[] = [];
  readonly clock = new VirtualClock(0);
  isSlowNow = false;
  lagged = 0;
  eventsDropped = 0;
  readonly subscription: Subscription;

  constructor(every = false) {
    this.subscription = new Subscription({ id: 's1', clock: this.clock, outlet: this, every });
  }

  isSlow(): boolean {
    return this.isSlowNow;
  }

  countLagged(items: number, wantsEvery: boolean): void {
    this.lagged += items;
    if (wantsEvery) this.eventsDropped += items;
  }

  send(text: string): void {
    const event = JSON.parse(text) as { op: string; id: string } & Omit<Batch, 'at'>;
    const { op, id, ...batch } = event;
    expect({ op, id }).toEqual({ op: 'items', id: 's1' });
    this.batches.push({ at: this.clock.now(), ...batch });
  }
}

let desk: Desk;

beforeEach(() => {
  desk = new Desk();
});

describe('batches', () => {
  test('the first item leaves at once, the next ones together a tenth of a second later', () => {
    desk.subscription.push('a', 1);
    desk.clock.advance(0);
    desk.subscription.push('b', 2);
    desk.clock.advance(30);
    desk.subscription.push('c', 3);
    desk.clock.advance(1000);
    expect(desk.batches).toEqual([
      { at: 0, items: [1] },
      { at: 100, items: [2, 3] },
    ]);
  });

  test('items of one turn leave together', () => {
    for (const key of ['a', 'b', 'c']) desk.subscription.push(key, key);
    desk.clock.advance(0);
    expect(desk.batches).toEqual([{ at: 0, items: ['a', 'b', 'c'] }]);
  });

  test('after a silence nothing waits', () => {
    desk.subscription.push('a', 1);
    desk.clock.advance(5000);
    desk.subscription.push('a', 2);
    desk.clock.advance(0);
    expect(desk.batches.map(({ at }) => at)).toEqual([0, 5000]);
  });

  test('there are at most ten a second however many items come', () => {
    for (let i = 0; i < 1000; i++) {
      desk.subscription.push('a', i);
      desk.clock.advance(1);
    }
    expect(desk.batches.length).toBeLessThanOrEqual(11);
    expect(desk.batches.length).toBeGreaterThanOrEqual(10);
  });

  test('the latest item of a key wins and goes to the end', () => {
    desk.subscription.push('a', 1);
    desk.subscription.push('b', 2);
    desk.subscription.push('a', 3);
    desk.clock.advance(0);
    expect(desk.batches).toEqual([{ at: 0, items: [2, 3] }]);
  });

  test('large items are spread over batches, none is lost', () => {
    const large = 'x'.repeat(100_000);
    for (let i = 0; i < 7; i++) desk.subscription.push(`k${i}`, { i, large });
    desk.clock.advance(1000);
    expect(desk.batches.map(({ at, items }) => [at, items.length])).toEqual([
      [0, 3],
      [100, 3],
      [200, 1],
    ]);
  });

  test('close takes back what waits', () => {
    desk.subscription.push('a', 1);
    desk.subscription.close();
    desk.clock.advance(1000);
    expect(desk.batches).toEqual([]);
  });
});

describe('of every item', () => {
  const sentBy = ({ batches }: Desk): unknown[] => batches.flatMap(({ items }) => items);
  const numbers = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, index) => from + index);

  test('equal items of one key leave in order, none for another', () => {
    desk = new Desk(true);
    for (const i of numbers(0, 1000)) desk.subscription.push('a', i);
    desk.clock.advance(0);
    expect(sentBy(desk)).toEqual(numbers(0, 1000));
  });

  test('a slow socket gets them later', () => {
    desk = new Desk(true);
    desk.isSlowNow = true;
    for (const i of numbers(0, 1000)) {
      desk.subscription.push('a', i);
      desk.clock.advance(1);
    }
    expect(desk.batches).toEqual([]);
    desk.isSlowNow = false;
    desk.clock.advance(100);
    expect(sentBy(desk)).toEqual(numbers(0, 1000));
    expect(desk.lagged).toBe(0);
  });

  test('beyond the bound the oldest go and are counted as dropped events', () => {
    desk = new Desk(true);
    const all = liveLimits.eventsPerSubscription + 7;
    for (const i of numbers(0, all)) desk.subscription.push('a', i);
    desk.clock.advance(0);
    expect(sentBy(desk)).toEqual(numbers(7, all));
    expect(desk.batches[0]).toMatchObject({ lagged: 7 });
    expect(desk.eventsDropped).toBe(7);
  });

  test('large ones are bounded by their size as well', () => {
    desk = new Desk(true);
    const large = 'x'.repeat(1_000_000);
    for (const i of numbers(0, 20)) desk.subscription.push('a', { i, large });
    desk.clock.advance(60_000);
    expect(sentBy(desk)).toMatchObject(numbers(4, 20).map((i) => ({ i })));
    expect(desk.eventsDropped).toBe(4);
  });
});

describe('lag', () => {
  test('beyond the bound the oldest go and are counted once', () => {
    const surplus = 5;
    const all = liveLimits.itemsPerSubscription + surplus;
    for (let i = 0; i < all; i++) desk.subscription.push(String(i), i);
    desk.clock.advance(0);
    expect(desk.batches[0]).toMatchObject({ lagged: surplus });
    expect(desk.batches[0]?.items[0]).toBe(surplus);
    expect(desk.batches[0]?.items).toHaveLength(liveLimits.itemsPerSubscription);
    expect([desk.lagged, desk.eventsDropped]).toEqual([surplus, 0]);
    desk.subscription.push('more', 1);
    desk.clock.advance(100);
    expect(desk.batches[1]).toEqual({ at: 100, items: [1] });
  });

  test('a slow socket gets a count instead of items, even when nothing follows', () => {
    desk.isSlowNow = true;
    desk.subscription.push('a', 1);
    desk.subscription.push('b', 2);
    desk.clock.advance(250);
    desk.subscription.push('a', 3);
    desk.clock.advance(250);
    expect(desk.batches).toEqual([]);
    desk.isSlowNow = false;
    desk.clock.advance(1000);
    expect(desk.batches).toEqual([{ at: 600, items: [], lagged: 3 }]);
  });

  test('every item is sent, replaced by a later one of its key, or counted', () => {
    const step = fc.record({ key: fc.integer({ min: 0, max: 1500 }), wait: fc.nat(40), slow: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000, size: 'max' }), (steps) => {
        const other = new Desk();
        for (const [i, { key, wait, slow }] of steps.entries()) {
          other.isSlowNow = slow;
          other.subscription.push(String(key), { key, i });
          if (i % 50 === 0) other.clock.advance(wait);
        }
        other.isSlowNow = false;
        other.clock.advance(1000);
        const sent = other.batches.flatMap(({ items }) => items as { key: number; i: number }[]);
        const order = sent.map(({ i }) => i);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        const last = new Map(steps.map(({ key }, i) => [key, i]));
        const lost = [...last].filter(([, i]) => !order.includes(i)).length;
        expect(lost).toBeLessThanOrEqual(other.lagged);
        expect(other.batches.every(({ items }) => items.length <= liveLimits.itemsPerSubscription)).toBe(
          true,
        );
      }),
      { numRuns: 30 },
    );
  });
});
