// `var: { name: value }` sets variables that all rules share and that outlive restarts; null deletes.
import { z } from 'zod';
import type { ValueNode } from '../compile/text.ts';
import { field } from '../model/field.ts';
import { evaluateValue } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

/** A name is a level of the topic `homerule/var/NAME`. */
export const variableName = /^[\p{L}_][\p{L}\p{N}_.-]{0,99}$/u;

export const var_ = actionKind({
  verb: 'var',
  doc: {
    en: 'sets variables that rules share; also the topic homerule/var/NAME',
    zh: '设置各规则共享的变量；同时发布到主题 homerule/var/NAME',
  },
  example: 'var: { holiday: true }',
  shape: { var: field('names', z.record(z.string(), z.unknown(), { error: 'expected names with values' })) },
  compile(document, path, builder) {
    const { context } = builder;
    const values: [string, ValueNode][] = [];
    for (const [name, value] of Object.entries(document.var)) {
      const place = `${path}.var.${name}`;
      if (!variableName.test(name))
        context.report({
          path: place,
          code: 'bad-variable',
          message: `"${name}" is not a name: letters, digits, _ - . only`,
          params: { name, why: 'shared' },
        });
      const node = context.value(value, place);
      if (node === undefined) continue;
      values.push([name, node]);
      context.touch({ does: 'var', path, name, payload: node });
    }
    builder.emit((step) => {
      for (const [name, node] of values) step.setHomeVariable(name, evaluateValue(node, step.frame));
      return undefined;
    });
  },
});
