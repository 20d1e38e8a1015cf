// `f(?, x)`: a function of the arguments that were left open.
import type { PartialNode } from '../ast.ts';
import { Failure } from '../errors.ts';
import { type FunctionValue, functionValue, isFunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import { isForgotten, nameOf } from './calls.ts';
import { type Compiler, type Part, type Place, settled } from './part.ts';

/** Stands for an argument that is given later. */
const open: unique symbol = Symbol('open');

/** The open ones take what is given, in order; what is never given is missing. */
function filledIn(args: readonly unknown[], given: readonly unknown[]): unknown[] {
  const rest = given.values();
  return args.map((arg) => (arg === open ? rest.next().value : arg));
}

function partialOf(target: FunctionValue, written: readonly unknown[]): FunctionValue {
  const args = written.slice(0, target.params);
  const arity = args.filter((arg) => arg === open).length;
  const site = { position: undefined, token: undefined };
  return functionValue(arity, site, (run, given) => {
    run.enter(1);
    const result = target.unchecked(run, filledIn(args, given), null);
    run.leave(1);
    return result;
  });
}

export function compilePartial(compiler: Compiler, node: PartialNode, place: Place): Part {
  const args = node.args.map((arg) => (arg === undefined ? () => open : compiler.compile(arg, place).code));
  const procedure = compiler.procedure(node, place);
  const token = nameOf(node.procedure);
  const isMeant = isForgotten(compiler, node);
  return settled((run: Run, input, frame) => {
    const values = args.map((arg) => arg(run, input, frame));
    const target = procedure(run, input, frame);
    if (isFunctionValue(target)) return partialOf(target, values);
    throw new Failure(target === undefined && isMeant ? 'T1007' : 'T1008', {}, node.position, token);
  });
}
