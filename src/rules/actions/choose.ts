// `choose: [{ when, then }, …]`: the first whose condition holds, else `else`.
import { z } from 'zod';
import type { Condition } from '../compile/condition.ts';
import { field } from '../model/field.ts';
import { decide } from '../run/decide.ts';
import { actionKind } from './kind.ts';

const branch = z.strictObject({ when: z.unknown(), then: z.unknown() });

export const choose = actionKind({
  verb: 'choose',
  doc: { en: 'does the first of several whose condition holds', zh: '执行第一个条件成立的分支' },
  example: 'choose:\n  - when: payload > 30\n    then:\n      - log: hot\nelse:\n  - log: fine',
  shape: {
    choose: field(
      'branches',
      z.array(branch, { error: 'expected a list of { when, then }' }).min(1).max(100),
    ),
    else: field('actions', z.unknown()).optional(),
  },
  blocks: ['choose', 'else'],
  compile(document, path, builder) {
    const end = builder.label();
    for (const [index, { when, then }] of document.choose.entries()) {
      const place = `${path}.choose[${index}]`;
      const condition: Condition | undefined = builder.context.condition(when, `${place}.when`);
      const next = builder.label();
      builder.emit((step) => {
        const isTrue = condition !== undefined && decide(condition, step.frame) === 'pass';
        step.note(isTrue ? `choose[${index}]` : 'else');
        return isTrue ? undefined : { do: 'jump', to: next };
      });
      builder.block(then, `${place}.then`);
      builder.jump(end);
      builder.mark(next);
    }
    if (document.else !== undefined) builder.block(document.else, `${path}.else`);
    builder.mark(end);
  },
});
