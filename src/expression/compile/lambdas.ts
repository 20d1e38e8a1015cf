// `function($a) { … }`: a function value over the variables and the context of where it is written.
import { type LambdaNode, nestingOf, stepsOf, type TailCallNode } from '../ast.ts';
import { functionValue, TailCall } from '../function-value.ts';
import { Frame, type Run } from '../run.ts';
import { Signature } from '../signature.ts';
import { compileCall, isEval } from './calls.ts';
import { type Compiler, type Part, type Place, settled } from './part.ts';
import { boundIn, Variables } from './variables.ts';

/** Arguments are matched with the types by recursion. */
const mostTypes = 100;

/** A deeply nested body counts as several calls, so that the budget of calls always ends before the stack does. */
const nestingPerCall = 7;

export function compileLambda(compiler: Compiler, node: LambdaNode, place: Place): Part {
  const variables = new Variables([...node.params, ...boundIn([node.body])], place.variables);
  const { code } = compiler.compile(node.body, { ...place, variables, isObserved: false });
  const signature = node.signature === undefined ? undefined : new Signature(node.signature);
  const slots = node.params.map((name) => variables.slotOf(name));
  const { size } = variables;
  const weight = Math.ceil(nestingOf(node.body) / nestingPerCall);
  const steps = stepsOf(node.body) + (size >> 3);
  if (signature !== undefined && signature.params.length > mostTypes)
    compiler.names.report(node, {
      code: 'too-deep',
      message: `a signature has at most ${mostTypes} types`,
      params: { why: 'signature', limit: String(mostTypes) },
    });
  return settled((_run, input, frame) => {
    const unchecked = (run: Run, values: readonly unknown[]): unknown => {
      run.enter(weight);
      run.charge(steps);
      const inner = new Frame(size, frame);
      for (let index = 0; index < slots.length; index++) inner.values[slots[index] ?? 0] = values[index];
      const result = code(run, input, inner);
      run.leave(weight);
      return result;
    };
    const site = { position: undefined, token: undefined };
    if (signature === undefined) return functionValue(slots.length, site, unchecked);
    const checked = functionValue(slots.length, site, (run, args, context) =>
      unchecked(run, signature.validate(run, args, context)),
    );
    return Object.assign(checked, { unchecked });
  });
}

export function compileTailCall(compiler: Compiler, node: TailCallNode, place: Place): Part {
  const { call } = node;
  // its names are those of where it is written
  if (isEval(compiler, call.procedure, place)) return compileCall(compiler, call, place);
  const target = {
    procedure: compiler.procedure(call, place),
    args: call.args.map((arg) => compiler.compile(arg, place).code),
    position: call.procedure.position,
    token: call.procedure.type === 'variable' ? call.procedure.name : undefined,
  };
  return settled((_run, input, frame) => new TailCall(target, input, frame));
}
