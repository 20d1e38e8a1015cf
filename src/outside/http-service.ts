// The service behind `http: URL`: an exchange, the redirects that it leads to, and tries anew when that is harmless.
import { type Clock, HomeruleError } from '../base/index.ts';
import { Payload } from '../devices/index.ts';
import type { AddressPolicy } from './address-policy.ts';
import { fail } from './errors.ts';
import { exchange, type HttpReply } from './http-exchange.ts';
import { type HttpRequest, httpRequestOf, urlOf } from './http-request.ts';
import { hostOf, type Lookup, resolve, systemLookup } from './resolve.ts';

export interface HttpServiceOptions {
  readonly policy: AddressPolicy;
  readonly clock: Clock;
  readonly lookup?: Lookup;
}

/** What `http` is bound to behind the action. */
export interface HttpResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** JSON when it is JSON, else text, else `{ $binary }`; absent when there is none. */
  readonly body?: unknown;
}

/** A request on its way: redirects change it. */
type Hop = Pick<HttpRequest, 'method' | 'headers'> & { readonly url: URL; readonly body: string | undefined };

const maxRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** Where an answer sends it; undefined: it is the answer. Headers and body go to no other origin. */
function nextHop(hop: Hop, { status, headers }: HttpReply): Hop | undefined {
  const { location } = headers;
  if (!redirects.has(status) || location === undefined) return undefined;
  const url = urlOf(location, hop.url);
  const host = hostOf(hop.url);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:')
    throw fail('http-redirect', `"${host}" redirects from https to http`);
  const becomesGet = status === 303 ? hop.method !== 'HEAD' : status < 303 && hop.method === 'POST';
  const method = becomesGet ? 'GET' : hop.method;
  const body = becomesGet ? undefined : hop.body;
  if (url.origin === hop.url.origin) return { url, method, headers: hop.headers, body };
  if (body !== undefined)
    throw fail('http-redirect', `"${host}" redirects the body to "${hostOf(url)}", another server`);
  return { url, method, headers: {}, body };
}

/** Text in another charset than UTF-8 is turned into it when the answer says so. */
function bodyOf({ headers, body }: HttpReply): unknown {
  const charset = /;\s*charset="?([\w.:-]+)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset === undefined || /^utf-?8$/i.test(charset)) return new Payload(body).value;
  try {
    return new Payload(Buffer.from(new TextDecoder(charset).decode(body))).value;
  } catch {
    return new Payload(body).value; // a charset that nobody knows
  }
}

function resultOf(reply: HttpReply): HttpResult {
  const { status, headers } = reply;
  const body = bodyOf(reply);
  return { status, headers: { ...headers }, ...(body !== undefined && { body }) };
}

/** Whether one more try does no harm: it was not done, or may be done again. */
function mayRepeat(error: unknown, { isIdempotent }: HttpRequest): boolean {
  if (!(error instanceof HomeruleError) || error.kind !== 'unavailable') return false;
  return isIdempotent || error.code === 'http-unreachable';
}

/** Never resolves; rejects when the signal is aborted. */
function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

export class HttpService {
  readonly #options: HttpServiceOptions;

  constructor(options: HttpServiceOptions) {
    this.#options = options;
  }

  /** Throws the errors of this room. A status of 400 or more is an answer. */
  async call(request: unknown, { signal }: { readonly signal: AbortSignal }): Promise<HttpResult> {
    const wanted = httpRequestOf(request);
    for (let tries = 0; ; tries++) {
      const isLast = tries >= wanted.retries;
      try {
        const reply = await this.#within(wanted, signal);
        const isBusy = reply.status >= 500 || reply.status === 429;
        if (isLast || !isBusy || !wanted.isIdempotent) return resultOf(reply);
      } catch (error) {
        if (isLast || signal.aborted || !mayRepeat(error, wanted)) throw error;
      }
      await this.#pause(Math.min(firstPauseMs * 2 ** tries, longestPauseMs), signal);
    }
  }

  /** One try, redirects included, in its time. */
  async #within(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
    const { timeoutMs, url } = request;
    const late = new AbortController();
    const undo = this.#options.clock.after(timeoutMs, () => {
      const words = `"${hostOf(urlOf(url))}" did not answer within ${timeoutMs / 1000} s`;
      late.abort(fail('http-timeout', words));
    });
    const either = AbortSignal.any([signal, late.signal]);
    try {
      return await Promise.race([this.#follow(request, either), rejected(either)]);
    } finally {
      undo();
    }
  }

  async #follow(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
    const { policy, lookup = systemLookup } = this.#options;
    const { method, headers, body } = request;
    let hop: Hop = { url: urlOf(request.url), method, headers, body };
    for (let count = 0; count <= maxRedirects; count++) {
      const addresses = await resolve(hostOf(hop.url), policy, lookup);
      const reply = await exchange({ ...hop, addresses, signal });
      const next = nextHop(hop, reply);
      if (next === undefined) return reply;
      hop = next;
    }
    throw fail('http-redirect', `more than ${maxRedirects} redirects, the last by "${hostOf(hop.url)}"`);
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const undo = this.#options.clock.after(ms, resolve);
    await Promise.race([promise, rejected(signal)]).finally(undo);
  }
}
