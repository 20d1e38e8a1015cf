import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from '../../src/base/index.ts';

describe('Ring', () => {
  it('behaves like the end of a list', () => {
    const steps = fc.array(fc.option(fc.integer(), { freq: 4, nil: undefined }), { maxLength: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), steps, (capacity, values) => {
        const ring = new Ring<number>(capacity);
        const list: number[] = [];
        let dropped = 0;
        for (const value of values) {
          if (value === undefined) expect(ring.shift()).toBe(list.shift());
          else {
            list.push(value);
            const oldest = list.length > capacity ? list.shift() : undefined;
            if (oldest !== undefined) dropped++;
            expect(ring.push(value)).toBe(oldest);
          }
          expect([...ring]).toEqual(list);
          expect([ring.size, ring.dropped]).toEqual([list.length, dropped]);
        }
      }),
    );
  });

  it('holds at least one', () => {
    const ring = new Ring<string>(0);
    ring.push('a');
    expect(ring.push('b')).toBe('a');
    expect([...ring]).toEqual(['b']);
  });
});
