// `stop: REASON` (with `result`) and `fail: REASON` end the run.
import { z } from 'zod';
import { evaluateValue, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

export const stop = actionKind({
  verb: 'stop',
  doc: { en: 'ends the run', zh: '结束本次运行' },
  example: 'stop: nobody is at home',
  shape: { stop: z.string(), result: z.unknown().optional() },
  compile(document, path, builder) {
    const reason = builder.context.text(document.stop, `${path}.stop`);
    const result = builder.context.value(document.result, `${path}.result`);
    if (reason === undefined) return;
    const isGiven = document.result !== undefined && result !== undefined;
    builder.emit((step) => {
      const given = isGiven ? evaluateValue(result, step.frame) : undefined;
      if (isGiven) step.note(textOf(given, `${path}.result`));
      const words = textOf(evaluateValue(reason, step.frame), `${path}.stop`);
      return { do: 'end', outcome: 'stopped', reason: words, result: given };
    });
  },
});

export const fail = actionKind({
  verb: 'fail',
  doc: { en: 'ends the run as failed', zh: '以失败结束本次运行' },
  example: 'fail: the valve did not close',
  shape: { fail: z.string() },
  compile(document, path, builder) {
    const reason = builder.context.text(document.fail, `${path}.fail`);
    if (reason === undefined) return;
    builder.emit((step) => ({
      do: 'end',
      outcome: 'failed',
      reason: textOf(evaluateValue(reason, step.frame), `${path}.fail`),
    }));
  },
});
