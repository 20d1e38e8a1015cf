// `run: RULE`, `enable: RULE` and `disable: RULE`: what a rule may do with others. Their turn comes behind the present
// message.
import { z } from 'zod';
import type { PlanBuilder } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { durationShape, field } from '../model/field.ts';
import { durationOf } from '../run/duration.ts';
import { evaluateValue, RunError, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

const names = field('rule', z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]));

function compileNames(written: z.output<typeof names>, path: string, builder: PlanBuilder): ValueNode[] {
  const list = typeof written === 'string' ? [written] : written;
  const nodes = list.map((name, index) => {
    return builder.context.text(name, typeof written === 'string' ? path : `${path}[${index}]`);
  });
  return nodes.filter((node) => node !== undefined);
}

export const run = actionKind({
  verb: 'run',
  doc: {
    en: 'runs another rule; with `wait` its outcome and result stand in `run`',
    zh: '运行另一条规则；带 `wait` 时结果在 `run` 中',
  },
  example: 'run: good-night\ninput: { room: hall }\nwait: true\ntimeout: 30s',
  shape: {
    run: field('rule', z.string().min(1)),
    input: z.unknown().optional(),
    wait: z.boolean().optional(),
    timeout: durationShape.optional(),
  },
  compile(document, path, builder) {
    const { context } = builder;
    const { wait = false } = document;
    const rule = context.text(document.run, `${path}.run`);
    const input = document.input === undefined ? undefined : context.value(document.input, `${path}.input`);
    const timeout =
      document.timeout === undefined ? undefined : context.duration(document.timeout, `${path}.timeout`);
    if (wait && !builder.maySuspend)
      return context.report({ path, code: 'may-not-wait', message: 'finally may not wait' });
    if (rule === undefined) return;
    context.touch({ does: 'run', path, rule });
    builder.emit(
      (step) => {
        const id = textOf(evaluateValue(rule, step.frame), `${path}.run`);
        const payload = input && evaluateValue(input, step.frame);
        if (!wait) {
          step.command({ do: 'run', rule: id, payload });
          return undefined;
        }
        return {
          do: 'suspend',
          ...(timeout && { for: durationOf(timeout, `${path}.timeout`, step.frame) }),
          call: { service: 'run', request: { rule: id, payload: payload ?? null }, isIdempotent: false },
        };
      },
      {
        resume(step, event) {
          if (event.by === 'error') throw new RunError(event.code, event.message, { path: `${path}.run` });
          const answer = event.by === 'answer' ? event.value : { outcome: 'timed-out' };
          const result = typeof answer === 'object' && answer !== null ? answer : {};
          step.setLocal('run', result);
          step.result(result);
          return undefined;
        },
      },
    );
  },
});

function switching(verb: 'enable' | 'disable', doc: { readonly en: string; readonly zh: string }) {
  return actionKind({
    verb,
    doc,
    example: `${verb}: party-lights`,
    shape: { [verb]: names },
    compile(document, path, builder) {
      const rules = compileNames(names.parse(Reflect.get(document, verb)), `${path}.${verb}`, builder);
      for (const rule of rules) builder.context.touch({ does: verb, path, rule });
      builder.emit((step) => {
        for (const rule of rules)
          step.command({ do: verb, rule: textOf(evaluateValue(rule, step.frame), `${path}.${verb}`) });
        return undefined;
      });
    },
  });
}

export const enable = switching('enable', { en: 'switches rules on', zh: '启用规则' });
export const disable = switching('disable', { en: 'switches rules off', zh: '停用规则' });
