// The value of every part of one evaluation: the same compiler with a recorder between the parts, no second evaluator.
import { decidingClauses, type EvaluationRecord } from './analysis/deciding.ts';
import type { Node } from './ast.ts';
import { NodeCompiler } from './compile/compiler.ts';
import type {
  Budget,
  CompileOptions,
  DecidingClause,
  ExplainOptions,
  Explanation,
  Scope,
  SubValue,
  ValueType,
} from './contract.ts';
import { ExpressionError } from './contract.ts';
import { toExpressionError } from './errors.ts';
import type { Program } from './program.ts';
import { rootInput } from './program.ts';
import { releasedValue } from './release.ts';
import { Frame, Run } from './run.ts';
import { isSecretCall, secretMark } from './secrets.ts';
import { type Span, Spans } from './spans.ts';

/** Enough for any condition that a person reads. */
const mostParts = 200;

/** A part whose values are recorded, with the text that it was written as. */
interface ObservedPart extends Span {
  readonly node: Node;
  readonly source: string;
}

export interface Observed {
  readonly source: string;
  readonly program: Program;
  readonly node: Node;
  readonly spans: Spans;
  /** By number. */
  readonly parts: readonly ObservedPart[];
  readonly hasNames: boolean;
  /** No value of any part may be shown. */
  readonly isSecret: boolean;
}

export function observedProgram(source: string, node: Node, options: CompileOptions): Observed {
  const spans = new Spans(source);
  const parts: ObservedPart[] = [];
  const observe = (node: Node): number => {
    const { start, end } = spans.of(node);
    return parts.push({ node, source: source.slice(start, end), start, end }) - 1;
  };
  const { names, secrets } = options;
  const compiler = new NodeCompiler({ names, spans, observe, secrets });
  const program = compiler.program(node);
  const isSecret = compiler.names.secrets.isUsed;
  return { source, program, node, spans, parts, hasNames: names !== undefined, isSecret };
}

function errorOf(thrown: unknown): ExpressionError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return (
    toExpressionError(thrown) ??
    new ExpressionError('not-explained', text, { position: 0 }, { cause: thrown })
  );
}

/** As people are told it. */
export function typeOf(value: unknown): ValueType {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' || type === 'function'
    ? type
    : 'object';
}

/** One evaluation with the values of its parts. */
class Observation {
  readonly parts: SubValue[] = [];
  readonly #observed: Observed;
  /** Pays for all the values that are shown. */
  readonly #showing: Run;
  readonly #run: Run;
  /** As they are in the evaluator, the latest of each part. */
  readonly #values = new Map<Node, unknown>();

  constructor(observed: Observed, scope: Scope, budget: Budget) {
    this.#observed = observed;
    this.#showing = new Run(scope, budget);
    this.#run = new Run(scope, budget, (number, value) => this.#record(number, value));
  }

  /** Never throws. */
  explain(isDecidedTold: boolean): Explanation {
    const { program, hasNames } = this.#observed;
    const { parts } = this;
    const run = this.#run;
    try {
      const value = program.code(
        run,
        rootInput(run.scope, hasNames),
        new Frame(program.frameSize, undefined),
      );
      const released = releasedValue(run, value);
      const isPassed = released !== undefined && released !== false && released !== null;
      const result = released === undefined ? { parts } : { value: released, parts };
      return isPassed && !isDecidedTold ? result : { ...result, decided: this.#decided(isPassed) };
    } catch (thrown) {
      return { error: errorOf(thrown), parts };
    }
  }

  #record(number: number, found: unknown): void {
    const { parts, isSecret } = this.#observed;
    const observed = parts[number];
    if (observed === undefined) return;
    const { node, source, start, end } = observed;
    const value = found !== undefined && (isSecret || isSecretCall(node)) ? secretMark : found;
    this.#values.set(node, value);
    if (this.parts.length >= mostParts || typeof value === 'function') return;
    const shown = this.#shown(value);
    const type = typeOf(value);
    this.parts.push(
      shown === undefined ? { source, start, end, type } : { source, start, end, type, value: shown },
    );
  }

  /** As it may leave the evaluator, at no cost to the evaluation itself; what is too large is left out. */
  #shown(value: unknown): unknown {
    try {
      return typeof value === 'function' ? undefined : releasedValue(this.#showing, value);
    } catch (thrown) {
      if (toExpressionError(thrown) === undefined) throw thrown;
      return undefined;
    }
  }

  #decided(holds: boolean): readonly DecidingClause[] {
    const { source, spans, node } = this.#observed;
    const record: EvaluationRecord = {
      source,
      spanOf: (part) => spans.of(part),
      has: (part) => part.type === 'literal' || this.#values.has(part),
      valueOf: (part) => (part.type === 'literal' ? part.value : this.#shown(this.#values.get(part))),
    };
    return decidingClauses(node, record, holds);
  }
}

/** Never throws. */
export function explainWith(
  observed: Observed,
  scope: Scope,
  { budget, isDecidedTold = false }: ExplainOptions & { readonly budget: Budget },
): Explanation {
  return new Observation(observed, scope, budget).explain(isDecidedTold);
}
