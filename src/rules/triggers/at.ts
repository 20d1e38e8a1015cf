// `at: "HH:MM[:SS]"`: local times of day; or what an expression gives, scheduled anew when what it reads changes.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import { readsOfValue } from '../compile/reads.ts';
import type { ValueNode } from '../compile/text.ts';
import { field } from '../model/field.ts';
import { parseClockText } from '../schedule/clock-text.ts';
import { ComputedTimes } from '../schedule/computed-times.ts';
import { triggerKind } from './kind.ts';
import { catchUpShape, compileScheduleOptions, textsShape, zoneShape } from './schedule-options.ts';

/** What is written plainly is checked now. */
function compileTimes(
  written: string | readonly string[],
  path: string,
  context: CompileContext,
): ValueNode | undefined {
  const isList = typeof written !== 'string';
  let isGood = true;
  for (const [index, text] of (isList ? written : [written]).entries()) {
    if (text.includes('{{') || parseClockText(text) !== undefined) continue;
    isGood = false;
    context.report({
      path: isList ? `${path}[${index}]` : path,
      code: 'bad-time',
      message: `"${text}" is no time of day; expected "HH:MM" or "HH:MM:SS", quoted`,
      params: { text },
    });
  }
  return isGood ? context.value(written, path) : undefined;
}

export const at = triggerKind({
  verb: 'at',
  doc: {
    en: 'a local time of day has come, or a time that an expression gives',
    zh: '到了每天的某个时刻，或表达式给出的时刻',
  },
  example: 'at: "07:30"\ndays: workdays',
  shape: {
    at: field('clock', z.union([textsShape], { error: 'expected a quoted time such as "07:30"' })),
    ...catchUpShape,
    ...zoneShape,
  },
  compile(document, path, context) {
    const options = compileScheduleOptions(document, path, context);
    const node = compileTimes(document.at, `${path}.at`, context);
    if (options === undefined || node === undefined) return undefined;
    const { zone, days, catchUp } = options;
    const reads = readsOfValue(node);
    const times = new ComputedTimes({ node, reads, path: `${path}.at`, days, zone });
    return { on: 'schedule', next: (after, scope) => times.next(after, scope), catchUp, reads };
  },
});
