import { describe, expect, it } from 'vitest';
import { ProcessIds, VirtualClock } from '../../src/base/index.ts';

const byText = (one: string, other: string): number => (one < other ? -1 : 1);

describe('ProcessIds', () => {
  it('are 20 characters, unique, and sort by age whatever the clock does', () => {
    const clock = new VirtualClock(Date.UTC(2026, 0, 1));
    const ids = new ProcessIds(clock);
    const made: string[] = [];
    for (let i = 0; i < 5000; i++) {
      made.push(ids.next());
      if (i % 7 === 0) clock.advance(1);
    }
    expect(made.every((id) => /^[0-9a-hjkmnp-tv-z]{20}$/.test(id))).toBe(true);
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort(byText)).toEqual(made);
  });

  it('stay unique and sorted when the wall clock goes back', () => {
    let now = 2_000_000;
    const clock = new VirtualClock(0);
    const ids = new ProcessIds({
      now: () => now,
      monotonic: () => 0,
      uptime: () => 0,
      after: (ms, run) => clock.after(ms, run),
      soon: (run) => clock.soon(run),
    });
    const first = ids.next();
    now -= 3_600_000;
    const second = ids.next();
    now += 3_600_001;
    const third = ids.next();
    expect([first, second, third].sort(byText)).toEqual([first, second, third]);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('differ between processes', () => {
    const clock = new VirtualClock(1000);
    expect(new ProcessIds(clock, 1).next()).not.toBe(new ProcessIds(clock, 2).next());
    expect(new ProcessIds(clock, 1).next()).toBe(new ProcessIds(clock, 1).next());
  });
});
