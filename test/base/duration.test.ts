import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, longestDurationMs, parseDuration } from '../../src/base/index.ts';

describe('parseDuration', () => {
  const cases: [text: string | number, ms: number][] = [
    ['500ms', 500],
    ['90s', 90_000],
    ['2m30s', 150_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['1d2h3m4s5ms', 93_784_005],
    ['0.5s', 500],
    ['1.5h', 5_400_000],
    ['00:02:30', 150_000],
    ['48:00:00', 172_800_000],
    ['00:00:01.5', 1500],
    ['00:00:00.025', 25],
    [0, 0],
    [5, 5000],
    [0.25, 250],
    ['12', 12_000],
    [' 2m ', 120_000],
    ['+3s', 3000],
    ['3650d', longestDurationMs],
  ];

  it.each(cases)('reads %s as %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    ['08:30', /write 08:30:00/],
    ['', /expected 500ms/],
    ['5 m', /expected 500ms/],
    ['5min', /expected 500ms/],
    ['1h30', /expected 500ms/],
    ['1e3', /expected 500ms/],
    ['00:60:00', /expected 500ms/],
    ['-5s', /may not be negative/],
    ['--5s', /may not be negative/],
    ['3651d', /the longest is 3650d/],
    [Number.NaN, /expected 500ms/],
    [Number.POSITIVE_INFINITY, /expected 500ms/],
  ])('refuses %s', (text, message) => {
    expect(() => parseDuration(text)).toThrow(
      expect.objectContaining({
        code: 'bad-duration',
        kind: 'invalid',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('takes negative ones where they are allowed', () => {
    expect(parseDuration('-1m30s', true)).toBe(-90_000);
    expect(parseDuration(-2, true)).toBe(-2000);
    expect(() => parseDuration('--2s', true)).toThrow('is not a duration');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [1, '1ms'],
    [150_000, '2m30s'],
    [-90_000, '-1m30s'],
    [90_061_001, '1d1h1m1s1ms'],
  ])('writes %i as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('is read back as the same value', () => {
    const anyDuration = fc.integer({ min: -longestDurationMs, max: longestDurationMs });
    fc.assert(fc.property(anyDuration, (ms) => parseDuration(formatDuration(ms), true) === ms));
  });
});
