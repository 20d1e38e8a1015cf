// The value of every part of one evaluation: the same compiler with a recorder between the parts, no second evaluator.
import type { Node } from './ast.ts';
import { NodeCompiler } from './compile/compiler.ts';
import type { Budget, CompileOptions, Explanation, Scope, SubValue } from './contract.ts';
import { ExpressionError } from './contract.ts';
import { toExpressionError } from './errors.ts';
import type { Program } from './program.ts';
import { rootInput } from './program.ts';
import { releasedValue } from './release.ts';
import { Frame, Run } from './run.ts';
import { type Span, Spans } from './spans.ts';

/** Enough for any condition that a person reads. */
const mostParts = 200;

export interface Observed {
  readonly source: string;
  readonly program: Program;
  readonly spans: readonly Span[];
  readonly hasNames: boolean;
}

export function observedProgram(source: string, node: Node, options: CompileOptions): Observed {
  const spans = new Spans(source);
  const observed: Span[] = [];
  const observe = (part: Node): number => observed.push(spans.of(part)) - 1;
  const compiler = new NodeCompiler({ names: options.names, spans, observe });
  return { source, program: compiler.program(node), spans: observed, hasNames: options.names !== undefined };
}

function errorOf(thrown: unknown): ExpressionError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return (
    toExpressionError(thrown) ??
    new ExpressionError('not-explained', text, { position: 0 }, { cause: thrown })
  );
}

/** As it may leave the evaluator, at no cost to the evaluation itself; too large a value is left out. */
function shownValue(evaluation: Run, budget: Budget, value: unknown): unknown {
  const run = new Run(evaluation.scope, budget);
  run.hasNested = evaluation.hasNested;
  try {
    return releasedValue(run, value);
  } catch (thrown) {
    if (toExpressionError(thrown) === undefined) throw thrown;
    return undefined;
  }
}

/** Never throws. */
export function explainWith(observed: Observed, scope: Scope, budget: Budget): Explanation {
  const { source, program, spans, hasNames } = observed;
  const parts: SubValue[] = [];
  const record = (number: number, value: unknown): void => {
    const span = spans[number];
    if (span === undefined || parts.length >= mostParts || typeof value === 'function') return;
    const shown = shownValue(run, budget, value);
    const part = { source: source.slice(span.start, span.end), ...span };
    parts.push(shown === undefined ? part : { ...part, value: shown });
  };
  const run: Run = new Run(scope, budget, record);
  try {
    const value = program.code(run, rootInput(scope, hasNames), new Frame(program.frameSize, undefined));
    const released = releasedValue(run, value);
    return released === undefined ? { parts } : { value: released, parts };
  } catch (thrown) {
    return { error: errorOf(thrown), parts };
  }
}
