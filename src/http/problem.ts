// Errors as RFC 9457 problem documents. The only place that knows HTTP statuses of error kinds.
import type { ProblemDocument, ProblemView } from '../api/index.ts';
import { type ErrorKind, type HomeruleError, STATUS_CODES } from '../base/index.ts';

const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  limit: 429,
  unavailable: 503,
  bug: 500,
};

/** Codes whose status says more than that of their kind. */
const statusOfCode: ReadonlyMap<string, number> = new Map([
  ['version-conflict', 412],
  ['tests-failed', 422],
  ['login-needed', 401],
  ['hook-secret-needed', 401],
  ['login-refused', 401],
  ['token-refused', 401],
  ['body-too-large', 413],
  ['payload-too-large', 413],
  ['document-too-large', 413],
  ['wrong-encoding', 415],
  ['method-not-allowed', 405],
  ['plugin-failed', 502],
  ['plugin-timeout', 504],
  ['flows-timeout', 504],
]);

export const problemType = 'application/problem+json';

export function statusOf(error: HomeruleError): number {
  return statusOfCode.get(error.code) ?? statusOfKind[error.kind];
}

/** `about:blank`: the code says which problem it is, the title is the phrase of the status. */
export function problemDocument(status: number, code: string, detail: string): ProblemDocument {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
}

function hasProblems(details: Readonly<Record<string, unknown>>): details is { problems: ProblemView[] } {
  return Array.isArray(details['problems']);
}

/** A bug says nothing about the inside of the house, only the reference under which the log has it. */
export function problemOf(error: HomeruleError, reference: string): ProblemDocument {
  const status = statusOf(error);
  if (error.kind === 'bug') {
    return problemDocument(
      status,
      error.code,
      `something went wrong inside; the log has it as reference ${reference}`,
    );
  }
  const { code, message, params } = error;
  const problem = {
    ...problemDocument(status, code, message),
    ...(params !== undefined && { params }),
  };
  return hasProblems(error.details) ? { ...problem, problems: error.details.problems } : problem;
}
