// `becomes: CONDITION` wakes the rule when it turns from not-true to true; looked at when something it reads changes.
import { z } from 'zod';
import type { Condition } from '../compile/condition.ts';
import type { CompileContext } from '../compile/context.ts';
import { field } from '../model/field.ts';
import { compileHold, holdShape } from './hold.ts';
import { triggerKind } from './kind.ts';

interface Written {
  readonly condition: Condition;
  readonly hysteresis: number;
  readonly path: string;
}

/** After `a > X` was true it stays so down to X - N, after `a < X` up to X + N. */
function compileStays(
  { condition, hysteresis, path }: Written,
  context: CompileContext,
): Condition | undefined {
  const order = condition.kind === 'expression' ? condition.part.expression.order : undefined;
  if (order === undefined)
    return context.report({
      path: `${path}.hysteresis`,
      code: 'no-comparison',
      message:
        'hysteresis needs a single comparison of numbers by < <= > or >=, such as "$state(\'t\') > 28"',
    });
  const { left, operator, right } = order;
  const sign = operator.startsWith('>') ? '-' : '+';
  return context.condition(`(${left}) ${operator} (${right}) ${sign} ${hysteresis}`, `${path}.becomes`);
}

export const becomes = triggerKind({
  verb: 'becomes',
  doc: {
    en: 'a condition turned from not true to true (and held for `for`)',
    zh: '条件由不成立变为成立（并持续 `for` 那么久）',
  },
  example: 'becomes: $state("home/freezer").celsius > -15\nfor: 10m\nhysteresis: 1',
  shape: {
    becomes: field('condition', z.unknown()),
    hysteresis: z.number().positive('expected a number above 0').optional(),
    ...holdShape,
  },
  compile(document, path, context) {
    const { hysteresis } = document;
    const condition = context.condition(document.becomes, `${path}.becomes`);
    const hold = compileHold(document, path, context);
    if (condition === undefined) return undefined;
    const stays = hysteresis && compileStays({ condition, hysteresis, path }, context);
    return { on: 'condition', condition, ...(hold && { hold }), ...(stays && { stays }) };
  },
});
