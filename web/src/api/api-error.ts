// What went wrong with a call, with the stable code of the server or one of ours (`offline`, `bad-answer`).
import type { ProblemView } from './types.ts';

export interface ApiErrorFacts {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly problems?: readonly ProblemView[] | undefined;
}

export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  /** What the sentence of the server is made of. */
  readonly params: Readonly<Record<string, string>>;
  readonly problems: readonly ProblemView[];

  constructor(facts: ApiErrorFacts) {
    super(facts.detail);
    this.name = 'ApiError';
    this.status = facts.status;
    this.code = facts.code;
    this.params = facts.params ?? {};
    this.problems = facts.problems ?? [];
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** From the body of a refusal: a problem document if the server sent one, otherwise the bare status. */
export function refusalFrom(status: number, body: unknown): ApiError {
  const facts = isRecord(body) ? body : {};
  const problems = Array.isArray(facts['problems']) ? (facts['problems'] as ProblemView[]) : undefined;
  return new ApiError({
    status,
    code: text(facts['code'], `http-${status}`),
    detail: text(facts['detail'], text(facts['title'], `HTTP ${status}`)),
    params: isRecord(facts['params']) ? (facts['params'] as Record<string, string>) : undefined,
    problems,
  });
}
