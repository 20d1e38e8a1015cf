// `cron: "0 7 * * 1-5"`: times by a cron pattern of five fields, or six with seconds in front.
import { z } from 'zod';
import { messageOf } from '../../base/index.ts';
import type { CompileContext } from '../compile/context.ts';
import { CronTimes } from '../schedule/cron-times.ts';
import { triggerKind } from './kind.ts';
import { catchUpShape, compileScheduleOptions, zoneShape } from './schedule-options.ts';

function compilePattern(
  pattern: string,
  { path, zone }: { readonly path: string; readonly zone: string },
  context: CompileContext,
): CronTimes | undefined {
  const report = (message: string, why?: string): undefined =>
    context.report({ path, code: 'bad-cron', message, params: { text: pattern, ...(why && { why }) } });
  if (pattern.includes('?')) return report('"?" would mean the time of saving; write the time', 'question');
  try {
    return new CronTimes(pattern, zone);
  } catch (error) {
    return report(`"${pattern}" is no cron pattern: ${messageOf(error).replace(/^CronPattern: /, '')}`);
  }
}

export const cron = triggerKind({
  verb: 'cron',
  doc: { en: 'a time of a cron pattern has come', zh: '到了 cron 表达式所指的时刻' },
  example: 'cron: "*/15 7-21 * * 1-5"',
  shape: {
    cron: z.string({ error: 'expected a quoted pattern such as "0 7 * * 1-5"' }),
    ...catchUpShape,
    ...zoneShape,
  },
  compile(document, path, context) {
    const options = compileScheduleOptions(document, path, context);
    if (options === undefined) return undefined;
    const { zone, days, catchUp } = options;
    const times = compilePattern(document.cron, { path: `${path}.cron`, zone }, context);
    if (times === undefined) return undefined;
    return {
      on: 'schedule',
      next: (after, { home: { calendar } }) => times.next(after, { days, calendar }),
      catchUp,
    };
  },
});
