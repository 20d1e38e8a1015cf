// Problems of a document as lines: `PATH CODE line:column message (did you mean …?)`.
import type { ProblemView } from '../api/index.ts';

function isProblem(value: unknown): value is ProblemView {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

/** `firstLine`: where the document begins in its file, when that holds several. */
export function problemLine(problem: ProblemView, firstLine = 1): string {
  const { path, code, line, column, message, suggestion } = problem;
  const place = line === undefined ? '-' : `${line + firstLine - 1}:${column ?? 1}`;
  const meant = suggestion === undefined ? '' : ` (did you mean ${suggestion}?)`;
  return `${path === '' ? 'document' : path} ${code} ${place} ${message}${meant}`;
}

/** Lines for `details.problems` of an error, whatever it holds. */
export function problemLines(problems: unknown): string[] {
  return Array.isArray(problems) ? problems.filter(isProblem).map((problem) => problemLine(problem)) : [];
}
