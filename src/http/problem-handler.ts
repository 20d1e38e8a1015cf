// The last stop of every request that failed: whatever was thrown becomes a problem document.
import type { ErrorRequestHandler } from 'express';
import { HomeruleError, type Ids, type Logger, messageOf } from '../base/index.ts';
import { answerText } from './answer.ts';
import { maxBodyBytes } from './body.ts';
import { httpError } from './errors.ts';
import { problemOf, problemType } from './problem.ts';

/** What express and its body parser throw. */
interface ForeignHttpError extends Error {
  readonly status: number;
  readonly type?: string;
  /** Of what is too large, in bytes. */
  readonly limit?: number;
}

function isForeignHttpError(error: unknown): error is ForeignHttpError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

function fromForeign(error: ForeignHttpError): HomeruleError {
  if (error.type === 'entity.too.large') {
    const { limit = maxBodyBytes } = error;
    const size = limit >= maxBodyBytes ? '1 MB' : `${limit / 1024} KB`;
    return httpError('body-too-large', `the body is larger than ${size}`, { cause: error });
  }
  if (error.type === 'encoding.unsupported') {
    return httpError('wrong-encoding', 'a compressed body is not taken', { cause: error });
  }
  const code = error.type === undefined ? 'bad-path' : 'bad-body';
  return httpError(code, `the request cannot be read: ${error.message}`, { cause: error });
}

export function asHomeruleError(error: unknown): HomeruleError {
  if (error instanceof HomeruleError) return error;
  if (isForeignHttpError(error) && error.status < 500) return fromForeign(error);
  return new HomeruleError('internal', 'bug', messageOf(error), { cause: error });
}

/** Bugs are logged with a reference that the answer names; nobody gets to see a stack. */
export function problemHandler(log: Logger, ids: Ids): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    const error = asHomeruleError(thrown);
    const reference = ids.next();
    if (error.kind === 'bug') {
      log.error({ reference, error, method: request.method, path: request.path }, 'a request met a bug');
    }
    if (response.headersSent) {
      request.socket.destroy();
      return;
    }
    const problem = problemOf(error, reference);
    response.status(problem.status);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (problem.status === 503) response.setHeader('Retry-After', '1');
    response.setHeader('Cache-Control', 'no-store');
    answerText(response, problemType, JSON.stringify(problem));
  };
}
