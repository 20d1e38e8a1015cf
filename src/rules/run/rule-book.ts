// The rules in force: by id, by topic, by what their conditions read, by signal, by schedule.
import type { Timestamp, Undo } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import { readsOfCondition } from '../compile/reads.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { SignalSource, Trigger } from '../triggers/kind.ts';
import { Breaker, type BreakerLimits } from './breaker.ts';
import type { ConditionEntry } from './candidate.ts';
import type { Looks } from './looks.ts';
import { type Changed, ReadsIndex } from './reads-index.ts';
import { inOrder, RuleState } from './rule-state.ts';
import type { Schedules } from './schedules.ts';
import type { Silences } from './silences.ts';
import { type Candidates, TopicIndex } from './topic-index.ts';
import type { TriggerMemory } from './trigger-memory.ts';

/** A trigger that listens to signals of one kind. */
export interface SignalEntry {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly source: SignalSource;
}

export interface RuleBookHouse {
  readonly schedules: Schedules;
  readonly memory: TriggerMemory;
  readonly looks: Looks;
  readonly silences: Silences;
  readonly breaker: BreakerLimits;
  readonly home: HomeView;
  /** The rows of a rule's `each` could not be made. */
  failed(rule: CompiledRule, at: Timestamp, error: unknown): void;
  /** Begins to keep what expressions will ask about. */
  watch(watched: CompiledRule['watched'], at: Timestamp): void;
}

export class RuleBook {
  readonly #house: RuleBookHouse;
  readonly #states = new Map<string, RuleState>();
  readonly #topics = new TopicIndex();
  readonly #conditions = new ReadsIndex<ConditionEntry>();
  readonly #signals = new Map<SignalSource['signal'], Set<SignalEntry>>();
  readonly #undo = new Map<RuleState, readonly Undo[]>();

  constructor(house: RuleBookHouse) {
    this.#house = house;
  }

  find(id: string): RuleState | undefined {
    return this.#states.get(id);
  }

  /** By priority, then id. */
  inOrder(): RuleState[] {
    return [...this.#states.values()].sort(inOrder);
  }

  match(topic: string): Candidates {
    return this.#topics.match(topic);
  }

  /** Triggers whose condition may be another one now. */
  reading(changed: Changed): readonly ConditionEntry[] {
    return this.#conditions.isEmpty ? [] : this.#conditions.match(changed);
  }

  /** Whether any trigger listens to a kind of signals. */
  isHeard(signal: SignalSource['signal']): boolean {
    return (this.#signals.get(signal)?.size ?? 0) > 0;
  }

  /** Triggers that listen to a kind of signals, in order of rules. */
  listening(signal: SignalSource['signal']): readonly SignalEntry[] {
    return [...(this.#signals.get(signal) ?? [])].sort((a, b) => inOrder(a.state, b.state));
  }

  /** Puts a version in force; runs of the one before go on, counters stay. */
  put(rule: CompiledRule, isEnabled: boolean, at: Timestamp): void {
    const known = this.#states.get(rule.id);
    if (known !== undefined) this.#disarm(known);
    const breaker = new Breaker(this.#house.breaker);
    const state = known ?? new RuleState(rule, isEnabled, breaker);
    state.rule = rule;
    state.triggers = this.#triggersOf(rule, at);
    state.enabled = isEnabled;
    state.breaker = breaker;
    this.#states.set(rule.id, state);
    this.#house.memory.keepOnly(rule.id, isEnabled ? state.triggers : []);
    if (!isEnabled) return;
    this.#house.watch(rule.watched, at);
    this.#arm(state, at);
  }

  /** Out of force until it is put again; what its triggers hold is kept. */
  suspend(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined) return;
    this.#disarm(state);
    this.#states.delete(id);
  }

  delete(id: string): void {
    const state = this.#states.get(id);
    if (state === undefined) return;
    this.#disarm(state);
    this.#house.memory.keepOnly(id, []);
    this.#states.delete(id);
  }

  /** Sets when the clock alone may change a condition next, after `at`. */
  armLook(entry: ConditionEntry, at: Timestamp): void {
    this.#house.looks.set(lookId(entry), { look: { kind: 'trigger', entry }, reads: entry.reads }, at);
  }

  /** All triggers that watch conditions. */
  *conditions(): Iterable<ConditionEntry> {
    for (const state of this.inOrder()) if (state.enabled) yield* conditionsOf(state);
  }

  /** Those of one rule; none while it is switched off. */
  *conditionsOf(id: string): Iterable<ConditionEntry> {
    const state = this.#states.get(id);
    if (state?.enabled === true) yield* conditionsOf(state);
  }

  /** An `each` that cannot be evaluated gives none; its rule says so. */
  #triggersOf(rule: CompiledRule, at: Timestamp): readonly Trigger[] {
    if (rule.triggersNow === undefined) return rule.triggers;
    try {
      return rule.triggersNow({ home: this.#house.home, at });
    } catch (error) {
      this.#house.failed(rule, at, error);
      return [];
    }
  }

  #arm(state: RuleState, at: Timestamp): void {
    this.#topics.add(state);
    const undo: Undo[] = [];
    for (const entry of conditionsOf(state)) {
      undo.push(this.#conditions.add(entry.reads, entry));
      this.armLook(entry, at);
      undo.push(() => this.#house.looks.delete(lookId(entry)));
    }
    for (const trigger of state.triggers) {
      const { source, enabled } = trigger;
      if (enabled && source.on === 'signal') undo.push(this.#listen({ state, trigger, source }));
      if (enabled && source.on === 'silence')
        undo.push(this.#house.silences.addTrigger({ state, trigger, source }));
      undo.push(this.#house.schedules.add(state, trigger, at));
    }
    this.#undo.set(state, undo);
  }

  #listen(entry: SignalEntry): Undo {
    const { signal } = entry.source;
    const entries = this.#signals.get(signal) ?? new Set();
    this.#signals.set(signal, entries.add(entry));
    return () => void entries.delete(entry);
  }

  #disarm(state: RuleState): void {
    this.#topics.delete(state);
    for (const undo of this.#undo.get(state) ?? []) undo();
    this.#undo.delete(state);
  }
}

function* conditionsOf(state: RuleState): Iterable<ConditionEntry> {
  for (const trigger of state.triggers) {
    const { source } = trigger;
    if (trigger.enabled && source.on === 'condition')
      yield { state, trigger, source, reads: readsOfCondition(source.condition) };
  }
}

function lookId({ state, trigger }: ConditionEntry): string {
  return `${state.rule.id}/${trigger.slot}`;
}
