// `at: "HH:MM[:SS]"`: local times of day, on all days or some.
import type { Cron } from 'croner';
import { z } from 'zod';
import { nearest, type Timestamp } from '../../base/index.ts';
import type { CompileContext } from '../compile/context.ts';
import { nextOf, schedule } from '../schedule/local-time.ts';
import { triggerKind } from './kind.ts';

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const dayWords: ReadonlyMap<string, readonly number[]> = new Map([
  ...weekdays.map((day, index): [string, number[]] => [day, [index]]),
  ['weekdays', [1, 2, 3, 4, 5]],
  ['weekend', [0, 6]],
]);
const clockText = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

function asList<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item];
}

/** Days as croner's numbers; undefined with a finding when a word is not known. */
function compileDays(
  days: string | readonly string[] | undefined,
  path: string,
  context: CompileContext,
): string | undefined {
  if (days === undefined) return '*';
  const numbers = new Set<number>();
  for (const word of asList(days)) {
    const found = dayWords.get(word);
    if (found === undefined) {
      const known = [...dayWords.keys()];
      const meant = nearest(word, known);
      return context.report({
        path,
        code: 'bad-days',
        message: `"${word}" is no day; known: ${known.join(', ')}`,
        ...(meant && { suggestion: meant }),
      });
    }
    for (const day of found) numbers.add(day);
  }
  return [...numbers].sort((a, b) => a - b).join(',');
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function earliest(schedules: readonly Cron[], after: Timestamp): Timestamp | undefined {
  const times = schedules.map((cron) => nextOf(cron, after)).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

export const at = triggerKind({
  verb: 'at',
  doc: { en: 'a local time of day has come', zh: '到了每天的某个时刻' },
  example: 'at: "07:30"\ndays: weekdays',
  shape: {
    at: z.union([z.string(), z.array(z.string()).min(1)], {
      error: 'expected a quoted time such as "07:30"',
    }),
    days: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
    zone: z.string().optional(),
  },
  compile(document, path, context) {
    const zone = document.zone ?? context.home.zone;
    if (!isZone(zone))
      return context.report({
        path: `${path}.zone`,
        code: 'bad-zone',
        message: `"${zone}" is no time zone; expected a name such as Asia/Shanghai`,
      });
    const days = compileDays(document.days, `${path}.days`, context);
    if (days === undefined) return undefined;
    const schedules: Cron[] = [];
    for (const text of asList(document.at)) {
      const clock = clockText.exec(text);
      if (!clock)
        return context.report({
          path: `${path}.at`,
          code: 'bad-time',
          message: `"${text}" is no time of day; expected "HH:MM" or "HH:MM:SS", quoted`,
        });
      const [, hour, minute, second = '0'] = clock;
      schedules.push(schedule(`${Number(second)} ${Number(minute)} ${Number(hour)} * * ${days}`, zone));
    }
    return { on: 'schedule', next: (after) => earliest(schedules, after), catchUp: 'none' };
  },
});
