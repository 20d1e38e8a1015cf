// `$eval`: text that becomes code while the expression runs, under what is left of its budget and with its names only.
import { nestingOf } from '../ast.ts';
import { Failure, type FailureCode, toExpressionError } from '../errors.ts';
import { readExpression } from '../read.ts';
import { type Code, Frame, type Run } from '../run.ts';
import { Signature } from '../signature.ts';
import { WrappedInput } from '../values.ts';
import { type DirectCall, failedIn } from './direct-calls.ts';
import type { Compiler, Place } from './part.ts';
import { boundIn, Variables } from './variables.ts';

/** Compiling costs about as much as this many steps, and more for longer text. */
const stepsToCompile = 200;
const stepsPerCharacter = 4;
/** Calls that reading the text lies in, before it is known how deep it is. */
const weightOfReading = 4;
const nestingPerCall = 10;

/** An evaluation that is over its budget is over, whatever code it was in. */
const budgetCodes: ReadonlySet<FailureCode> = new Set([
  'D1011',
  'D1012',
  'D2015',
  'too-many-bytes',
  'too-slow',
]);

interface Evaluated {
  readonly source: string;
  readonly code: Code;
  readonly size: number;
  readonly weight: number;
}

/** Its variables are its own; those around it can be read. */
function compiled(outer: Compiler, source: string, place: Place): Evaluated {
  const read = readExpression(source);
  if ('problem' in read) throw new Failure('D3120', { text: read.problem.message });
  const { node, spans } = read;
  const compiler = outer.within(spans);
  const variables = new Variables(boundIn([node]), place.variables);
  const { code } = compiler.compile(node, { ...place, variables, isObserved: false });
  const [problem] = compiler.names.problems;
  if (problem !== undefined) throw new Failure('D3120', { text: problem.message });
  return { source, code, size: variables.size, weight: Math.ceil(nestingOf(node) / nestingPerCall) };
}

/** Where it runs: the context and the variables of the call. */
export interface Surroundings {
  readonly input: unknown;
  readonly frame: Frame;
}

function focused(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const input = new WrappedInput();
  input.push(value);
  return input;
}

/** A failure inside is one of the call, as its own position would point into another text. */
function protectedly(evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch (thrown) {
    if (!(thrown instanceof Failure) || budgetCodes.has(thrown.code)) throw thrown;
    throw new Failure('D3121', { text: toExpressionError(thrown)?.message ?? thrown.code });
  }
}

export type Evaluator = (run: Run, args: readonly unknown[], surroundings: Surroundings) => unknown;

export function evaluatorAt(compiler: Compiler, place: Place): Evaluator {
  // the code of the latest text, which is nearly always that of the next one too
  const latest = new Map<boolean, Evaluated>();
  return (run, [source, focus], { input, frame }) => {
    if (typeof source !== 'string') return undefined;
    run.charge(stepsToCompile + stepsPerCharacter * source.length);
    run.enter(weightOfReading);
    const hasFocus = focus !== undefined;
    const known = latest.get(hasFocus);
    const made =
      known?.source === source
        ? known
        : compiled(compiler, source, hasFocus ? { ...place, isItem: true } : place);
    latest.set(hasFocus, made);
    run.enter(made.weight);
    const result = protectedly(() =>
      made.code(run, hasFocus ? focused(focus) : input, new Frame(made.size, frame)),
    );
    run.leave(made.weight + weightOfReading);
    return result;
  };
}

export function evalCall(evaluate: Evaluator, { builtIn, args, site }: Omit<DirectCall, 'context'>): Code {
  const signature = new Signature(builtIn.definition.signature);
  return (run, input, frame) => {
    const values = args.map((arg) => arg(run, input, frame));
    try {
      return evaluate(run, signature.validate(run, values, null), { input, frame });
    } catch (thrown) {
      throw failedIn(thrown, site);
    }
  };
}
