// Work outside that runs wait for: begun after the commit of the wait, answered by an input. Its row stays until then, so
// that a crash in between is noticed: what may be repeated is, the rest ends as interrupted.
import { type Commits, HomeruleError, messageOf, type Rows } from '../../base/index.ts';
import type { CallEffect } from '../effect.ts';
import type { Answer } from '../input.ts';
import type { CallRow } from '../ports.ts';

/** Does the work of one service. What it throws is the error of the action; a HomeruleError gives its code. */
export type Service = (request: unknown, call: ServiceCall) => Promise<unknown>;

export interface ServiceCall {
  readonly id: string;
  readonly rule: string;
  /** Aborted when the house stops. */
  readonly signal: AbortSignal;
}

/** By name: `http`, `notify`, `plugin`, `flow`. */
export type Services = ReadonlyMap<string, Service>;

export interface CallsHouse {
  readonly commits: Commits;
  readonly rows: Rows<CallRow>;
  readonly services: Services;
  answer(call: string, answer: Answer): void;
}

/** At once; more wait in line. */
const maxRunning = 50;
const maxWaiting = 1000;

export class Calls {
  readonly #house: CallsHouse;
  readonly #stop = new AbortController();
  readonly #line: CallEffect[] = [];
  #running = 0;
  #refused = 0;

  constructor(house: CallsHouse) {
    this.#house = house;
  }

  /** Calls that were answered with `too-many-calls`, because too many waited. */
  get refused(): number {
    return this.#refused;
  }

  begin(call: CallEffect): void {
    const { id, rule, run, at, service, request, isIdempotent, isSecret } = call;
    this.#house.rows.put({
      id,
      rule,
      run,
      at,
      service,
      request: JSON.stringify(request ?? null),
      isIdempotent,
      isSecret,
    });
    const { commits } = this.#house;
    commits.whenCommitted(commits.open, () => this.#enqueue(call));
  }

  /** Calls that were begun when the last process ended. */
  resume(rows: readonly CallRow[]): void {
    for (const row of rows) {
      if (row.isIdempotent) this.#enqueue({ ...row, kind: 'call', request: JSON.parse(row.request) });
      else
        this.#answer(row.id, {
          ok: false,
          code: 'interrupted',
          message: 'the house stopped before the answer came',
        });
    }
  }

  /** Nobody waits for answers any more. */
  close(): void {
    this.#stop.abort();
  }

  #enqueue(call: CallEffect): void {
    if (this.#stop.signal.aborted) return;
    if (this.#line.length >= maxWaiting) {
      this.#refused++;
      this.#answer(call.id, {
        ok: false,
        code: 'too-many-calls',
        message: `${maxWaiting} calls wait already`,
      });
      return;
    }
    this.#line.push(call);
    this.#next();
  }

  #next(): void {
    if (this.#running >= maxRunning) return;
    const call = this.#line.shift();
    if (call === undefined) return;
    this.#running++;
    void this.#run(call).then((answer) => {
      this.#running--;
      this.#answer(call.id, answer);
      this.#next();
    });
  }

  #run({ id, rule, service, request }: CallEffect): Promise<Answer> {
    const act = this.#house.services.get(service);
    const missing = {
      ok: false,
      code: 'no-service',
      message: `there is no service "${service}" here`,
    } as const;
    if (act === undefined) return Promise.resolve(missing);
    return Promise.resolve(request)
      .then((given) => act(given, { id, rule, signal: this.#stop.signal }))
      .then((value): Answer => ({ ok: true, value }), failureOf);
  }

  #answer(call: string, answer: Answer): void {
    if (this.#stop.signal.aborted) return; // the row stays: the next start knows that it was interrupted
    this.#house.answer(call, answer);
    this.#house.rows.delete(call);
  }
}

function failureOf(error: unknown): Answer {
  const code = error instanceof HomeruleError ? error.code : 'call-failed';
  return { ok: false, code, message: messageOf(error) };
}
