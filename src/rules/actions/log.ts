// `log: TEXT` writes a line into the trace and the log of the house.
import { z } from 'zod';
import { evaluateValue, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

export const log = actionKind({
  verb: 'log',
  doc: { en: 'writes a line into trace and log', zh: '写入运行记录和日志' },
  example: 'log: "it is {{ payload.celsius }} degrees"',
  shape: { log: z.union([z.string(), z.number(), z.boolean()]) },
  compile(document, path, builder) {
    const node = builder.context.value(document.log, `${path}.log`);
    if (node === undefined) return;
    builder.emit((step) => {
      step.log(textOf(evaluateValue(node, step.frame), `${path}.log`));
      return undefined;
    });
  },
});
