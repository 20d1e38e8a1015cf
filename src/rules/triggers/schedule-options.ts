// What the schedules have in common: days, zone, and what to do about times that nobody saw.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import { durationShape, field } from '../model/field.ts';
import { durationAt } from '../model/overdue.ts';
import { compileDays, type Days } from '../schedule/days.ts';
import type { CatchUp } from './kind.ts';

export const textsShape = z.union([z.string(), z.array(z.string()).min(1)]);

/** Options of every schedule. */
export const catchUpShape = {
  days: field('days', textsShape).optional(),
  catchUp: z.enum(['none', 'latest', 'all'], { error: 'expected none, latest or all' }).optional(),
  within: durationShape.optional(),
} as const;

export const zoneShape = { zone: field('zone', z.string()).optional() } as const;

interface Written {
  readonly days?: string | readonly string[] | undefined;
  readonly catchUp?: 'none' | 'latest' | 'all' | undefined;
  readonly within?: string | number | undefined;
  readonly zone?: string | undefined;
}

export interface ScheduleOptions {
  readonly days: Days;
  readonly zone: string;
  readonly catchUp: CatchUp;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function zoneOf({ zone }: Written, path: string, context: CompileContext): string | undefined {
  if (zone === undefined) return context.home.zone;
  if (isZone(zone)) return zone;
  const message = `"${zone}" is no time zone; expected a name such as Asia/Shanghai`;
  return context.report({ path: `${path}.zone`, code: 'bad-zone', message, params: { text: zone } });
}

function catchUpOf(written: Written, path: string, context: CompileContext): CatchUp | undefined {
  const { catchUp = 'none', within } = written;
  const withinMs = within === undefined ? undefined : durationAt(within, `${path}.within`, context);
  if (within !== undefined && withinMs === undefined) return undefined;
  if (catchUp !== 'none') return { do: catchUp, withinMs };
  if (within !== undefined) {
    const message = 'within counts only with catchUp: latest or all';
    context.report({ path: `${path}.within`, code: 'needless-within', severity: 'warning', message });
  }
  return 'none';
}

/** Undefined with findings when something is wrong. */
export function compileScheduleOptions(
  written: Written,
  path: string,
  context: CompileContext,
): ScheduleOptions | undefined {
  const zone = zoneOf(written, path, context);
  const days = compileDays(written.days, `${path}.days`, context);
  const catchUp = catchUpOf(written, path, context);
  if (zone === undefined || days === undefined || catchUp === undefined) return undefined;
  return { zone, days, catchUp };
}
