// What the last process left waiting comes back into the engine: after its rules, before any input.
import type { Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { CaptureRow, EngineRows, RunRow, TriggerRow } from '../ports.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { Captures } from './captures.ts';
import type { DueItem } from './due-item.ts';
import type { Endings } from './endings.ts';
import type { RuleBook } from './rule-book.ts';
import type { Runs } from './runs.ts';
import type { Schedules } from './schedules.ts';
import type { Silences } from './silences.ts';
import { ownerOf, type RestoreTimes, type TriggerMemory } from './trigger-memory.ts';

/** Devices need a moment to come back after a restart; what was due meanwhile waits for them. */
export const reconnectGraceMs = 1500;

export interface RestoringHouse {
  readonly rows: EngineRows;
  readonly due: DueHeap<DueItem>;
  readonly home: HomeView;
  readonly book: RuleBook;
  readonly runs: Runs;
  readonly memory: TriggerMemory;
  readonly captures: Captures;
  readonly schedules: Schedules;
  readonly silences: Silences;
  readonly endings: Endings;
  findVersion(rule: string, version: number): CompiledRule | undefined;
}

export interface KeptRows {
  readonly runs: readonly RunRow[];
  readonly triggers: readonly TriggerRow[];
  readonly captures: readonly CaptureRow[];
}

export class Restoring {
  readonly #house: RestoringHouse;

  constructor(house: RestoringHouse) {
    this.#house = house;
  }

  putBack({ runs, triggers, captures }: KeptRows, times: RestoreTimes): void {
    const { stoppedAt, now, notBefore } = times;
    for (const row of triggers) this.#trigger(row, times);
    for (const row of captures) this.#capture(row);
    this.#house.silences.wasDown([stoppedAt, now], notBefore);
    for (const row of runs) this.#run(row, times);
  }

  /**
   * The listeners are open, and devices begin to come back: what waits is not due before they have. A schedule waits for
   * them only when it makes up for what it missed.
   */
  opened(notBefore: Timestamp): void {
    const { due, runs, memory, silences } = this.#house;
    silences.waitUntil(notBefore);
    for (const each of [...due.values()]) {
      const { id, at, item, meantFor } = each;
      const isPutOff = item.kind === 'run' || item.kind === 'hold' || meantFor !== undefined;
      if (!isPutOff || at >= notBefore) continue;
      due.set({ ...each, at: notBefore, meantFor: meantFor ?? at });
      if (item.kind === 'run') runs.cameDue(id);
      if (item.kind === 'hold') memory.cameDue(id);
    }
  }

  #run(row: RunRow, times: RestoreTimes): void {
    const { runs, home, endings, findVersion } = this.#house;
    const run = runs.restore(row, { rule: findVersion(row.rule, row.version), home, times });
    if (run?.answers !== undefined) endings.expect(run.id, run.answers);
  }

  #trigger(row: TriggerRow, times: RestoreTimes): void {
    const { book, memory, rows, schedules } = this.#house;
    const { rule, mark } = ownerOf(row.id);
    const state = book.find(rule);
    const trigger = state?.triggers.find((each) => each.mark === mark);
    if (state === undefined || trigger === undefined) return rows.triggers.delete(row.id);
    memory.restore(row, trigger, times);
    if (state.enabled && trigger.source.on === 'schedule') schedules.goOn(state, trigger, times);
  }

  #capture(row: CaptureRow): void {
    const { book, captures, rows } = this.#house;
    if (book.find(row.rule) === undefined) rows.captures.delete(row.id);
    else captures.restore(row);
  }
}
