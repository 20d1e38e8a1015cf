// The rules in force: by id, by topic, by client, by schedule.
import type { Timestamp } from '../../base/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { DueHeap } from '../schedule/due-heap.ts';
import type { Trigger } from '../triggers/kind.ts';
import { Breaker, type BreakerLimits } from './breaker.ts';
import { ClientIndex } from './client-index.ts';
import type { DueItem } from './due-item.ts';
import { inOrder, RuleState } from './rule-state.ts';
import { type Candidates, TopicIndex } from './topic-index.ts';

export interface RuleBookOptions {
  readonly due: DueHeap<DueItem>;
  readonly breaker: BreakerLimits;
  /** Begins to keep what expressions will ask about. */
  watch(watched: CompiledRule['watched'], at: Timestamp): void;
}

export class RuleBook {
  readonly #states = new Map<string, RuleState>();
  readonly #index = new TopicIndex();
  /** Rules that hear of clients. */
  readonly clients = new ClientIndex();
  readonly #due: DueHeap<DueItem>;

  readonly #options: RuleBookOptions;

  constructor(options: RuleBookOptions) {
    this.#options = options;
    this.#due = options.due;
  }

  find(id: string): RuleState | undefined {
    return this.#states.get(id);
  }

  /** By priority, then id. */
  inOrder(): RuleState[] {
    return [...this.#states.values()].sort(inOrder);
  }

  match(topic: string): Candidates {
    return this.#index.match(topic);
  }

  /** Puts a version in force; runs of the one before go on, counters stay. */
  put(rule: CompiledRule, isEnabled: boolean, at: Timestamp): void {
    const known = this.#states.get(rule.id);
    if (known !== undefined) this.#disarm(known);
    const breaker = new Breaker(this.#options.breaker);
    const state = known ?? new RuleState(rule, isEnabled, breaker);
    state.rule = rule;
    state.enabled = isEnabled;
    state.breaker = breaker;
    this.#states.set(rule.id, state);
    if (!isEnabled) return;
    this.#options.watch(rule.watched, at);
    this.#index.add(state);
    this.clients.add(state);
    for (const trigger of rule.triggers) this.arm(state, trigger, at);
  }

  delete(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined) return;
    this.#disarm(state);
    this.#states.delete(id);
  }

  /** Sets when a schedule comes due next, after `at`; triggers of other sources have none. */
  arm(state: RuleState, trigger: Trigger, at: Timestamp): void {
    const { source, index } = trigger;
    if (source.on !== 'schedule' || !trigger.enabled) return;
    const due = source.next(at);
    const id = scheduleId(state.rule.id, index);
    if (due === undefined) this.#due.delete(id);
    else this.#due.set({ id, at: due, item: { kind: 'schedule', rule: state.rule.id, trigger: index } });
  }

  /** Every schedule anew, from a clock that was set. */
  armAll(at: Timestamp): void {
    for (const state of this.#states.values()) {
      if (state.enabled) for (const trigger of state.rule.triggers) this.arm(state, trigger, at);
    }
  }

  #disarm(state: RuleState): void {
    this.#index.delete(state);
    this.clients.delete(state);
    for (const { index } of state.rule.triggers) this.#due.delete(scheduleId(state.rule.id, index));
  }
}

/** In the list of what comes due; a slash stands in no run id. */
export function scheduleId(rule: string, trigger: number): string {
  return `${rule}/${trigger}`;
}
