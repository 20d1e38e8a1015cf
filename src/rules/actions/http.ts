// `http: URL`: a request to a server, made by the service `http` outside of the engine. Its answer stands in `http`.
import { z } from 'zod';
import { STATUS_CODES } from '../../base/index.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Event, Next, Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import { durationShape, field } from '../model/field.ts';
import { durationOf } from '../run/duration.ts';
import { RunError, textOf } from '../run/evaluate.ts';
import { actionKind } from './kind.ts';
import { answerOf, callOf, compileParts, mayCall } from './outside.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const idempotentMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
const defaultTimeoutMs = 10_000;
const longestTimeoutMs = 300_000;

const shape = {
  http: z.string().min(1),
  method: z.enum(methods, { error: `expected one of ${methods.join(', ')}` }).optional(),
  headers: field('names', z.record(z.string().min(1), z.unknown())).optional(),
  body: z.unknown().optional(),
  timeout: durationShape.optional(),
  retries: z.int().min(0).max(10).optional(),
  idempotent: z.boolean().optional(),
} as const;

type Document = z.output<z.ZodObject<typeof shape>>;

interface HttpCall {
  readonly path: string;
  /** `{ http, headers, body }`; some of it may be secret. */
  readonly parts: ValueNode;
  readonly timeout: ValueNode | undefined;
  readonly method: (typeof methods)[number];
  readonly retries: number;
  readonly isIdempotent: boolean;
}

function compileCall(document: Document, path: string, context: CompileContext): HttpCall | undefined {
  const { http, headers = {}, body, retries = 0 } = document;
  const { method = 'body' in document ? 'POST' : 'GET' } = document;
  const parts = compileParts({ http, headers, body }, path, context);
  const timeout =
    document.timeout === undefined ? undefined : context.duration(document.timeout, `${path}.timeout`);
  if (parts === undefined) return undefined;
  const isIdempotent = document.idempotent ?? idempotentMethods.has(method);
  return { path, parts, timeout, method, retries, isIdempotent };
}

/** As the service takes it; a body that is no text is JSON and says so. */
function requestOf({ method, retries, isIdempotent, path }: HttpCall, parts: unknown, timeoutMs: number) {
  const {
    http: url,
    headers,
    body,
  } = parts as { http: unknown; headers: Record<string, unknown>; body?: unknown };
  const texts = Object.entries(headers).map(([name, value]) => [
    name,
    textOf(value, `${path}.headers.${name}`),
  ]);
  const isJson = body !== undefined && body !== null && typeof body !== 'string';
  const isTyped = texts.some(([name]) => name?.toLowerCase() === 'content-type');
  return {
    url: textOf(url, `${path}.http`),
    method,
    headers: {
      ...(isJson && !isTyped && { 'content-type': 'application/json' }),
      ...Object.fromEntries(texts),
    },
    ...(body !== undefined && body !== null && { body: isJson ? JSON.stringify(body) : body }),
    timeoutMs,
    retries,
    isIdempotent,
  };
}

function begin(call: HttpCall, step: Step): Next {
  const { parts, timeout, path, isIdempotent } = call;
  const given = timeout && durationOf(timeout, `${path}.timeout`, step.frame);
  const timeoutMs = Math.min(given ?? defaultTimeoutMs, longestTimeoutMs);
  const of = (values: unknown): unknown => requestOf(call, values, timeoutMs);
  return callOf({ service: 'http', parts, isIdempotent, of }, step);
}

/** Behind an error `http` stands too: its status tells handlers what to do. */
function goOn({ method, path }: HttpCall, step: Step, event: Event): Next {
  const value = answerOf(event, `${path}.http`);
  step.setLocal('http', value);
  step.result(value);
  const status: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'status') : 0;
  const words = `${status} ${STATUS_CODES[Number(status)] ?? ''}`.trim();
  step.note(words);
  if (Number(status) < 400) return undefined;
  throw new RunError('http-status', `the answer to ${method} was ${words}`, {
    path: `${path}.http`,
    params: { method, status: words },
  });
}

export const http = actionKind({
  verb: 'http',
  doc: {
    en: 'makes an HTTP request; the answer stands in `http` (`status`, `headers`, `body`)',
    zh: '发出 HTTP 请求；应答在 `http` 中（`status`、`headers`、`body`）',
  },
  example:
    'http: https://example.org/power\nmethod: POST\nheaders: { authorization: "Bearer {{ $secret(\'power\') }}" }\nbody: { watts: "{{ payload }}" }',
  shape,
  compile(document, path, builder) {
    if (!mayCall(path, builder)) return;
    const call = compileCall(document, path, builder.context);
    if (call === undefined) return;
    builder.emit((step) => begin(call, step), { resume: (step, event) => goOn(call, step, event) });
  },
});
