// A service that takes JSON over HTTP. Most of them answer 200 whatever happens, so the answer itself decides.
import type { z } from 'zod';
import type { Words } from '../../src/plugins/index.ts';
import type { Notice } from './notice.ts';
import { type Attempt, SendFault, type Service, service } from './service.ts';

export interface HttpRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Told {
  readonly words: string;
  /** Beside statuses 429 and 5xx. */
  readonly isPassing?: boolean;
  readonly retryAfterMs?: number | undefined;
}

export interface HttpServiceOptions<Config, Answer> {
  readonly name: string;
  readonly doc: Words;
  readonly config: z.ZodObject & z.ZodType<Config>;
  request(config: Config, notice: Notice, now: number): HttpRequest;
  readonly answer: z.ZodType<Answer>;
  /** Undefined when it was taken. */
  fault(answer: Answer): Told | undefined;
}

const longestAnswer = 65_536;

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestAnswer) break;
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Of `Retry-After`: seconds or a date. */
function pauseOf(response: Response, now: number): number | undefined {
  const header = response.headers.get('retry-after');
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

async function post({ url, headers, body }: HttpRequest, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal,
  });
}

/** What is wrong with an answer that is not of the service's API. */
function strange({ status, statusText, headers, ok }: Response, text: string): string {
  if (status >= 300 && status < 400)
    return `it answers with a redirect to ${headers.get('location') ?? 'nowhere'}; set that address`;
  const quote = text.trim();
  const what = quote === '' ? 'nothing' : JSON.stringify(quote);
  return `${ok ? 'what answers is not this service' : `HTTP ${status} ${statusText}`.trimEnd()}, it said ${what}`;
}

export function httpService<Config, Answer>(options: HttpServiceOptions<Config, Answer>): Service {
  const { name, doc, config, request, answer, fault } = options;
  return service({
    name,
    doc,
    config,
    async send(channel: Config, notice: Notice, { now, signal }: Attempt) {
      const response = await post(request(channel, notice, now), signal);
      const text = await textOf(response);
      const read = answer.safeParse(parsed(text));
      const told = read.success ? fault(read.data) : { words: strange(response, text) };
      if (told === undefined && response.ok) return;
      const { words = strange(response, text), isPassing = false, retryAfterMs } = told ?? {};
      throw new SendFault(words, {
        isPassing: isPassing || response.status === 429 || response.status >= 500,
        retryAfterMs: retryAfterMs ?? pauseOf(response, now),
      });
    },
  });
}
