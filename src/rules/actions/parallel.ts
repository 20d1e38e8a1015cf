// `parallel: [[…], […]]`: branches that wait independently and join. One that fails lets the others end, then it fails.
import { z } from 'zod';
import type { Label } from '../compile/plan.ts';
import { field } from '../model/field.ts';
import { RunError } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

export const parallel = actionKind({
  verb: 'parallel',
  doc: { en: 'does several lists of actions at the same time', zh: '同时执行多组动作' },
  example: 'parallel:\n  - - log: one\n  - - log: two',
  shape: { parallel: field('lists', z.array(z.unknown()).min(1).max(50)) },
  blocks: ['parallel'],
  compile({ parallel: lists }, path, builder) {
    const branches = lists.map((): Label => builder.label());
    const end = builder.label();
    builder.emit(() => ({ do: 'fork', branches }), {
      resume(_step, event) {
        if (event.by === 'branches' && event.error !== undefined)
          throw new RunError(event.error.code, event.error.message, {
            path: event.error.path ?? path,
            params: event.error.params,
          });
        return { do: 'jump', to: end };
      },
    });
    for (const [index, list] of lists.entries()) {
      const label = branches[index];
      if (label !== undefined) builder.mark(label);
      builder.branch(list, `${path}.parallel[${index}]`);
    }
    builder.mark(end);
  },
});
