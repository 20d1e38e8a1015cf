// `delay: DURATION` suspends the run. The rest of it is a row: a restart changes nothing.
import { z } from 'zod';
import { type Duration, HomeruleError, parseDuration } from '../../base/index.ts';
import type { ValueNode } from '../compile/text.ts';
import { compileOverdue, durationAt, overdueShape } from '../model/overdue.ts';
import { evaluateValue, type Frame, RunError } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

function durationOf(node: ValueNode, path: string, frame: Frame): Duration {
  const value = evaluateValue(node, frame);
  try {
    if (typeof value === 'number' || typeof value === 'string') return parseDuration(value);
  } catch (error) {
    if (error instanceof HomeruleError) throw new RunError(error.code, error.message, { path });
    throw error;
  }
  throw new RunError(
    'bad-duration',
    `a duration is text such as 90s or a number of seconds, this gave ${JSON.stringify(value)}`,
    { path },
  );
}

export const delay = actionKind({
  verb: 'delay',
  doc: { en: 'waits; survives a restart', zh: '等待一段时间；重启后继续' },
  example: 'delay: 2m',
  shape: { delay: z.union([z.string(), z.number()]), overdue: overdueShape.optional() },
  compile(document, path, builder) {
    const { context } = builder;
    const place = `${path}.delay`;
    if (!builder.maySuspend)
      return context.report({ path, code: 'may-not-wait', message: 'finally may not wait' });
    const node = context.value(document.delay, place);
    if (node === undefined) return;
    if (node.kind === 'constant' && durationAt(document.delay, place, context) === undefined) return;
    const overdue =
      document.overdue === undefined
        ? undefined
        : compileOverdue(document.overdue, `${path}.overdue`, context);
    builder.emit((step) => ({ do: 'wait', for: durationOf(node, place, step.frame), overdue }));
  },
});
