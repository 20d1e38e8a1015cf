// What a rule asks of the http service, checked: its call comes out of a row, perhaps of an older version.
import { z } from 'zod';
import { fail } from './errors.ts';

const longestTimeoutMs = 300_000;

const schema = z.strictObject({
  url: z.string().max(8192),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  headers: z.record(z.string(), z.string()),
  /** Text as it is sent; absent: none. */
  body: z.string().exactOptional(),
  timeoutMs: z.number().positive().max(longestTimeoutMs),
  retries: z.int().min(0).max(10),
  /** May be done again although it perhaps was done. */
  isIdempotent: z.boolean(),
});

export type HttpRequest = z.output<typeof schema>;

/** Headers that belong to the connection, not to the request. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Throws `http-bad-request`. */
export function httpRequestOf(value: unknown): HttpRequest {
  const { success, data, error } = schema.safeParse(value);
  if (!success) {
    const [issue] = error.issues;
    throw fail('http-bad-request', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no request'}`);
  }
  const owned = Object.keys(data.headers).find((name) => ownHeaders.has(name.toLowerCase()));
  if (owned === undefined) return data;
  throw fail('http-bad-request', `the header "${owned}" is made by the connection itself`);
}

/** Throws `http-bad-url`. Its text is not shown: it may hold a secret. */
export function urlOf(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url === null) throw fail('http-bad-url', 'this is no address such as https://example.org/path');
  if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  throw fail('http-bad-url', `expected http: or https:, got ${url.protocol}`);
}
