// Functions of the home's local time, its calendar and its sun. Pure given the clock reading of the scope.
import { isDate } from '../../base/index.ts';
import type { SunView } from '../contract.ts';
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';
import { localTimeOf } from './local-time.ts';

function today(run: Run): string {
  return localTimeOf(run.scope.home).date(run.scope.at);
}

/** The date asked about: today unless one is given; undefined when the one given is missing. */
function dateOf(run: Run, given: readonly (string | undefined)[]): string | undefined {
  const date = given.length === 0 ? today(run) : given[0];
  if (date !== undefined && !(date.length === 10 && isDate(date)))
    throw new Failure('bad-date', { value: date });
  return date;
}

function isHoliday(run: Run, ...given: readonly (string | undefined)[]): boolean | undefined {
  const date = dateOf(run, given);
  return date === undefined ? undefined : run.scope.home.calendar.isHoliday(date);
}

function isWorkday(run: Run, ...given: readonly (string | undefined)[]): boolean | undefined {
  const date = dateOf(run, given);
  return date === undefined ? undefined : run.scope.home.calendar.isWorkday(date);
}

function sun(run: Run): SunView {
  const view = run.scope.home.sun(run.scope.at);
  if (view === undefined) throw new Failure('no-place');
  return view;
}

export const clockFunctions: readonly FunctionDefinition[] = [
  {
    name: 'time',
    signature: '<:s>',
    en: 'Local time of day, "HH:MM:SS".',
    zh: '本地时间，"HH:MM:SS"。',
    example: { source: '$time()', result: '20:30:45' },
    reads: ['clock'],
    call: (run: Run) => localTimeOf(run.scope.home).time(run.scope.at),
  },
  {
    name: 'date',
    signature: '<:s>',
    en: 'Local date, "YYYY-MM-DD".',
    zh: '本地日期，"YYYY-MM-DD"。',
    example: { source: '$date()', result: '2026-01-05' },
    reads: ['clock'],
    call: today,
  },
  {
    name: 'weekday',
    signature: '<:n>',
    en: 'Local day of the week: Monday is 1, Sunday is 7.',
    zh: '本地星期几：星期一为 1，星期日为 7。',
    example: { source: '$weekday()', result: 1 },
    reads: ['clock'],
    call: (run: Run) => localTimeOf(run.scope.home).weekday(run.scope.at),
  },
  {
    name: 'sun',
    signature: '<:o>',
    en: 'The sun at the home: {up, elevation} now and {sunrise, sunset, dawn, dusk} of this day as epoch milliseconds; needs `place` in the configuration.',
    zh: '家所在位置的太阳：此刻的 {up, elevation}，以及当天的 {sunrise, sunset, dawn, dusk}（毫秒时间戳）；需在配置中设置 `place`。',
    example: { source: '$sun().up or $millis() < $sun().dusk', result: false },
    reads: ['clock'],
    call: sun,
  },
  {
    name: 'holiday',
    signature: '<s?:b>',
    en: 'Whether today, or the date given, is a holiday of the calendar in the configuration.',
    zh: '今天（或给定日期）是否为配置日历中的节假日。',
    example: { source: '$holiday("2026-10-01")', result: true },
    reads: ['clock'],
    call: isHoliday,
  },
  {
    name: 'workday',
    signature: '<s?:b>',
    en: 'Whether today, or the date given, is a work day: neither weekend nor holiday, or a make-up day.',
    zh: '今天（或给定日期）是否为工作日：非周末且非节假日，或为调休上班日。',
    example: { source: '$workday()', result: true },
    reads: ['clock'],
    call: isWorkday,
  },
];
