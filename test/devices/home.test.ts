// Calendar, sun and variables of the home.
import { describe, expect, test } from 'vitest';
import { Calendar, Sun, type VariableRow, Variables } from '../../src/devices/index.ts';
import { MapRows } from '../support/rule-world.ts';

describe('the calendar', () => {
  const calendar = new Calendar({
    holidays: ['2026-10-01..2026-10-08 National Day', '2026-05-01', '12-24..01-02 Christmas', '02-29'],
    workdays: ['2026-10-10', '2026-10-08 stocktaking'],
  });

  test.each([
    ['2026-10-01', 'holiday'],
    ['2026-10-08', 'workday'],
    ['2026-10-09', 'workday'],
    ['2026-10-10', 'workday'],
    ['2026-10-11', 'weekend'],
    ['2026-05-01', 'holiday'],
    ['2027-05-01', 'weekend'],
    ['2026-12-23', 'workday'],
    ['2026-12-24', 'holiday'],
    ['2027-01-01', 'holiday'],
    ['2027-01-02', 'holiday'],
    ['2027-01-04', 'workday'],
    ['2028-02-29', 'holiday'],
    ['2026-11-21', 'weekend'],
    ['2026-11-23', 'workday'],
  ])('%s is a %s', (date, kind) => {
    expect([calendar.isHoliday(date), calendar.isWorkday(date)]).toEqual([
      kind === 'holiday',
      kind === 'workday',
    ]);
  });

  test('without entries weekends are free', () => {
    const none = new Calendar({ holidays: [], workdays: [] });
    expect([none.isWorkday('2026-11-20'), none.isWorkday('2026-11-21')]).toEqual([true, false]);
  });
});

describe('the sun', () => {
  const minute = 60_000;

  // Published times of the places' almanacs, in local time.
  test.each([
    ['Beijing', { latitude: 39.9, longitude: 116.4 }, 'Asia/Shanghai', '2026-06-21', '04:45', '19:46'],
    ['London', { latitude: 51.5, longitude: -0.12 }, 'Europe/London', '2026-12-21', '08:03', '15:53'],
    ['Auckland', { latitude: -36.85, longitude: 174.76 }, 'Pacific/Auckland', '2026-12-21', '05:58', '20:39'],
  ])('of %s rises and sets', (_name, place, zone, date, sunrise, sunset) => {
    const sun = new Sun(place, zone);
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    for (const hour of ['00', '23']) {
      const at = Date.parse(`${date}T${hour}:30:00Z`);
      const day = format.format(at).slice(0, 10);
      const view = sun.at(at);
      expect(format.format(view.sunrise).slice(0, 10)).toBe(day);
      expect(format.format(view.sunset).slice(0, 10)).toBe(day);
    }
    const view = sun.at(Date.parse(`${date}T06:00:00Z`));
    const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
    const shown = (time: number | undefined): number => minutes(format.format(time).slice(11));
    expect(Math.abs(shown(view.sunrise) - minutes(sunrise))).toBeLessThanOrEqual(2);
    expect(Math.abs(shown(view.sunset) - minutes(sunset))).toBeLessThanOrEqual(2);
  });

  test('is up between sunrise and sunset, and dawn and dusk lie around them', () => {
    const sun = new Sun({ latitude: 31.2, longitude: 121.5 }, 'Asia/Shanghai');
    const { sunrise = 0, sunset = 0, dawn = 0, dusk = 0 } = sun.at(Date.parse('2026-03-02T04:00:00Z'));
    expect([dawn < sunrise, sunrise < sunset, sunset < dusk]).toEqual([true, true, true]);
    const ups = [sunrise - minute, sunrise + minute, sunset - minute, sunset + minute];
    expect(ups.map((at) => sun.at(at).up)).toEqual([false, true, true, false]);
  });

  test('that never sets has no sunset and is up at midnight; that never rises is not up at noon', () => {
    const sun = new Sun({ latitude: 78.2, longitude: 15.6 }, 'Arctic/Longyearbyen');
    const summer = sun.at(Date.parse('2026-06-21T22:00:00Z'));
    expect(Object.keys(summer)).toEqual(['up', 'elevation']);
    expect(summer.up).toBe(true);
    expect(sun.at(Date.parse('2026-12-21T11:00:00Z')).up).toBe(false);
  });
});

describe('variables', () => {
  test('are kept in rows, replaced, deleted by null, and come back', () => {
    const rows = new MapRows<VariableRow>((row) => row.name);
    const variables = new Variables(rows);
    variables.set({ name: 'mode', value: 'away', at: 1, by: 'alarm' });
    variables.set({ name: 'mode', value: { is: 'home' }, at: 2, by: 'alarm' });
    variables.set({ name: 'gone', value: 1, at: 2, by: 'x' });
    variables.set({ name: 'gone', value: null, at: 3, by: 'x' });
    variables.set({ name: 'never', value: null, at: 3, by: 'x' });
    const again = new Variables(rows);
    again.load(rows.rows.values());
    expect(again.list()).toEqual([{ name: 'mode', value: { is: 'home' }, at: 2, by: 'alarm' }]);
    expect(again.find('gone')).toBeUndefined();
  });
});
