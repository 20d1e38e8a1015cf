// Instants as people write them.
import { expect, test } from 'vitest';
import { parseInstant } from '../../src/base/index.ts';

const now = Date.UTC(2026, 4, 10, 12);

test.each([
  ['now', now],
  ['-7d', now - 7 * 86_400_000],
  ['-1h30m', now - 5_400_000],
  ['0', 0],
  ['1767225600000', 1_767_225_600_000],
  ['2026-05-01', Date.UTC(2026, 4, 1)],
  ['2026-05-01T18:30:00Z', Date.UTC(2026, 4, 1, 18, 30)],
  ['2026-05-01T18:30:00+08:00', Date.UTC(2026, 4, 1, 10, 30)],
])('%s', (text, at) => {
  expect(parseInstant(text, now)).toBe(at);
});

test.each(['', 'yesterday', '7d', '-7x', '2026-13-01', '1.5', '05/01/2026'])('"%s" is refused', (text) => {
  expect(() => parseInstant(text, now)).toThrowError(expect.objectContaining({ code: 'bad-time' }));
});
