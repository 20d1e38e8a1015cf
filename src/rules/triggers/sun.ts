// `sun: sunset`: what the sun does over the home, each day, earlier or later by `offset`.
import { z } from 'zod';
import { HomeruleError, nearest, parseDuration } from '../../base/index.ts';
import { Sun } from '../../devices/index.ts';
import type { CompileContext } from '../compile/context.ts';
import { durationShape, field } from '../model/field.ts';
import { findingOf } from '../model/problem.ts';
import { parseClockText } from '../schedule/clock-text.ts';
import { dayMs, LocalDays } from '../schedule/local-days.ts';
import { triggerKind } from './kind.ts';
import { catchUpShape, compileScheduleOptions } from './schedule-options.ts';

/** Ours, then those of suncalc. */
const eventNames = [
  ...['sunrise', 'sunset', 'dawn', 'dusk', 'noon', 'midnight'],
  ...['sunriseEnd', 'sunsetStart', 'nauticalDawn', 'nauticalDusk', 'nightEnd', 'night'],
  ...['goldenHourEnd', 'goldenHour', 'solarNoon', 'nadir'],
];
const suncalcNames: ReadonlyMap<string, string> = new Map([
  ['noon', 'solarNoon'],
  ['midnight', 'nadir'],
]);
/** With more, the event would belong to another day. */
const longestOffsetMs = dayMs / 2;

interface Bounds {
  readonly offset: number;
  readonly notBefore: number;
  readonly notAfter: number;
}

interface Written {
  readonly sun: string;
  readonly offset?: string | number | undefined;
  readonly notBefore?: string | undefined;
  readonly notAfter?: string | undefined;
}

function compileOffset(
  value: string | number | undefined,
  path: string,
  context: CompileContext,
): number | undefined {
  if (value === undefined) return 0;
  try {
    const offset = parseDuration(value, true);
    if (Math.abs(offset) <= longestOffsetMs) return offset;
    return context.report({
      path,
      code: 'bad-duration',
      message: 'the largest offset is 12h',
      params: { why: 'largest-offset' },
    });
  } catch (error) {
    if (!(error instanceof HomeruleError)) throw error;
    return context.report(findingOf(error, path));
  }
}

function compileBound(
  text: string | undefined,
  { path, otherwise }: { readonly path: string; readonly otherwise: number },
  context: CompileContext,
): number | undefined {
  if (text === undefined) return otherwise;
  const clock = parseClockText(text);
  if (clock !== undefined) return clock;
  const message = `"${text}" is no time of day; expected "HH:MM" or "HH:MM:SS", quoted`;
  return context.report({ path, code: 'bad-time', message, params: { text } });
}

function compileBounds(written: Written, path: string, context: CompileContext): Bounds | undefined {
  const offset = compileOffset(written.offset, `${path}.offset`, context);
  const low = { path: `${path}.notBefore`, otherwise: Number.NEGATIVE_INFINITY };
  const notBefore = compileBound(written.notBefore, low, context);
  const high = { path: `${path}.notAfter`, otherwise: Number.POSITIVE_INFINITY };
  const notAfter = compileBound(written.notAfter, high, context);
  if (offset === undefined || notBefore === undefined || notAfter === undefined) return undefined;
  if (notBefore <= notAfter) return { offset, notBefore, notAfter };
  const message = 'notBefore is later than notAfter';
  return context.report({ path: `${path}.notAfter`, code: 'bad-time', message, params: { why: 'order' } });
}

function isEvent(name: string, path: string, context: CompileContext): boolean {
  if (eventNames.includes(name)) return true;
  const meant = nearest(name, eventNames);
  const message = `the sun knows no "${name}"; known: ${eventNames.join(', ')}`;
  context.report({
    path,
    code: 'bad-sun',
    message,
    params: { name, known: eventNames.join(', ') },
    ...(meant && { suggestion: meant }),
  });
  return false;
}

function sunOver(path: string, context: CompileContext): Sun | undefined {
  const { place, zone } = context.home;
  if (place !== undefined) return new Sun(place, zone);
  const message = 'the sun needs the place of the home: set place.latitude and place.longitude';
  return context.report({ path, code: 'no-place', message });
}

export const sun = triggerKind({
  verb: 'sun',
  doc: { en: 'the sun rises, sets or passes a height', zh: '日出、日落或太阳到达某一高度' },
  example: 'sun: sunset\noffset: -30m\nnotBefore: "17:00"',
  shape: {
    sun: z.string().meta({ examples: eventNames }),
    offset: durationShape.optional(),
    notBefore: field('clock', z.string({ error: 'expected a quoted time such as "07:00"' })).optional(),
    notAfter: field('clock', z.string({ error: 'expected a quoted time such as "21:30"' })).optional(),
    ...catchUpShape,
  },
  compile(document, path, context) {
    const options = compileScheduleOptions(document, path, context);
    const bounds = compileBounds(document, path, context);
    const over = sunOver(`${path}.sun`, context);
    if (!isEvent(document.sun, `${path}.sun`, context)) return undefined;
    if (options === undefined || bounds === undefined || over === undefined) return undefined;
    const name = suncalcNames.get(document.sun) ?? document.sun;
    const local = new LocalDays(options.zone);
    const { offset, notBefore, notAfter } = bounds;
    const { days, catchUp } = options;
    const clock = (day: number, ms: number): number =>
      Number.isFinite(ms) ? local.time.instant(day + ms) : ms;
    /** Undefined on a day on which the sun does not do it. */
    const timeOf = (day: number): number | undefined => {
      const event = over.timesOf(local.time.instant(day + dayMs / 2))[name];
      if (!(event instanceof Date)) return undefined;
      const time = Math.round(event.getTime() + offset);
      return Math.min(Math.max(time, clock(day, notBefore)), clock(day, notAfter));
    };
    return {
      on: 'schedule',
      next: (after, { home: { calendar } }) => local.first(after, { days, calendar }, timeOf),
      catchUp,
    };
  },
});
