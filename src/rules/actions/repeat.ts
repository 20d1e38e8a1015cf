// `repeat: { times | while | until | each }` with `do`. The turn stands in `repeat.index`, from 1; an item in `repeat.item`.

import { z } from 'zod';
import { shownValue } from '../../base/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { field } from '../model/field.ts';
import { decide } from '../run/decide.ts';
import { evaluateItems, evaluateValue, RunError } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';

const maxTurns = 10_000;
const forms = ['times', 'while', 'until', 'each'] as const;
type Form = (typeof forms)[number];

/** What an entry remembers of its loop. `outer` is the `repeat` around it. */
interface Loop {
  readonly turn: number;
  readonly items?: readonly unknown[];
  readonly times?: number;
  readonly outer: unknown;
}

interface CompiledLoop {
  readonly form: Form;
  readonly value: ValueNode | undefined;
  readonly condition: Condition | undefined;
  readonly path: string;
}

function compileLoop(written: object, path: string, context: CompileContext): CompiledLoop | undefined {
  const keys = Object.keys(written);
  const form = forms.find((each) => each === keys[0]);
  if (form === undefined || keys.length !== 1)
    return context.report({
      path,
      code: 'bad-value',
      message: `expected one of ${forms.join(', ')}, got ${keys.join(', ') || 'nothing'}`,
      params: { why: 'repeat', known: forms.join(', ') },
    });
  const place = `${path}.${form}`;
  const value: unknown = Reflect.get(written, form);
  const isCondition = form === 'while' || form === 'until';
  const condition = isCondition ? context.condition(value, place) : undefined;
  const node = isCondition ? undefined : context.value(value, place);
  return condition === undefined && node === undefined
    ? undefined
    : { form, condition, value: node, path: place };
}

/** How the loop begins: its items or its number of turns are made once. */
function begin({ form, value, path }: CompiledLoop, step: Step): Loop {
  const outer = step.local('repeat');
  if (value === undefined) return { turn: 0, outer };
  if (form === 'each') return { turn: 0, outer, items: evaluateItems(value, step.frame) };
  const given = evaluateValue(value, step.frame);
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0)
    return { turn: 0, outer, times: given };
  const words = `a number of turns is a whole number from 0, this gave ${JSON.stringify(given)}`;
  throw new RunError('bad-times', words, { path, params: { value: shownValue(given) } });
}

function isOver({ form, condition }: CompiledLoop, { turn, items, times }: Loop, step: Step): boolean {
  if (form === 'each') return turn >= (items?.length ?? 0);
  if (form === 'times') return turn >= (times ?? 0);
  if (condition === undefined) return true;
  if (form === 'while') return decide(condition, step.frame) !== 'pass';
  return turn > 0 && decide(condition, step.frame) === 'pass';
}

/** What `repeat` is bound to in a turn. `until` sees the turn that is over, `while` the one that it lets begin. */
function binding({ turn, items, outer }: Loop): Record<string, unknown> {
  const item = items?.[turn - 1];
  return {
    index: turn,
    ...(item !== undefined && { item }),
    ...(typeof outer === 'object' && outer !== null && { parent: outer }),
  };
}

export const repeat = actionKind({
  verb: 'repeat',
  doc: { en: 'does actions again and again', zh: '重复执行动作' },
  example: 'repeat: { times: 3 }\ndo:\n  - log: "{{ repeat.index }}"',
  shape: {
    repeat: field(
      'loop',
      z.looseObject({}, { error: 'expected { times }, { while }, { until } or { each }' }),
    ),
    do: field('actions', z.unknown()),
  },
  blocks: ['do'],
  compile(document, path, builder) {
    const loop = compileLoop(document.repeat, `${path}.repeat`, builder.context);
    const head = builder.label();
    const end = builder.label();
    builder.emit((step) => {
      if (loop !== undefined) step.remember(begin(loop, step));
      return undefined;
    });
    builder.mark(head);
    builder.emit((step) => {
      const state = step.memory as Loop;
      const turn = state.turn + 1;
      if (loop?.form === 'while') step.setLocal('repeat', binding({ ...state, turn }));
      if (loop === undefined || isOver(loop, state, step)) {
        step.setLocal('repeat', state.outer);
        step.remember(undefined);
        step.note(`${state.turn} turns`);
        return { do: 'jump', to: end };
      }
      if (turn > maxTurns)
        throw new RunError('repeat-limit', `more than ${maxTurns} turns`, {
          path: `${path}.repeat`,
          params: { limit: String(maxTurns) },
        });
      const next = { ...state, turn };
      step.remember(next);
      step.setLocal('repeat', binding(next));
      step.note(`turn ${turn}`);
      return undefined;
    });
    builder.block(document.do, `${path}.do`);
    builder.jump(head);
    builder.mark(end);
  },
});
