// Use cases about runs: look at what happened and at what waits; cancel it.
import type { Clock } from '../base/index.ts';
import { type LiveEngine, type Trace, traceOf } from '../rules/index.ts';
import type { Actor, ListOptions, RunsApi } from './api.ts';
import type { Page, RunSummary, RunView } from './contract.ts';
import { fail } from './errors.ts';
import type { TraceStore } from './ports.ts';
import { runSummaryOf } from './views.ts';

const defaultLimit = 50;

interface RunsHouse {
  readonly live: LiveEngine;
  readonly traces: TraceStore;
  readonly clock: Clock;
}

export class Runs implements RunsApi {
  readonly #house: RunsHouse;

  constructor(house: RunsHouse) {
    this.#house = house;
  }

  /** Waiting runs stand first, on the first page; of very many the latest, all are among the timers. */
  async list(options: ListOptions & { readonly rule?: string }): Promise<Page<RunSummary>> {
    const { rule, limit = defaultLimit, cursor } = options;
    const query = {
      limit: limit + 1,
      ...(rule !== undefined && { rule }),
      ...(cursor !== undefined && { before: cursor }),
    };
    const ended = await this.#house.traces.recent(query);
    const waiting = cursor === undefined ? this.#waiting(rule, limit) : [];
    const page = ended.slice(0, limit);
    const items = [...waiting, ...page].map(runSummaryOf);
    const last = page.at(-1);
    return ended.length > limit && last ? { items, next: last.id } : { items };
  }

  async get(id: string): Promise<RunView> {
    const run = this.#house.live.engine.runs.find(id);
    if (run !== undefined) return traceOf(run);
    const trace = await this.#house.traces.find(id);
    if (trace === undefined) throw fail('run-missing', `there is no run "${id}"; old runs are forgotten`);
    return trace;
  }

  async cancel(actor: Actor, id: string): Promise<RunView> {
    const { live, clock } = this.#house;
    if (live.engine.runs.find(id) === undefined)
      throw fail('run-missing', `run "${id}" does not wait: it has ended or never was`);
    live.decide({ kind: 'command', at: clock.now(), command: { do: 'cancel', run: id }, by: actor.name });
    return this.get(id);
  }

  #waiting(rule: string | undefined, limit: number): Trace[] {
    const runs = [...this.#house.live.engine.runs.values()];
    return runs
      .filter((run) => rule === undefined || run.rule.id === rule)
      .sort((a, b) => b.wake.at - a.wake.at)
      .slice(0, limit)
      .map(traceOf);
  }
}
