// Work outside that runs wait for: begun after the commit of the wait, answered by an input. Its row stays until then, so
// that a crash in between is noticed: what may be repeated is, the rest ends as interrupted.
import { type Commits, HomeruleError, messageOf, type Rows } from '../../base/index.ts';
import type { CallEffect } from '../effect.ts';
import type { Answer, Asked } from '../input.ts';
import type { CallRow } from '../ports.ts';
import { digestOf } from './digest.ts';

/** Does the work of one service. What it throws is the error of the action; a HomeruleError gives its code. */
export type Service = (request: unknown, call: ServiceCall) => Promise<unknown>;

export interface ServiceCall {
  readonly id: string;
  readonly rule: string;
  readonly run: string;
  /** Rules and flows that led to it, the one that calls among them. */
  readonly depth: number;
  /** Aborted when the house stops. */
  readonly signal: AbortSignal;
}

/** By name: `http`, `notify`, `plugin`, `flow`. */
export type Services = ReadonlyMap<string, Service>;

export interface CallsHouse {
  readonly commits: Commits;
  readonly rows: Rows<CallRow>;
  readonly services: Services;
  answer(call: string, answer: Answer, asked: Asked): void;
}

/** Of one service at once; more wait in line. */
const maxRunning = 50;
/** Services that may be asked more at once: a flow may wait for a person. */
const moreRunning: ReadonlyMap<string, number> = new Map([['flow', 500]]);
const maxWaiting = 1000;

/** Of a call that may not be repeated. */
export const interrupted: Answer = {
  ok: false,
  code: 'interrupted',
  message: 'the house stopped before the answer came',
};

type AskedCall = Pick<CallEffect, 'id' | 'rule' | 'at' | 'service' | 'request'>;

interface Line {
  readonly waiting: CallEffect[];
  running: number;
  readonly most: number;
}

export class Calls {
  readonly #house: CallsHouse;
  readonly #stop = new AbortController();
  readonly #lines = new Map<string, Line>();
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
      // No row keeps the depth: what may be repeated is a request that no rule hears of.
      if (row.isIdempotent)
        this.#enqueue({ ...row, kind: 'call', depth: 1, request: JSON.parse(row.request) });
      else this.#answer({ ...row, request: JSON.parse(row.request) }, interrupted);
    }
  }

  /** Nobody waits for answers any more. */
  close(): void {
    this.#stop.abort();
  }

  #enqueue(call: CallEffect): void {
    if (this.#stop.signal.aborted) return;
    const line = this.#lineOf(call.service);
    if (line.waiting.length >= maxWaiting) {
      this.#refused++;
      this.#answer(call, {
        ok: false,
        code: 'too-many-calls',
        message: `${maxWaiting} calls wait already`,
      });
      return;
    }
    line.waiting.push(call);
    this.#next(line);
  }

  /** One for each service: who waits for a slow one holds up nobody else. */
  #lineOf(service: string): Line {
    const line = this.#lines.get(service) ?? {
      waiting: [],
      running: 0,
      most: moreRunning.get(service) ?? maxRunning,
    };
    this.#lines.set(service, line);
    return line;
  }

  #next(line: Line): void {
    if (line.running >= line.most) return;
    const call = line.waiting.shift();
    if (call === undefined) return;
    line.running++;
    void this.#run(call).then((answer) => {
      line.running--;
      this.#answer(call, answer);
      this.#next(line);
    });
  }

  #run({ id, rule, run, depth, service, request }: CallEffect): Promise<Answer> {
    const act = this.#house.services.get(service);
    const missing = {
      ok: false,
      code: 'no-service',
      message: `there is no service "${service}" here`,
    } as const;
    if (act === undefined) return Promise.resolve(missing);
    return Promise.resolve(request)
      .then((given) => act(given, { id, rule, run, depth, signal: this.#stop.signal }))
      .then((value): Answer => ({ ok: true, value }), failureOf);
  }

  #answer(call: AskedCall, answer: Answer): void {
    if (this.#stop.signal.aborted) return; // the row stays: the next start knows that it was interrupted
    const { id, rule, at } = call;
    this.#house.answer(id, answer, { rule, at, digest: digestOf(call) });
    this.#house.rows.delete(id);
  }
}

function failureOf(error: unknown): Answer {
  const code = error instanceof HomeruleError ? error.code : 'call-failed';
  return { ok: false, code, message: messageOf(error) };
}
