import { describe, expect, it } from 'vitest';
import { SystemClock, VirtualClock } from '../../src/base/index.ts';

const start = Date.UTC(2026, 0, 31, 12);

describe('VirtualClock', () => {
  it('stands still until it is moved', () => {
    const clock = new VirtualClock(start);
    expect([clock.now(), clock.monotonic()]).toEqual([start, 0]);
    clock.advance(1500);
    expect([clock.now(), clock.monotonic()]).toEqual([start + 1500, 1500]);
  });

  it('fires in due order, first armed first, each at its own time', () => {
    const clock = new VirtualClock(start);
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name}@${clock.monotonic()}`);
    clock.after(200, note('late'));
    clock.after(100, note('first'));
    clock.after(100, note('second'));
    clock.soon(note('soon'));
    clock.advance(100);
    expect(seen).toEqual(['soon@0', 'first@100', 'second@100']);
    clock.advanceTo(start + 1000);
    expect(seen.at(-1)).toBe('late@200');
    expect(clock.monotonic()).toBe(1000);
  });

  it('fires what is armed while it moves, when that is due', () => {
    const clock = new VirtualClock(start);
    const seen: number[] = [];
    const tick = (): void => {
      seen.push(clock.monotonic());
      clock.after(100, tick);
    };
    clock.after(100, tick);
    clock.advance(350);
    expect(seen).toEqual([100, 200, 300]);
  });

  it('does not fire what was taken back, not even by its neighbour', () => {
    const clock = new VirtualClock(start);
    const seen: string[] = [];
    clock.after(50, () => undo());
    const undo = clock.after(50, () => seen.push('taken back'));
    clock.advance(100);
    undo();
    expect(seen).toEqual([]);
  });

  it('never goes back, and counts negative waits as none', () => {
    const clock = new VirtualClock(start);
    let at = -1;
    clock.after(-5, () => {
      at = clock.monotonic();
    });
    clock.advanceTo(start - 1000);
    expect(clock.now()).toBe(start);
    clock.advance(0);
    expect(at).toBe(0);
  });
});

describe('SystemClock', () => {
  it('follows the wall and never goes back', () => {
    const clock = new SystemClock();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
    const first = clock.monotonic();
    expect(clock.monotonic()).toBeGreaterThanOrEqual(first);
    const second = clock.uptime();
    expect(second).toBeGreaterThan(0);
    expect(clock.uptime()).toBeGreaterThanOrEqual(second);
  });

  it('calls once, and not what was taken back', async () => {
    const clock = new SystemClock();
    const seen: string[] = [];
    clock.after(1, () => seen.push('taken back'))();
    clock.soon(() => seen.push('taken back soon'))();
    // A month overflows setTimeout, which would fire it at once.
    const undo = clock.after(31 * 86_400_000, () => seen.push('month'));
    await new Promise<void>((resolve) => clock.soon(resolve));
    await new Promise<void>((resolve) => clock.after(5, resolve));
    undo();
    expect(seen).toEqual([]);
  });
});
