// The bare engine over inputs from a record or from thought, in virtual time: for backtest, dry run and explain. Nothing
// leaves it but what its sink is told, and nothing is asked but what its options answer.
import type { Timestamp } from '../../base/index.ts';
import type { Recollection, WantedPast } from '../../devices/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { CallEffect, Effect } from '../effect.ts';
import type { Answer, Unnumbered } from '../input.ts';
import type { CaptureRow, EngineSink, RunRow, TriggerRow } from '../ports.ts';
import type { BreakerLimits } from '../run/breaker.ts';
import { Engine } from '../run/engine.ts';
import { CountingIds } from './counting-ids.ts';
import { unkeptRows } from './memory-rows.ts';
import { type GivenState, type World, type WorldSettings, worldOf } from './world.ts';

/** A house at an instant, with what its rules waited for. */
export interface GivenWorld extends GivenState {
  readonly runs?: readonly RunRow[];
  readonly triggers?: readonly TriggerRow[];
  readonly captures?: readonly CaptureRow[];
}

export interface RuleInForce {
  readonly rule: CompiledRule;
  readonly enabled: boolean;
}

/** What the outside said, and when; not before the call. */
export interface TimedAnswer {
  readonly at: Timestamp;
  readonly answer: Answer;
}

export interface ReplayOptions {
  readonly at: Timestamp;
  readonly settings: WorldSettings;
  readonly given?: GivenWorld;
  readonly rules: readonly RuleInForce[];
  /** Other versions than those in force, for runs that wait on them and rules that are saved meanwhile. */
  findVersion?(rule: string, version: number): CompiledRule | undefined;
  readonly sink: EngineSink;
  /** The number of the first input. */
  readonly firstSeq?: number;
  readonly breaker?: BreakerLimits;
  /** See EngineOptions. */
  readonly tracesRefusals?: boolean;
  /** What work outside gave; undefined: nobody knows, and the action fails at once as `unknown-answer`. */
  answer?(call: CallEffect): TimedAnswer | undefined;
  /** What topics did before the replay; without it nothing is known of that. */
  recollect?(wanted: readonly WantedPast[]): readonly Recollection[];
}

interface DueAnswer extends TimedAnswer {
  readonly call: string;
}

const unknownAnswer: Answer = {
  ok: false,
  code: 'unknown-answer',
  message: 'what the outside would have answered is not known',
};

/** As a house has them that says nothing about it. */
const usualBreaker: BreakerLimits = { runs: 100, inMs: 10_000 };

export class Replay {
  readonly engine: Engine;
  readonly world: World;
  readonly #options: ReplayOptions;
  /** By time. */
  readonly #answers: DueAnswer[] = [];
  #now: Timestamp;

  constructor(options: ReplayOptions) {
    this.#options = options;
    const { at, settings, given = {}, rules, sink } = options;
    this.#now = at;
    this.world = worldOf(settings, unkeptRows, given);
    const { states, home, devices } = this.world;
    this.engine = new Engine({
      ...{ states, home, devices, variables: home.variables, rows: unkeptRows },
      ids: new CountingIds(),
      firstSeq: options.firstSeq ?? 1,
      breaker: options.breaker ?? usualBreaker,
      tracesRefusals: options.tracesRefusals ?? true,
      findVersion: (rule, version) => this.#version(rule, version),
      sink: listening(sink, (effect) => this.#effect(effect)),
    });
    for (const { rule, enabled } of rules) this.engine.book.put(rule, enabled, at);
    const { runs = [], triggers = [], captures = [] } = given;
    const times = { now: at, notBefore: at, stoppedAt: at };
    this.engine.restoring.putBack({ runs, triggers, captures }, times);
    this.#recollect();
  }

  get now(): Timestamp {
    return this.#now;
  }

  /** Time goes on: all that comes due up to `at` is decided, each at its own time. */
  advanceTo(at: Timestamp): void {
    for (let next = this.nextDue(); next !== undefined && next <= at; next = this.nextDue())
      this.#takeDue(next);
    if (at > this.#now) this.#now = at;
  }

  /** An input in its time: what comes due before it goes first. */
  // hot: test/bench/engine.ts
  feed(input: Unnumbered): void {
    this.advanceTo(input.at);
    this.decide(input);
  }

  /** An input as it stands in a record whose timers are inputs, too: nothing comes due by itself. */
  decide(input: Unnumbered): void {
    if (input.at > this.#now) this.#now = input.at;
    this.engine.decide(input);
    if (this.world.states.past.isWanting) this.#recollect();
  }

  /** When something comes due next. */
  nextDue(): Timestamp | undefined {
    const due = this.engine.due.peek()?.at;
    const answered = this.#answers[0]?.at;
    return due === undefined || (answered !== undefined && answered < due) ? answered : due;
  }

  #takeDue(due: Timestamp): void {
    if (due > this.#now) this.#now = due;
    const at = this.#now;
    const [first] = this.#answers;
    if (first !== undefined && first.at <= due) {
      this.#answers.shift();
      return this.decide({ kind: 'answer', at, call: first.call, answer: first.answer });
    }
    const input = this.engine.takeDue(at);
    if (input !== undefined) this.decide(input);
  }

  #effect(effect: Effect): void {
    if (effect.kind !== 'call') return;
    const { id: call, at: asked } = effect;
    const { at, answer } = this.#options.answer?.(effect) ?? { at: asked, answer: unknownAnswer };
    const index = this.#answers.findLastIndex((other) => other.at <= at);
    this.#answers.splice(index + 1, 0, { at, answer, call });
  }

  #version(id: string, version: number): CompiledRule | undefined {
    const inForce = this.#options.rules.find(({ rule }) => rule.id === id && rule.version === version);
    return inForce?.rule ?? this.#options.findVersion?.(id, version);
  }

  #recollect(): void {
    const { past } = this.world.states;
    while (past.isWanting) {
      const wanted = past.takeWanted();
      for (const one of this.#options.recollect?.(wanted) ?? [])
        this.engine.decide({ kind: 'recalled', at: this.#now, ...one });
    }
  }
}

/** The sink, with somebody who hears of effects first. */
function listening(sink: EngineSink, hear: (effect: Effect) => void): EngineSink {
  return {
    input: (input) => sink.input(input),
    stateKept: (state) => sink.stateKept(state),
    effect: (effect) => {
      hear(effect);
      sink.effect(effect);
    },
    trace: (trace) => sink.trace(trace),
    log: (rule, text) => sink.log(rule, text),
    switched: (rule, enabled, by) => sink.switched(rule, enabled, by),
    runChanged: (trace) => sink.runChanged(trace),
    timerChanged: (timer, isArmed) => sink.timerChanged(timer, isArmed),
  };
}
