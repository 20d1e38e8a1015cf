// One expression tried out: against the house and a message, or against any value; every part shown.
import type { Timestamp } from '../base/index.ts';
import { encodePayload, Payload } from '../devices/index.ts';
import {
  compileExpression,
  type Explanation,
  type ExpressionProblem,
  type FunctionLookup,
  type HomeView,
} from '../expression/index.ts';
import { paramsOf } from './compile/text.ts';
import { NameTable } from './model/names.ts';
import type { Problem } from './model/problem.ts';
import { Bindings } from './run/bindings.ts';
import { bareWake, type Wake } from './run/wake.ts';

/** The message that the bindings are made from. */
export interface TriedMessage {
  readonly topic: string;
  readonly payload: unknown;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly origin: string;
  readonly by: string;
}

export interface TryOptions {
  readonly home: HomeView;
  readonly at: Timestamp;
  /** With it the root is this value, as for `homerule eval --input`; without it the names of a rule are known. */
  readonly input?: { readonly value: unknown };
  readonly message?: TriedMessage;
  readonly functions?: FunctionLookup | undefined;
}

export interface TriedExpression {
  /** Absent when the text has errors. */
  readonly explanation?: Explanation;
  readonly problems: readonly Problem[];
}

/** In the terms of documents: the text is all there is, so that its path is empty. */
function problemOf(source: string, problem: ExpressionProblem): Problem {
  const { code, message, position, token = '', severity, suggestion } = problem;
  const before = source.slice(0, position).split('\n');
  return {
    path: '',
    code,
    message,
    severity,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    start: position,
    end: Math.min(position + token.length, source.length),
    ...paramsOf(problem),
    ...(suggestion !== undefined && { suggestion }),
  };
}

function wakeOf(at: Timestamp, message: TriedMessage | undefined): Wake {
  if (message === undefined) return bareWake(at, 0);
  const payload = new Payload(encodePayload(message.payload));
  return { ...bareWake(at, 0), ...message, verb: 'message', payload };
}

/** Never throws, and changes nothing. */
export function tryExpression(source: string, options: TryOptions): TriedExpression {
  const { home, at, input, message, functions } = options;
  const names = new NameTable([]);
  const compiled = compileExpression(source, {
    secrets: 'refused',
    ...(functions !== undefined && { functions }),
    ...(input === undefined && { names: names.names }),
  });
  const problems = compiled.problems.map((problem) => problemOf(source, problem));
  if (compiled.expression === undefined) return { problems };
  const scope =
    input === undefined
      ? new Bindings({ names, seed: 0 }, wakeOf(at, message), home)
      : { values: [input.value], read: () => undefined, at, home, seed: 0 };
  return { problems, explanation: compiled.expression.explain(scope) };
}
