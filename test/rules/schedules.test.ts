// Schedules over a year in many zones: never twice, never before their time, and on every day as often as they should.
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  Home,
  type Place,
  type SecretRow,
  type StateRow,
  TopicStates,
  type VariableRow,
} from '../../src/devices/index.ts';
import { LocalTime } from '../../src/expression/index.ts';
import { checkText } from '../../src/rules/index.ts';
import { MapRows } from '../support/rule-world.ts';

const day = 86_400_000;
const from = Date.parse('2026-01-01T12:00:00Z');
const to = from + 365 * day;
const zones = [
  ...['Europe/Berlin', 'America/New_York', 'America/Havana', 'America/Nuuk', 'Australia/Lord_Howe'],
  ...['Asia/Kathmandu', 'Africa/Casablanca', 'Pacific/Chatham'],
];
const shanghai = { latitude: 31.2, longitude: 121.5 };

interface Limits {
  readonly from: number;
  readonly to: number;
}

/** What one trigger does between two instants. */
function times(trigger: object, zone: string, options: Partial<Limits & { place: Place }> = {}): number[] {
  const limits = { from, to, ...options };
  const states = new TopicStates(new MapRows<StateRow>((row) => row.topic), {
    topics: 1,
    payloadBytes: 1,
    topicsPerClient: 1,
  });
  const rows = {
    variables: new MapRows<VariableRow>((row) => row.name),
    secrets: new MapRows<SecretRow>((row) => row.name),
  };
  const { place = shanghai } = options;
  const home = new Home({ states, rows, zone, place });
  const text = stringify({ id: 'r', triggers: [trigger], actions: [{ log: 'x' }] });
  const { rule, problems } = checkText(text, { version: 1, home });
  const source = rule?.triggers[0]?.source;
  if (source?.on !== 'schedule') throw new Error(JSON.stringify(problems));
  const scope = { values: [], read: () => undefined, at: limits.from, home, seed: 0 };
  const found: number[] = [];
  for (let at = source.next(limits.from, scope); at !== undefined && at <= limits.to; ) {
    found.push(at);
    at = source.next(at, scope);
  }
  return found;
}

/** The first instant at which clocks show a time of a day or, where that is skipped, more: found by looking. */
function firstShown(time: LocalTime, wanted: number): number {
  const offsets = [wanted - day, wanted + day].map((about) => time.local(about) - about);
  let at = wanted - Math.max(...offsets);
  while (time.local(at) < wanted) at += 60_000;
  return at;
}

/** Local days, as UTC midnights, whose time lies between two instants. */
function days(time: LocalTime, clock: number): number[] {
  const found: number[] = [];
  for (let each = Math.floor(from / day - 1) * day; each < to + day; each += day) {
    const at = firstShown(time, each + clock);
    if (at > from && at <= to) found.push(at);
  }
  return found;
}

/** When clocks are set, to the half hour. */
function changes(time: LocalTime): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at += 1_800_000)
    if (time.local(at + 1_800_000) - time.local(at) !== 1_800_000) found.push(at);
  return found;
}

function quarters(limits: Limits): number[] {
  const found: number[] = [];
  for (let at = limits.from + 900_000; at <= limits.to; at += 900_000) found.push(at);
  return found;
}

describe.each(zones)('%s', (zone) => {
  const time = new LocalTime(zone);

  test.each(['00:00', '00:30', '01:30', '02:00', '02:15', '02:45', '03:00', '23:30'])(
    'at %s comes once a day, at the first instant whose clocks show it or more',
    (clock) => {
      const [hour = 0, minute = 0] = clock.split(':').map(Number);
      const wanted = days(time, (hour * 60 + minute) * 60_000);
      expect(times({ at: clock }, zone)).toEqual(wanted);
      expect(times({ cron: `${minute} ${hour} * * *` }, zone)).toEqual(wanted);
    },
  );

  test('a cron pattern of named hours comes once for each local time that differs', () => {
    const found = times({ cron: '*/20 1-3 * * *' }, zone);
    const hours = [1, 2, 3].flatMap((hour) => [0, 20, 40].map((minute) => hour * 60 + minute));
    const wanted = new Set(hours.flatMap((minutes) => days(time, minutes * 60_000)));
    expect(found).toEqual([...wanted].sort((a, b) => a - b));
  });

  test('a pattern of every hour and a short period go on through every change of the clocks', () => {
    for (const change of changes(time)) {
      const around = { from: change - day, to: change + day };
      expect(times({ cron: '*/15 * * * *' }, zone, around)).toEqual(quarters(around));
      expect(times({ every: '30m' }, zone, around)).toEqual(
        quarters(around).filter((at) => time.local(at) % 1_800_000 === 0),
      );
    }
  });

  test.each(['6h', '1d'])('every %s begins anew at each local midnight', (every) => {
    const period = every === '6h' ? 6 * 3_600_000 : day;
    const midnights = days(time, 0);
    const found = times({ every }, zone, { from: midnights[0] ?? 0, to: midnights.at(-1) ?? 0 });
    expect(found).toHaveLength(((midnights.length - 1) * day) / period);
    for (const midnight of midnights.slice(1)) expect(found).toContain(midnight);
  });
});

const homes = [
  { name: 'Berlin', zone: 'Europe/Berlin', place: { latitude: 52.5, longitude: 13.4 } },
  { name: 'New York', zone: 'America/New_York', place: { latitude: 40.7, longitude: -74 } },
  { name: 'Lord Howe', zone: 'Australia/Lord_Howe', place: { latitude: -31.5, longitude: 159.1 } },
];

describe.each(homes)('the sun over $name', ({ zone, place }) => {
  const time = new LocalTime(zone);
  const datesOf = (found: readonly number[]): string[] => found.map((at) => time.date(at));

  test.each(['sunrise', 'sunset', 'dawn', 'dusk', 'noon', 'goldenHour'])(
    '%s comes on every day once',
    (sun) => {
      const found = times({ sun }, zone, { place });
      expect(new Set(datesOf(found)).size).toBe(found.length);
      expect(found.length).toBeGreaterThanOrEqual(364);
      expect(times({ sun, offset: '-45m' }, zone, { place, to: to - day })).toEqual(
        found.map((at) => at - 2_700_000).filter((at) => at > from && at <= to - day),
      );
    },
  );

  test('bounds hold it to times of the clock, in the night of a change, too', () => {
    const bounded = { sun: 'sunrise', notBefore: '06:30', notAfter: '07:00' };
    for (const at of times(bounded, zone, { place })) {
      expect(time.time(at) >= '06:30:00' && time.time(at) <= '07:00:00', time.time(at)).toBe(true);
    }
  });
});

test('beyond the polar circle there are days without sunrise, and none is made up', () => {
  const found = times({ sun: 'sunrise' }, 'Europe/Oslo', { place: { latitude: 69.6, longitude: 18.9 } });
  expect(found.length).toBeGreaterThan(180);
  expect(found.length).toBeLessThan(270);
});
