// What a route takes as body, and how it is read: one JSON value by its schema, or a rule document as its text.
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { ProblemView } from '../api/index.ts';
import { httpError } from './errors.ts';
import { parseJson, refuseDeep } from './json.ts';

export const maxBodyBytes = 1_048_576;

export interface BodyReader<Body> {
  /** The name in the OpenAPI document; empty when there is no body. */
  readonly name: string;
  /** Absent for documents, which have their own language and their own checks. */
  readonly schema?: z.ZodType;
  read(text: string): Body;
}

/** zod's findings in the shape of document problems. */
export function problemsOf(error: z.ZodError): ProblemView[] {
  return error.issues.map(({ path, message, code }) => ({
    path: path.map(String).join('.'),
    code,
    message,
    severity: 'error',
  }));
}

/** Where the first problem is and what it is, for a one-line message. */
export function firstOf(problems: readonly ProblemView[]): string {
  const [first] = problems;
  if (first === undefined) return 'it does not fit its schema';
  return first.path === '' ? first.message : `${first.path}: ${first.message}`;
}

/** For routes that take none; what is sent all the same is ignored. */
export const noBody: BodyReader<undefined> = { name: '', read: () => undefined };

/** An empty body is read as `{}`, so that requests whose fields are all optional need none. */
export function jsonBody<Body>(name: string, schema: z.ZodType<Body>): BodyReader<Body> {
  const read = (text: string): Body => {
    const parsed = schema.safeParse(text.trim() === '' ? {} : parseJson(text));
    if (parsed.success) return parsed.data;
    const problems = problemsOf(parsed.error);
    const at = problems[0]?.path ?? '';
    throw httpError('bad-body', `the body is no ${name}: ${firstOf(problems)}`, {
      details: { problems },
      params: at === '' ? {} : { why: 'at', at },
    });
  };
  return { name, schema, read };
}

export const documentBody: BodyReader<string> = {
  name: 'RuleDocument',
  read: (text) => {
    refuseDeep(text);
    return text;
  },
};

/** The bytes that the body parser left on the request, as text. Throws `bad-utf8`. */
export function bodyText(request: IncomingMessage & { readonly body?: unknown }): string {
  if (!Buffer.isBuffer(request.body)) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(request.body);
  } catch (cause) {
    throw httpError('bad-utf8', 'the body is not UTF-8', { cause });
  }
}
