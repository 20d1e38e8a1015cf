// `wait: CONDITION`, a trigger entry, or a list of them: the first ends it. What ended it stands in `wait`.
import { z } from 'zod';
import type { CompileContext } from '../compile/context.ts';
import type { Event, Step, Watch } from '../compile/plan.ts';
import { compileTrigger } from '../compile/triggers.ts';
import { durationShape, field } from '../model/field.ts';
import { compileOverdue, overdueShape } from '../model/overdue.ts';
import { decide } from '../run/decide.ts';
import { durationOf } from '../run/duration.ts';
import { RunError } from '../run/evaluate.ts';
import { payloadOf } from '../run/wake.ts';
import { actionKind } from './kind.ts';

/** An object is a trigger entry unless it is a group of conditions. */
function isTriggerEntry(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !['all', 'any', 'not'].some((key) => Object.hasOwn(value, key));
}

function compileWatch(value: unknown, path: string, context: CompileContext): Watch | undefined {
  if (!isTriggerEntry(value)) {
    const condition = context.condition(value, path);
    return condition && { kind: 'condition', condition };
  }
  const trigger = compileTrigger(value, path, context);
  if (trigger === undefined) return undefined;
  const { entry, source, when } = trigger;
  checkCatchUp(entry, path, context);
  return Reflect.get(entry, 'enabled') === false ? { kind: 'off' } : { kind: 'trigger', source, when };
}

/** A wait knows no times from before it began. */
function checkCatchUp(entry: object, path: string, context: CompileContext): void {
  if (!Object.hasOwn(entry, 'catchUp')) return;
  const message = 'a wait makes up for nothing; a time that comes while the house is down obeys "overdue"';
  context.report({ path: `${path}.catchUp`, code: 'needless-catch-up', severity: 'warning', message });
}

function checkFor(watches: readonly Watch[], path: string, context: CompileContext): void {
  if (watches.some(({ kind }) => kind === 'condition')) return;
  const message = 'this "for" is of conditions only; that of a trigger stands in its entry';
  context.report({ path: `${path}.for`, code: 'needless-for', severity: 'warning', message });
}

function compileWatches(
  written: unknown,
  path: string,
  context: CompileContext,
): readonly Watch[] | undefined {
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  const at = (index: number): string => (Array.isArray(written) ? `${path}[${index}]` : path);
  const watches = list.map((value, index) => compileWatch(value, at(index), context));
  const good = watches.filter((watch) => watch !== undefined);
  return good.length === watches.length && good.length > 0 ? good : undefined;
}

/** What `wait` is bound to behind the action. */
function resultOf(event: Event): Readonly<Record<string, unknown>> {
  if (event.by !== 'watch') return { completed: false };
  const { index, wake } = event;
  if (wake === undefined) return { completed: true, index };
  const { topic, params, value, device } = wake;
  return {
    completed: true,
    index,
    params,
    payload: payloadOf(wake),
    ...(topic !== undefined && { topic }),
    ...(value !== undefined && { value }),
    ...(device !== undefined && { device }),
  };
}

function finish(step: Step, result: Readonly<Record<string, unknown>>): void {
  step.setLocal('wait', result);
  step.result(result);
}

export const wait = actionKind({
  verb: 'wait',
  doc: {
    en: 'waits for a condition or an event; survives a restart',
    zh: '等待条件成立或事件发生；重启后继续',
  },
  example: 'wait: payload.occupancy = false\ntimeout: 10m',
  shape: {
    wait: field('watches', z.unknown()),
    for: durationShape.optional(),
    timeout: durationShape.optional(),
    onTimeout: z.enum(['continue', 'stop']).optional(),
    overdue: overdueShape.optional(),
  },
  compile(document, path, builder) {
    const { context } = builder;
    if (!builder.maySuspend)
      return context.report({ path, code: 'may-not-wait', message: 'finally may not wait' });
    const watches = compileWatches(document.wait, `${path}.wait`, context);
    const hold = document.for === undefined ? undefined : context.duration(document.for, `${path}.for`);
    const timeout =
      document.timeout === undefined ? undefined : context.duration(document.timeout, `${path}.timeout`);
    const overdue = document.overdue && compileOverdue(document.overdue, `${path}.overdue`, context);
    if (watches === undefined) return;
    if (hold !== undefined) checkFor(watches, path, context);
    builder.emit(
      (step) => {
        const holding = watches.findIndex(
          (watch) => watch.kind === 'condition' && decide(watch.condition, step.frame) === 'pass',
        );
        if (holding >= 0 && hold === undefined) {
          finish(step, { completed: true, index: holding });
          return undefined;
        }
        return {
          do: 'suspend',
          ...(timeout && { for: durationOf(timeout, `${path}.timeout`, step.frame) }),
          ...(hold && { hold: durationOf(hold, `${path}.for`, step.frame) }),
          ...(hold && holding >= 0 && { held: holding }),
          overdue,
        };
      },
      {
        watches,
        resume(step, event) {
          if (event.by === 'error') throw new RunError(event.code, event.message, { path: `${path}.wait` });
          finish(step, resultOf(event));
          if (event.by !== 'time' || document.onTimeout !== 'stop') return undefined;
          return { do: 'end', outcome: 'timed-out', reason: 'wait' };
        },
      },
    );
  },
});
