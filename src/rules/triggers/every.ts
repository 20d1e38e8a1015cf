// `every: DURATION`: a period, counted from local midnight when it divides the day, else from the epoch.
import { HomeruleError, parseDuration, type Timestamp } from '../../base/index.ts';
import type { CompileContext } from '../compile/context.ts';
import { durationShape } from '../model/field.ts';
import { findingOf } from '../model/problem.ts';
import { type Calendar, dayMs, LocalDays } from '../schedule/local-days.ts';
import { triggerKind } from './kind.ts';
import { catchUpShape, compileScheduleOptions } from './schedule-options.ts';

const shortestMs = 100;
/** Days that do not count are passed over whole. */
const mostDays = 400;

/**
 * Due times that restart at each local midnight, so that `every: 1h` is on the hour whatever the zone. A day of 25 hours
 * gets one more only when a whole period still fits before midnight: `every: 1d` does not fire at 23:00 and at 00:00.
 */
function alignedToDay(periodMs: number, local: LocalDays): (after: Timestamp) => Timestamp {
  return (after) => {
    const day = local.of(after);
    const start = local.time.instant(day);
    const midnight = local.time.instant(day + dayMs);
    const due = start + (Math.floor((after - start) / periodMs) + 1) * periodMs;
    const isOver = due - start >= dayMs && midnight - due < periodMs;
    return isOver ? midnight : Math.min(due, midnight);
  };
}

function onDays(
  next: (after: Timestamp) => Timestamp,
  local: LocalDays,
): (after: Timestamp, calendar: Calendar) => Timestamp | undefined {
  return (after, calendar) => {
    let from = after;
    for (let count = 0; count < mostDays; count++) {
      const due = next(from);
      const day = local.of(due);
      if (local.has(day, calendar)) return due;
      from = local.time.instant(day + dayMs) - 1;
    }
    return undefined;
  };
}

function compilePeriod(value: string | number, path: string, context: CompileContext): number | undefined {
  try {
    const periodMs = parseDuration(value);
    if (periodMs >= shortestMs) return periodMs;
    return context.report({
      path,
      code: 'bad-duration',
      message: 'the shortest period is 100ms',
      params: { why: 'shortest-period' },
    });
  } catch (error) {
    if (!(error instanceof HomeruleError)) throw error;
    return context.report(findingOf(error, path));
  }
}

export const every = triggerKind({
  verb: 'every',
  doc: { en: 'a period has passed', zh: '每隔一段时间' },
  example: 'every: 15m',
  shape: { every: durationShape, ...catchUpShape },
  compile(document, path, context) {
    const options = compileScheduleOptions(document, path, context);
    const periodMs = compilePeriod(document.every, `${path}.every`, context);
    if (options === undefined || periodMs === undefined) return undefined;
    const { zone, days, catchUp } = options;
    const local = new LocalDays(zone);
    const isAligned = dayMs % periodMs === 0;
    const fromEpoch = (after: Timestamp): Timestamp => (Math.floor(after / periodMs) + 1) * periodMs;
    const next = onDays(isAligned ? alignedToDay(periodMs, local) : fromEpoch, local);
    return {
      on: 'schedule',
      next: (after, { home: { calendar } }) => next(after, { days, calendar }),
      catchUp,
    };
  },
});
