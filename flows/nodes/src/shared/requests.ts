// Requests to the API of the house: a bounded number at a time, each with a time limit, errors with the house's words.
import { type Cause, causeHeaders } from './cause.ts';
import type { Clock } from './clock.ts';
import { messageOf, PaletteError } from './errors.ts';
import type { Home } from './home.ts';

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly timeoutMs?: number;
  /** The node that asks, and because of what. */
  readonly node?: string;
  readonly cause?: Cause;
}

export interface RequestsOptions {
  readonly home: Home;
  readonly clock: Clock;
}

const usualTimeoutMs = 10_000;
/** At a time. */
const mostOpen = 16;
const mostWaiting = 1000;

function queryText(query: Ask['query'] = {}): string {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}

async function problemOf(answer: Response): Promise<PaletteError> {
  const text = await answer.text();
  const { status } = answer;
  try {
    const { code, detail, title } = JSON.parse(text) as Record<string, unknown>;
    return new PaletteError(String(code ?? status), String(detail ?? title ?? text), { status });
  } catch (cause) {
    return new PaletteError(String(status), `the house answered ${status}`, { status, cause });
  }
}

export class Requests {
  readonly #options: RequestsOptions;
  readonly #waiting: (() => void)[] = [];
  #open = 0;
  #refused = 0;

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  /** Requests that were refused because too many waited. */
  get refused(): number {
    return this.#refused;
  }

  /** `path` below `/api/v1`. Throws `unreachable`, `timeout`, `busy`, or what the house says. */
  async ask<View>(path: string, ask: Ask = {}): Promise<View> {
    await this.#enter();
    try {
      return (await this.#send(path, ask)) as View;
    } finally {
      this.#open--;
      this.#waiting.shift()?.();
    }
  }

  async #enter(): Promise<void> {
    if (this.#open >= mostOpen) {
      if (this.#waiting.length >= mostWaiting) {
        this.#refused++;
        throw new PaletteError('busy', `${mostWaiting} requests to the house wait already`);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#open++;
  }

  async #send(path: string, ask: Ask): Promise<unknown> {
    const { home, clock } = this.#options;
    const { method = 'GET', query, body, timeoutMs = usualTimeoutMs } = ask;
    const limit = new AbortController();
    const disarm = clock.after(timeoutMs, () => limit.abort());
    try {
      const answer = await fetch(`${home.url}/api/v1${path}${queryText(query)}`, {
        method,
        headers: this.#headers(ask),
        signal: limit.signal,
        ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
      });
      if (!answer.ok) throw await problemOf(answer);
      return answer.status === 204 ? undefined : await answer.json();
    } catch (error) {
      if (error instanceof PaletteError) throw error;
      if (limit.signal.aborted)
        throw new PaletteError('timeout', `the house did not answer within ${timeoutMs} ms`, {
          cause: error,
        });
      throw new PaletteError('unreachable', `the house cannot be reached: ${reasonOf(error)}`, {
        cause: error,
      });
    } finally {
      disarm();
    }
  }

  #headers({ method = 'GET', node = '', cause = {} }: Ask): Record<string, string> {
    const { token } = this.#options.home;
    return {
      ...(method !== 'GET' && { 'content-type': 'application/json', ...causeHeaders(cause, node) }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : messageOf(error);
}
