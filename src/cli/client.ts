// The API of a running house: over the unix socket in its data folder, or at a URL with a token.
import type { ClientRequestArgs, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type ErrorKind, HomeruleError, request as httpRequest, messageOf } from '../base/index.ts';
import { socketPath } from '../config/index.ts';
import { fail } from './errors.ts';

export interface ClientOptions {
  readonly data: string;
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; text with `yaml`. */
  readonly json?: unknown;
  readonly yaml?: string;
  /** Only if this is still the version of what is changed. */
  readonly ifVersion?: number;
  /** What the answer is wanted as; JSON when absent. */
  readonly accept?: string;
}

/** Longest silence of the server before the request counts as lost. */
const patienceMs = 60_000;

const problemDocument = z.looseObject({
  code: z.string(),
  detail: z.string(),
  problems: z.array(z.unknown()).optional(),
});

const kinds: Readonly<Record<number, ErrorKind>> = {
  401: 'denied',
  403: 'denied',
  404: 'missing',
  409: 'conflict',
  412: 'conflict',
  429: 'limit',
};

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function errorOf(status: number, body: string): HomeruleError {
  const parsed = problemDocument.safeParse(parseJson(body));
  if (!parsed.success)
    return fail('bad-answer', `the server answered ${status} ${body.slice(0, 200)}`.trim());
  const { code, detail, problems } = parsed.data;
  const kind = kinds[status] ?? (status >= 500 ? 'unavailable' : 'invalid');
  return new HomeruleError(code, kind, detail, problems && { details: { problems } });
}

export class ApiClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /**
   * `path` below `/api/v1`. Resolves with the parsed body, whose shape the contract of the API promises; a problem
   * document becomes an error with its code. Throws `not-running` when nobody answers.
   */
  async request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
    const response = await this.#send(path, options);
    const body = await text(response);
    const status = response.statusCode ?? 0;
    if (status >= 400) throw errorOf(status, body);
    const answer = body === '' ? undefined : parseJson(body);
    if (body !== '' && answer === undefined)
      throw fail('bad-answer', `the server answered ${body.slice(0, 200)}`);
    return answer as Answer;
  }

  /** Copies an answer of any length to `to`, as fast as that takes it. Throws what `request` throws. */
  async download(path: string, to: Writable): Promise<void> {
    const response = await this.#send(path, {});
    const status = response.statusCode ?? 0;
    if (status >= 400) throw errorOf(status, await text(response));
    await pipeline(response, to, { end: false });
  }

  /** The lines of an answer as they come, each of them JSON. Throws what `request` throws. */
  async *lines(path: string, options: RequestOptions): AsyncGenerator<unknown> {
    const response = await this.#send(path, { ...options, accept: 'application/x-ndjson' });
    const status = response.statusCode ?? 0;
    if (status >= 400) throw errorOf(status, await text(response));
    for await (const line of createInterface({ input: response })) if (line !== '') yield parseJson(line);
  }

  #send(path: string, options: RequestOptions): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const body = options.yaml ?? (options.json === undefined ? undefined : JSON.stringify(options.json));
    const type = options.yaml === undefined ? 'application/json' : 'text/yaml';
    const { token, url } = this.#options;
    const headers = {
      accept: options.accept ?? 'application/json',
      ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
      ...(options.ifVersion === undefined ? {} : { 'if-match': `"${options.ifVersion}"` }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const send = url?.startsWith('https:') ? httpsRequest : httpRequest;
    const outgoing = send({
      ...this.#address(path),
      method: options.method ?? 'GET',
      headers,
      timeout: patienceMs,
    });
    outgoing.on('response', resolve);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${patienceMs / 1000} s`)));
    outgoing.on('error', (error) => reject(this.#unreachable(error)));
    outgoing.end(body);
    return promise;
  }

  #address(path: string): ClientRequestArgs {
    const { url, data } = this.#options;
    if (url === undefined) return { socketPath: socketPath(data), path: `/api/v1${path}` };
    if (!URL.canParse(url))
      throw fail('wrong-usage', `--url: "${url}" is no URL such as http://localhost:18083`);
    const { protocol, hostname, port, pathname } = new URL(url);
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    return { protocol, host, port, path: `${pathname.replace(/\/$/, '')}/api/v1${path}` };
  }

  #unreachable(error: Error): HomeruleError {
    const { url, data } = this.#options;
    const code = 'code' in error ? error.code : undefined;
    const isAbsent = code === 'ENOENT' || code === 'ECONNREFUSED';
    const where = url ?? data;
    const cause = { cause: error };
    if (!isAbsent) return fail('not-running', `no answer from ${where}: ${messageOf(error)}`, cause);
    return fail(
      'not-running',
      `no Homerule is running on ${where} (start it with \`homerule start\`)`,
      cause,
    );
  }
}
