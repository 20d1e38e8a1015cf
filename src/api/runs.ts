// Use cases about runs and timers: look at what happened and at what waits; cancel it or let it go on now.
import type { Clock } from '../base/index.ts';
import { type DueItem, type LiveEngine, type Trace, traceOf } from '../rules/index.ts';
import type { Actor, ListOptions, RunsApi, TimersApi } from './api.ts';
import type { Page, RunSummary, RunView, TimerView } from './contract.ts';
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

export class Timers implements TimersApi {
  readonly #house: RunsHouse;

  constructor(house: RunsHouse) {
    this.#house = house;
  }

  list(): readonly TimerView[] {
    const { live, clock } = this.#house;
    const now = clock.now();
    const timers = [...live.engine.due.values()].flatMap(({ id, at, item }): TimerView[] => {
      if (item.kind === 'look') return [];
      const leftMs = Math.max(0, at - now);
      const { kind, rule } = item;
      return [{ id, kind, rule, due: at, leftMs, path: this.#pathOf(item) }];
    });
    return timers.sort((a, b) => a.due - b.due);
  }

  async fire(_actor: Actor, id: string): Promise<void> {
    const { live, clock } = this.#house;
    const timer = live.engine.due.find(id);
    if (timer === undefined || timer.item.kind === 'look')
      throw fail('timer-missing', `there is no timer "${id}"`);
    const { item } = timer;
    const at = clock.now();
    if (item.kind !== 'schedule') live.decide({ kind: 'timer', at, run: id, byHand: true });
    else live.decide({ kind: 'schedule', at, rule: item.rule, trigger: item.trigger, due: at });
  }

  async cancel(actor: Actor, id: string): Promise<void> {
    const { live, clock } = this.#house;
    const item = live.engine.due.find(id)?.item;
    if (item === undefined || item.kind === 'schedule' || item.kind === 'look')
      throw fail('timer-missing', `no run waits with the timer "${id}", and no trigger`);
    const run = item.kind === 'run' ? item.run : id;
    live.decide({ kind: 'command', at: clock.now(), command: { do: 'cancel', run }, by: actor.name });
  }

  /** Where in the rule's document it waits. */
  #pathOf(item: Exclude<DueItem, { kind: 'look' }>): string {
    const { engine } = this.#house.live;
    const triggers = engine.book.find(item.rule)?.triggers ?? [];
    if (item.kind === 'schedule') return triggers[item.trigger]?.path ?? 'triggers';
    if (item.kind === 'hold') return triggers.find(({ mark }) => mark === item.mark)?.path ?? 'triggers';
    const run = engine.runs.find(item.run);
    return run?.rule.plan.instructions[run.find(item.thread)?.pc ?? -1]?.path ?? 'actions';
  }
}
