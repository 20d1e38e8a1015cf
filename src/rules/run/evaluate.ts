// Evaluating what was compiled, with or without a record of the values that decided. One meaning, two costs.
import { HomeruleError } from '../../base/index.ts';
import { compileExpression, ExpressionError, type Scope, secretMark } from '../../expression/index.ts';
import type { PlacedExpression, ValueNode } from '../compile/text.ts';
import { valueScope } from '../compile/value-scope.ts';
import { shownExplanation } from '../trace/shown.ts';
import type { TraceError, TraceExpression } from '../trace/trace.ts';

/** A run's own failure: code, words, and where in the document. */
export class RunError extends Error {
  readonly code: string;
  readonly path: string;
  readonly position: number | undefined;
  readonly params: TraceError['params'] | undefined;

  constructor(
    code: string,
    message: string,
    place: Pick<TraceError, 'position'> & {
      readonly path: string;
      readonly params?: TraceError['params'] | undefined;
    },
  ) {
    super(message);
    this.name = 'RunError';
    this.code = code;
    this.path = place.path;
    this.position = place.position;
    this.params = place.params;
  }
}

/** What an evaluation sees and where its record goes; without `record` nothing is recorded. */
export interface Frame {
  readonly scope: Scope;
  readonly record: TraceExpression[] | undefined;
  /** Whether the record says why the value is not true. */
  readonly isCondition?: boolean;
  /** Whether it says so of what holds, too. */
  readonly isDecidedTold?: boolean;
}

function runError(error: unknown, path: string): RunError {
  if (error instanceof RunError) return error;
  if (error instanceof ExpressionError) {
    const { position, params } = error;
    return new RunError(error.code, error.message, { path, position, params });
  }
  if (error instanceof HomeruleError)
    return new RunError(error.code, error.message, { path, params: error.params });
  const isDeep = error instanceof RangeError;
  return new RunError(
    isDeep ? 'too-deep' : 'internal',
    error instanceof Error ? error.message : String(error),
    { path },
  );
}

export function traceErrorOf(error: unknown, path: string): TraceError {
  const { code, message, path: place, position, params } = runError(error, path);
  return {
    code,
    message,
    ...(params && { params }),
    path: place,
    ...(position !== undefined && { position }),
  };
}

/** Evaluates one expression; throws RunError. */
export function evaluate(part: PlacedExpression, frame: Frame): unknown {
  const { expression, path } = part;
  if (frame.record === undefined) {
    try {
      return expression.evaluate(frame.scope);
    } catch (error) {
      throw runError(error, path);
    }
  }
  const { isDecidedTold = false } = frame;
  const explanation = expression.explain(frame.scope, { isDecidedTold });
  const { decided, ...seen } = shownExplanation(explanation);
  const hidden = expression.isSecret && 'value' in seen ? { value: secretMark } : {};
  const isTold = frame.isCondition === true && decided !== undefined;
  const entry = { path, source: expression.source, ...seen, ...hidden, ...(isTold && { decided }) };
  if (explanation.error === undefined) {
    frame.record.push(entry);
    return explanation.value;
  }
  frame.record.push({ ...entry, error: traceErrorOf(explanation.error, path) });
  throw runError(explanation.error, path);
}

const { expression: asText } = compileExpression('$string($)');

/** Text as by JSONata's $string. Throws RunError. */
export function textOf(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  try {
    return String(asText?.evaluate(valueScope(value)));
  } catch (error) {
    const { code, message, params } = runError(error, path);
    throw new RunError(code, message, { path, params });
  }
}

function lack(part: PlacedExpression, words: string): RunError {
  const message = `{{ ${part.expression.source} }} ${words}`;
  const params = { source: part.expression.source };
  return new RunError('missing-value', message, { path: part.path, params });
}

/** A function is no value that could be kept or sent. */
function keepable(part: PlacedExpression, frame: Frame): unknown {
  const value = evaluate(part, frame);
  if (typeof value === 'function') throw lack(part, 'is a function, which is no value');
  return value;
}

function present(part: PlacedExpression, frame: Frame): unknown {
  const value = keepable(part, frame);
  if (value === undefined) throw lack(part, 'has no value');
  return value;
}

/** Evaluates a value of the document; a missing value is the error `missing-value`. */
export function evaluateValue(node: ValueNode, frame: Frame): unknown {
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'expression':
      return present(node.part, frame);
    case 'text':
      return node.parts
        .map((part) => (typeof part === 'string' ? part : textOf(present(part, frame), part.path)))
        .join('');
    case 'list':
      return node.items.map((item) => evaluateValue(item, frame));
    case 'map':
      return Object.fromEntries(node.entries.map(([key, item]) => [key, evaluateValue(item, frame)]));
  }
}

/** What a loop goes through: nothing where a selection finds nothing, one item where it finds one. */
export function evaluateItems(node: ValueNode, frame: Frame): readonly unknown[] {
  const value = node.kind === 'expression' ? keepable(node.part, frame) : evaluateValue(node, frame);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
