// Calls: of a built-in by its name, of whatever else a procedure turns out to be, and through `~>`.
import type { ApplyNode, CallNode, Node, PartialNode } from '../ast.ts';
import { Failure } from '../errors.ts';
import {
  apply,
  type FunctionValue,
  functionValue,
  isFunctionValue,
  TailCall,
  wrapped,
} from '../function-value.ts';
import { type Code, Frame, type Run } from '../run.ts';
import { secretFunction } from '../secrets.ts';
import { collapse, WrappedInput } from '../values.ts';
import type { BuiltIn } from './built-ins.ts';
import { directCall, failedIn } from './direct-calls.ts';
import { evalCall, evaluatorAt } from './evaluating.ts';
import { type Compiler, type Part, type Place, settled, unsettled } from './part.ts';
import { compileRegexArgument } from './regexes.ts';

/** What the package calls a node: the text of its first token, without a `$`. */
function tokenOf(node: Node | undefined): string | undefined {
  switch (node?.type) {
    case 'name':
    case 'variable':
      return node.name;
    case 'literal':
      return String(node.value);
    case 'array':
      return '[';
    case 'object':
      return '{';
    case 'call':
    case 'partial':
      return '(';
    case 'wildcard':
      return '*';
    case 'descendant':
      return '**';
    default:
      return undefined;
  }
}

/** The name that errors of a call carry. */
export function nameOf(procedure: Node): string | undefined {
  return tokenOf(procedure.type === 'path' ? procedure.steps[0] : procedure);
}

/** The function that a procedure is bound to be; undefined when it is known only at run time. */
function builtInOf(compiler: Compiler, procedure: Node, place: Place): BuiltIn | undefined {
  if (procedure.type !== 'variable' || procedure.predicates.length > 0 || procedure.group) return undefined;
  if (place.variables.find(procedure.name).length > 0) return undefined;
  return compiler.builtIns.find(procedure.name);
}

export function isEval(compiler: Compiler, procedure: Node, place: Place): boolean {
  return builtInOf(compiler, procedure, place)?.definition.name === 'eval';
}

/** Where no value can stand in for an argument that is left out; the root of bindings is none. */
const noContext: Code = () => null;

/** What stands in for an argument; an input that is an array still as a list of one. */
function contextOf(compiler: Compiler, place: Place): Code {
  const context = compiler.context(place);
  return (run, input, frame) => (input instanceof WrappedInput ? input : context(run, input, frame));
}

interface Callable {
  readonly node: CallNode;
  readonly place: Place;
  /** The left side of `~>`, which comes before the written arguments. */
  readonly piped?: Code;
}

function builtInCall(compiler: Compiler, builtIn: BuiltIn, { node, place, piped }: Callable): Part {
  const written = node.args.map((arg) => {
    const matcher = builtIn.takesMatchers ? compileRegexArgument(compiler, arg) : undefined;
    return matcher ?? compiler.compile(arg, place).code;
  });
  const { name, signature, reads } = builtIn.definition;
  if (name === secretFunction) compiler.names.checkSecret(node);
  const args = piped ? [piped, ...written] : written;
  const site = { position: node.position, token: name };
  if (name === 'eval') return unsettled(evalCall(evaluatorAt(compiler, place), { builtIn, args, site }));
  const context = builtIn.signature.mayTakeContext(args.length, compiler.names.areKnown && !place.isItem)
    ? contextOf(compiler, place)
    : noContext;
  const code = directCall({ builtIn, args, context, site });
  if (name === 'exists') return settled(code, 'boolean');
  const isSimple = /:[nsb]>$/.test(signature) || reads?.includes('topic') === true; // states are no sequences
  return isSimple ? settled(code, signature.endsWith(':b>') ? 'truth' : 'any') : unsettled(code);
}

/** "You forgot the $": what finds nothing is a path that is named like a function. */
export function isForgotten(compiler: Compiler, { procedure }: CallNode | PartialNode): boolean {
  const name = nameOf(procedure);
  return procedure.type === 'path' && name !== undefined && compiler.builtIns.find(name) !== undefined;
}

function valueCall(compiler: Compiler, { node, place, piped }: Callable): Part {
  const procedure = compiler.procedure(node, place);
  const args = node.args.map((arg) => compiler.compile(arg, place).code);
  const context = compiler.names.areKnown && !place.isItem ? noContext : contextOf(compiler, place);
  const token = nameOf(node.procedure);
  const isMeant = isForgotten(compiler, node);
  return unsettled((run, input, frame) => {
    const target = procedure(run, input, frame);
    const values: unknown[] = piped ? [piped(run, input, frame)] : [];
    if (target === undefined && isMeant) throw new Failure('T1005', {}, node.position, token);
    for (const arg of args) {
      const value = arg(run, input, frame);
      values.push(isFunctionValue(value) ? wrapped(value) : value);
    }
    try {
      if (isFunctionValue(target) && !target.isWrapper)
        Object.assign(target.site, { position: node.position, token });
      return apply(run, target, values, context(run, input, frame));
    } catch (thrown) {
      if (thrown instanceof Failure) {
        thrown.position ??= node.position;
        thrown.token ??= token;
      }
      throw thrown;
    }
  });
}

function callCode(compiler: Compiler, callable: Callable): Part {
  const builtIn = builtInOf(compiler, callable.node.procedure, callable.place);
  return builtIn ? builtInCall(compiler, builtIn, callable) : valueCall(compiler, callable);
}

export function compileCall(compiler: Compiler, node: CallNode, place: Place): Part {
  return callCode(compiler, { node, place });
}

/** Where the two calls stand in `function($f, $g) { function($x){ $g($f($x)) } }`, which chains are to the package. */
const firstOfChain = { position: 39, token: 'f' };
const secondOfChain = { position: 35, token: 'g' };
const noFrame = new Frame(0, undefined);

function applyFirst(run: Run, first: FunctionValue, value: unknown): unknown {
  if (!first.isWrapper) Object.assign(first.site, firstOfChain);
  try {
    run.enter(1);
    const result = apply(run, first, [value], null);
    run.leave(1);
    return result;
  } catch (thrown) {
    throw failedIn(thrown, first.isWrapper ? firstOfChain : first.site);
  }
}

/** `$f ~> $g` of two functions is the function that does one after the other. */
function chain(first: FunctionValue, second: FunctionValue): FunctionValue {
  const site = { position: undefined, token: undefined };
  return functionValue(1, site, (_run, [value]) => {
    const between: Code = (run) => applyFirst(run, first, value);
    return new TailCall({ procedure: () => second, args: [between], ...secondOfChain }, null, noFrame);
  });
}

function isPlainCall(node: Node): node is CallNode {
  return node.type === 'call';
}

export function compileApply(compiler: Compiler, node: ApplyNode, place: Place): Part {
  const left = compiler.compile(node.left, place).code;
  if (isPlainCall(node.right)) return callCode(compiler, { node: node.right, place, piped: left });
  const right = compiler.compile(node.right, place).code;
  return unsettled((run, input, frame) => {
    const value = left(run, input, frame);
    const target = right(run, input, frame);
    if (!isFunctionValue(target)) throw new Failure('T2006', { value: target }, node.position);
    if (isFunctionValue(value)) return chain(value, target);
    return collapse(apply(run, target, [value], null));
  });
}
