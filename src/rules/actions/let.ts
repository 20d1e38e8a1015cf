// `let: { name: value }` sets variables for the rest of the run, in order: a later one sees an earlier one.
import { z } from 'zod';
import type { ValueNode } from '../compile/text.ts';
import { field } from '../model/field.ts';
import { variableFault } from '../model/names.ts';
import { evaluateValue } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

export const let_ = actionKind({
  verb: 'let',
  doc: { en: 'sets variables of this run', zh: '设置本次运行的变量' },
  example: 'let: { target: "{{ payload.celsius - 2 }}" }',
  shape: { let: field('names', z.record(z.string(), z.unknown(), { error: 'expected names with values' })) },
  variables(entry) {
    const names: unknown = Reflect.get(entry, 'let');
    return typeof names === 'object' && names !== null ? Object.keys(names) : [];
  },
  compile(document, path, builder) {
    const { context } = builder;
    const values: [string, ValueNode][] = [];
    for (const [name, value] of Object.entries(document.let)) {
      const place = `${path}.let.${name}`;
      const fault = variableFault(name);
      if (fault !== undefined)
        context.report({ path: place, code: 'bad-variable', message: fault, params: { name } });
      const node = context.value(value, place);
      if (node !== undefined) values.push([name, node]);
    }
    context.touch({ does: 'let', path, names: values.map(([name]) => name) });
    builder.emit((step) => {
      for (const [name, node] of values) step.setVariable(name, evaluateValue(node, step.frame));
      return undefined;
    });
  },
});
