// `overdue: fire | skip | recheck | { within: 10m }`, for a rule or for one waiting action.
import { z } from 'zod';
import { HomeruleError, parseDuration } from '../../base/index.ts';
import { durationShape, field } from './field.ts';
import { findingOf, type Reporter } from './problem.ts';

export const overdueShape = field(
  'overdue',
  z.union([z.enum(['fire', 'skip', 'recheck']), z.strictObject({ within: durationShape })], {
    error: 'expected fire, skip, recheck or { within: 10m }',
  }),
);

/** What to do with a timer that came due while the process was down. */
export type Overdue = 'fire' | 'skip' | 'recheck' | { readonly withinMs: number };

type OverdueDocument = z.output<typeof overdueShape>;

/** A duration of the document in milliseconds; undefined with a finding when it is none. */
export function durationAt(value: string | number, path: string, context: Reporter): number | undefined {
  try {
    return parseDuration(value);
  } catch (error) {
    if (!(error instanceof HomeruleError)) throw error;
    return context.report(findingOf(error, path));
  }
}

export function compileOverdue(
  document: OverdueDocument,
  path: string,
  context: Reporter,
): Overdue | undefined {
  if (typeof document === 'string') return document;
  const withinMs = durationAt(document.within, `${path}.within`, context);
  return withinMs === undefined ? undefined : { withinMs };
}

/** Whether what comes so late still counts, as far as that needs no look at conditions. */
export function isInTime(overdue: Overdue, lateMs: number): boolean {
  if (typeof overdue === 'string') return overdue !== 'skip';
  return lateMs <= overdue.withinMs;
}
