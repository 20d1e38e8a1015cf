// `every: DURATION`: a period, counted from local midnight when it divides the day, else from the epoch.
import { z } from 'zod';
import { HomeruleError, parseDuration, type Timestamp } from '../../base/index.ts';
import { nextOf, schedule, startOfDay } from '../schedule/local-time.ts';
import { triggerKind } from './kind.ts';

const dayMs = 86_400_000;
const shortestMs = 100;

/**
 * Due times that restart at each local midnight, so that `every: 1h` is on the hour whatever the zone. A day of 25 hours
 * gets one more only when a whole period still fits before midnight: `every: 1d` does not fire at 23:00 and at 00:00.
 */
function alignedToDay(periodMs: number, zone: string): (after: Timestamp) => Timestamp {
  const midnights = schedule('0 0 0 * * *', zone);
  return (after) => {
    const start = startOfDay(midnights, after);
    const due = start + (Math.floor((after - start) / periodMs) + 1) * periodMs;
    const midnight = nextOf(midnights, after) ?? due;
    const isOver = due - start >= dayMs && midnight - due < periodMs;
    return isOver ? midnight : Math.min(due, midnight);
  };
}

export const every = triggerKind({
  verb: 'every',
  doc: { en: 'a period has passed', zh: '每隔一段时间' },
  example: 'every: 15m',
  shape: { every: z.union([z.string(), z.number()]) },
  compile(document, path, context) {
    try {
      const periodMs = parseDuration(document.every);
      if (periodMs < shortestMs)
        throw new HomeruleError('bad-duration', 'invalid', 'the shortest period is 100ms');
      const isAligned = dayMs % periodMs === 0;
      const next = isAligned
        ? alignedToDay(periodMs, context.home.zone)
        : (after: Timestamp) => (Math.floor(after / periodMs) + 1) * periodMs;
      return { on: 'schedule', next, catchUp: 'none' };
    } catch (error) {
      if (!(error instanceof HomeruleError)) throw error;
      return context.report({ path: `${path}.every`, code: error.code, message: error.message });
    }
  },
});
