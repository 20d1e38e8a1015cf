// `flow: NAME`: a message into a Node-RED flow, brought there by the service `flow`. With `wait` the flow's answer stands
// in `flow`; without, the service answers as soon as the flow has the message.
import { z } from 'zod';
import type { Event, Step } from '../compile/plan.ts';
import { durationShape, field } from '../model/field.ts';
import { durationOf } from '../run/duration.ts';
import { textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';
import { answerOf, callOf, compileParts, mayCall, type Request } from './outside.ts';

function finish(step: Step, event: Event, path: string): void {
  const result = answerOf(event, `${path}.flow`);
  const flow = event.by === 'time' ? { completed: false } : { completed: true, result };
  step.setLocal('flow', flow);
  step.result(flow);
}

export const flow = actionKind({
  verb: 'flow',
  doc: {
    en: 'gives a message to a Node-RED flow; with `wait` its answer stands in `flow` (`completed`, `result`)',
    zh: '把消息交给 Node-RED 流程；带 `wait` 时应答在 `flow` 中（`completed`、`result`）',
  },
  example: 'flow: price-forecast\ndata: { hours: 24 }\nwait: true\ntimeout: 30s',
  shape: {
    flow: field('flow', z.string().min(1)),
    data: z.unknown().optional(),
    wait: z.boolean().optional(),
    timeout: durationShape.optional(),
  },
  compile({ flow: name, data, wait = false, timeout: written }, path, builder) {
    const { context } = builder;
    if (!mayCall(path, builder)) return;
    const timeout = written === undefined ? undefined : context.duration(written, `${path}.timeout`);
    if (written !== undefined && !wait)
      context.report({
        path: `${path}.timeout`,
        code: 'bad-value',
        message: 'timeout needs wait: true',
        params: { why: 'timeout' },
      });
    const parts = compileParts({ flow: name, data }, path, context);
    if (parts === undefined) return;
    const requestWithin = (timeoutMs: number | undefined): Request => ({
      service: 'flow',
      parts,
      isIdempotent: false,
      of: (values) => ({
        flow: textOf(values['flow'], `${path}.flow`),
        data: values['data'] ?? null,
        wait,
        ...(timeoutMs !== undefined && { timeoutMs }),
      }),
    });
    builder.emit(
      (step) => {
        const limit = timeout && durationOf(timeout, `${path}.timeout`, step.frame);
        return { ...callOf(requestWithin(limit), step), ...(limit !== undefined && { for: limit }) };
      },
      {
        resume(step, event) {
          if (wait) finish(step, event, path);
          else answerOf(event, `${path}.flow`);
          return undefined;
        },
      },
    );
  },
});
