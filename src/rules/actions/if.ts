// `if: CONDITION` with `then` and `else`. A false condition is no ending: the run goes on behind it.
import { z } from 'zod';
import { field } from '../model/field.ts';
import { decide } from '../run/decide.ts';
import { actionKind } from './kind.ts';

export const if_ = actionKind({
  verb: 'if',
  doc: { en: 'branches', zh: '条件分支' },
  example: 'if: payload.celsius > 30\nthen:\n  - log: hot\nelse:\n  - log: fine',
  shape: {
    if: field('condition', z.unknown()),
    then: field('actions', z.unknown()).optional(),
    else: field('actions', z.unknown()).optional(),
  },
  blocks: ['then', 'else'],
  compile(document, path, builder) {
    const condition = builder.context.condition(document.if, `${path}.if`);
    if (!('then' in document) && !('else' in document)) {
      builder.context.report({
        path,
        code: 'missing-key',
        message: 'if needs then, else or both',
        params: { why: 'if' },
      });
    }
    const otherwise = builder.label();
    const end = builder.label();
    builder.emit((step) => {
      const isTrue = condition !== undefined && decide(condition, step.frame) === 'pass';
      step.note(isTrue ? 'then' : 'else');
      return isTrue ? undefined : { do: 'jump', to: otherwise };
    });
    if (document.then !== undefined) builder.block(document.then, `${path}.then`);
    builder.jump(end);
    builder.mark(otherwise);
    if (document.else !== undefined) builder.block(document.else, `${path}.else`);
    builder.mark(end);
  },
});
