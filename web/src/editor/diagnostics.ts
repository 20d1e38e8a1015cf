// Problems of a check as marks in the text.
import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { ProblemView } from '../api/types.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where a problem is in this text; it may have been found in an older one. Undefined: nowhere in particular. */
export function spanOf(text: Text, problem: ProblemView): Span | undefined {
  if (problem.start !== undefined) {
    const from = Math.min(problem.start, text.length);
    return { from, to: Math.min(text.length, Math.max(from, problem.end ?? from + 1)) };
  }
  if (problem.line === undefined) return undefined;
  const line = text.line(Math.min(Math.max(1, problem.line), text.lines));
  return { from: Math.min(line.to, line.from + Math.max(0, (problem.column ?? 1) - 1)), to: line.to };
}

export function diagnosticsOf(
  text: Text,
  problems: readonly ProblemView[],
  words: (problem: ProblemView) => string,
): Diagnostic[] {
  return problems.flatMap((problem) => {
    const span = spanOf(text, problem);
    return span ? [{ ...span, severity: problem.severity, message: words(problem) }] : [];
  });
}
