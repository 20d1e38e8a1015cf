// Text in, expression or problems out: the entrance to the compiler.

import { dependenciesOf } from './analysis/dependencies.ts';
import { guardOf } from './analysis/guard.ts';
import { isNeverTrue } from './analysis/never.ts';
import { orderOf } from './analysis/order.ts';
import { watchedIn } from './analysis/watched.ts';
import type { Node } from './ast.ts';
import { NodeCompiler } from './compile/compiler.ts';
import type {
  Budget,
  Compiled,
  CompileOptions,
  Dependencies,
  ExplainOptions,
  Explanation,
  Expression,
  Guard,
  OrderComparison,
  Scope,
  Watched,
} from './contract.ts';
import { toExpressionError } from './errors.ts';
import { explainWith, type Observed, observedProgram } from './explain.ts';
import { lintsOf } from './lints.ts';
import { withOffered } from './offered.ts';
import { pastFaults } from './past-calls.ts';
import { type Program, rootInput } from './program.ts';
import { readExpression } from './read.ts';
import { releasedValue } from './release.ts';
import { defaultBudget, Frame, Run } from './run.ts';
import { withoutValues } from './secrets.ts';
import { Spans } from './spans.ts';

class CompiledExpression implements Expression {
  readonly source: string;
  readonly isSecret: boolean;
  readonly #program: Program;
  readonly #budget: Budget;
  readonly #hasNames: boolean;
  readonly #node: Node;
  readonly #options: CompileOptions;
  readonly #empty = new Frame(0, undefined);
  #observed: Observed | undefined;
  #dependencies: Dependencies | undefined;

  constructor(
    source: string,
    options: CompileOptions,
    made: { program: Program; node: Node; isSecret: boolean },
  ) {
    this.source = source;
    this.isSecret = made.isSecret;
    this.#program = made.program;
    this.#budget = options.budget ?? defaultBudget;
    this.#hasNames = options.names !== undefined;
    this.#node = made.node;
    this.#options = options;
  }

  get dependencies(): Dependencies {
    this.#dependencies ??= dependenciesOf(this.#node, this.#options.names);
    return this.#dependencies;
  }

  get watched(): readonly Watched[] {
    return watchedIn(this.#node);
  }

  get isNeverTrue(): boolean {
    return isNeverTrue(this.#node);
  }

  get guard(): Guard | undefined {
    return guardOf(this.#node, this.source, new Spans(this.source));
  }

  get order(): OrderComparison | undefined {
    return orderOf(this.#node, this.source, new Spans(this.source));
  }

  // hot: test/bench/expression.ts
  evaluate(scope: Scope): unknown {
    const run = new Run(scope, this.#budget);
    const { code, frameSize } = this.#program;
    try {
      const frame = frameSize === 0 ? this.#empty : new Frame(frameSize, undefined);
      const value = code(run, this.#hasNames ? undefined : rootInput(scope, false), frame);
      return typeof value === 'object' ? releasedValue(run, value) : value;
    } catch (thrown) {
      const error = toExpressionError(thrown);
      throw error && this.isSecret ? withoutValues(error) : (error ?? thrown);
    }
  }

  explain(scope: Scope, options: ExplainOptions = {}): Explanation {
    this.#observed ??= observedProgram(this.source, this.#node, this.#options);
    const explanation = explainWith(this.#observed, scope, { budget: this.#budget, ...options });
    const { error } = explanation;
    return this.isSecret && error !== undefined
      ? { ...explanation, error: withoutValues(error) }
      : explanation;
  }
}

/** Never throws: whatever is wrong with the text is a problem, and all problems come at once. */
export function compileExpression(source: string, options: CompileOptions = {}): Compiled {
  const read = readExpression(source);
  if ('problem' in read) return { problems: [read.problem] };
  const { spans } = read;
  const { functions } = options;
  const node = functions === undefined ? read.node : withOffered(read.node, source, functions);
  const compiler = new NodeCompiler({ names: options.names, spans, secrets: options.secrets });
  const program = compiler.program(node);
  const isSecret = compiler.names.secrets.isUsed;
  const past = options.past === 'refused' ? pastFaults(node, spans) : [];
  const problems = [...compiler.names.problems, ...past, ...lintsOf(node, spans)];
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  return { expression: new CompiledExpression(source, options, { program, node, isSecret }), problems };
}
