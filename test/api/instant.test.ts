// A time of day means the last one that the clocks of the house showed.
import { expect, test } from 'vitest';
import { pastInstant } from '../../src/api/instant.ts';
import { VirtualClock } from '../../src/base/index.ts';

test.each([
  ['12:00', '2026-05-02T10:00:00Z', '2026-05-02T10:00:00Z'],
  ['12:00:01', '2026-05-02T10:00:00Z', '2026-05-01T10:00:01Z'],
  ['9:30', '2026-05-02T10:00:00Z', '2026-05-02T07:30:00Z'],
  ['23:59', '2026-05-01T22:30:00Z', '2026-05-01T21:59:00Z'],
  // Clocks were set forward at 02:00: 02:30 came a day before, or at the instant of the change.
  ['02:30', '2026-03-29T10:00:00Z', '2026-03-29T01:00:00Z'],
  ['-1h', '2026-05-02T10:00:00Z', '2026-05-02T09:00:00Z'],
  ['2026-05-01T12:00:00Z', '2026-05-02T10:00:00Z', '2026-05-01T12:00:00Z'],
])('%s at %s is %s', (text, now, expected) => {
  const clock = new VirtualClock(Date.parse(now));
  expect(new Date(pastInstant(text, { clock, home: { zone: 'Europe/Berlin' } }))).toEqual(new Date(expected));
});

test.each(['24:00', '12:0', '12:60', 'noon'])('%s is refused with what was expected', (text) => {
  const clock = new VirtualClock(Date.parse('2026-05-02T10:00:00Z'));
  expect(() => pastInstant(text, { clock, home: { zone: 'UTC' } })).toThrow(/is no instant/);
});
