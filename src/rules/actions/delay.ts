// `delay: DURATION` suspends the run. The rest of it is a row: a restart changes nothing.

import { durationShape } from '../model/field.ts';
import { compileOverdue, overdueShape } from '../model/overdue.ts';
import { durationOf } from '../run/duration.ts';
import { actionKind } from './kind.ts';

export const delay = actionKind({
  verb: 'delay',
  doc: { en: 'waits; survives a restart', zh: '等待一段时间；重启后继续' },
  example: 'delay: 2m',
  shape: { delay: durationShape, overdue: overdueShape.optional() },
  compile(document, path, builder) {
    const { context } = builder;
    const place = `${path}.delay`;
    if (!builder.maySuspend)
      return context.report({ path, code: 'may-not-wait', message: 'finally may not wait' });
    const node = context.duration(document.delay, place);
    if (node === undefined) return;
    context.touch({ does: 'delay', path, for: node });
    const overdue =
      document.overdue === undefined
        ? undefined
        : compileOverdue(document.overdue, `${path}.overdue`, context);
    builder.emit((step) => ({ do: 'suspend', for: durationOf(node, place, step.frame), overdue }));
  },
});
