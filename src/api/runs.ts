// Use cases about runs: look at what happened and at what waits; cancel it.
import type { Registry } from '../devices/index.ts';
import { type LiveEngine, type RunStatus, type Trace, traceOf } from '../rules/index.ts';
import type { Actor, RunQuery, RunsApi } from './api.ts';
import type { Page, RunOutcome, RunSummary, RunView } from './contract.ts';
import { fail } from './errors.ts';
import { type LocalClock, pastInstant } from './instant.ts';
import type { TraceFilter, TraceStore } from './trace-port.ts';
import { runSummaryOf } from './views.ts';

const defaultLimit = 50;

export const outcomeOf: Readonly<Record<RunStatus, RunOutcome>> = {
  finished: 'done',
  stopped: 'done',
  'conditions-failed': 'not',
  refused: 'not',
  superseded: 'not',
  cancelled: 'not',
  failed: 'failed',
  'timed-out': 'failed',
  running: 'open',
  waiting: 'open',
};

const statuses = Object.keys(outcomeOf) as RunStatus[];

/** As the store decides about those that are over. */
function isWanted(trace: Trace, { rule, statuses, reason, device, from, to }: TraceFilter): boolean {
  const { at, status, trigger } = trace;
  if (rule !== undefined && trace.rule !== rule) return false;
  if (statuses !== undefined && !statuses.includes(status)) return false;
  if (reason !== undefined && (trace.reason ?? status) !== reason) return false;
  if (device !== undefined && trigger.device !== device.id && !device.topics.includes(trigger.topic ?? ''))
    return false;
  return (from === undefined || at >= from) && (to === undefined || at <= to);
}

interface RunsHouse extends LocalClock {
  readonly live: LiveEngine;
  readonly traces: TraceStore;
  readonly devices: { readonly roster: Pick<Registry['roster'], 'find'> };
}

export class Runs implements RunsApi {
  readonly #house: RunsHouse;

  constructor(house: RunsHouse) {
    this.#house = house;
  }

  /** Waiting runs stand first, on the first page; of very many the latest, all are among the timers. */
  async list({ limit = defaultLimit, cursor, ...query }: RunQuery): Promise<Page<RunSummary>> {
    const wanted = this.#wanted(query);
    const before = cursor === undefined ? {} : { before: cursor };
    const ended = await this.#house.traces.recent({ ...wanted, ...before, limit: limit + 1 });
    const waiting = cursor === undefined ? this.#waiting(wanted, limit) : [];
    const page = ended.slice(0, limit);
    const items = [...waiting, ...page].map(runSummaryOf);
    const last = page.at(-1);
    return ended.length > limit && last ? { items, next: last.id } : { items };
  }

  #wanted({ rule, outcome, reason, device, from, to }: RunQuery): TraceFilter {
    return {
      ...(rule !== undefined && { rule }),
      ...(outcome !== undefined && { statuses: statuses.filter((status) => outcomeOf[status] === outcome) }),
      ...(reason !== undefined && { reason }),
      ...(device !== undefined && { device: this.#deviceNamed(device) }),
      ...(from !== undefined && { from: pastInstant(from, this.#house) }),
      ...(to !== undefined && { to: pastInstant(to, this.#house) }),
    };
  }

  /** One that is gone still woke what it woke. */
  #deviceNamed(id: string): NonNullable<TraceFilter['device']> {
    const found = this.#house.devices.roster.find(id);
    const reports = found?.description?.properties.flatMap((property) => property.reports ?? []) ?? [];
    const states = [...(found?.states.values() ?? [])];
    return { id, topics: [...new Set([...reports, ...states].map(({ topic }) => topic))] };
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

  #waiting(wanted: TraceFilter, limit: number): Trace[] {
    return [...this.#house.live.engine.runs.values()]
      .map(traceOf)
      .filter((trace) => isWanted(trace, wanted))
      .sort((a, b) => b.at - a.at)
      .slice(0, limit);
  }
}
