// The bare engine over inputs from a record or from thought, in virtual time: for backtest, dry run and explain. Nothing
// leaves it but what its sink is told, and nothing is asked but what its options answer.
import type { Timestamp } from '../../base/index.ts';
import type { Recollection, WantedPast } from '../../devices/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { CallEffect, Effect } from '../effect.ts';
import type { Answer, Input, RestoredInput, Unnumbered } from '../input.ts';
import type { CaptureRow, EngineSink, RunRow, TriggerRow } from '../ports.ts';
import type { BreakerLimits } from '../run/breaker.ts';
import { Engine } from '../run/engine.ts';
import { reconnectGraceMs } from '../run/restoring.ts';
import { CountingIds } from './counting-ids.ts';
import { keptRows, type WaitingRows, waitingRows } from './memory-rows.ts';
import { PendingAnswers, type TimedAnswer } from './pending-answers.ts';
import { listening } from './recording.ts';
import { type GivenState, leftOf, type World, type WorldSettings, worldOf } from './world.ts';

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
  readonly tracesFailing?: boolean;
  readonly tracesEach?: (at: Timestamp) => boolean;
  /** What work outside gave; undefined: nobody knows, and the action fails at once as `unknown-answer`. */
  answer?(call: CallEffect): TimedAnswer | undefined;
  /** What topics did before the replay; without it nothing is known of that. */
  recollect?(wanted: readonly WantedPast[]): readonly Recollection[];
}

const unknownAnswer: Answer = {
  ok: false,
  code: 'unknown-answer',
  message: 'what the outside would have answered is not known',
};

/** As a house has them that says nothing about it. */
const usualBreaker: BreakerLimits = { runs: 100, inMs: 10_000 };

export class Replay {
  readonly #options: ReplayOptions;
  /** What it would keep on a disk. */
  readonly #rows: WaitingRows;
  readonly #ids = new CountingIds();
  readonly #answers = new PendingAnswers();
  #engine: Engine;
  #world: World;
  #now: Timestamp;
  /** Between the end of the house and its next start time does not count. */
  #isDown = false;

  constructor(options: ReplayOptions) {
    this.#options = options;
    const { at, settings, given = {}, rules } = options;
    this.#now = at;
    this.#rows = waitingRows(given);
    this.#world = worldOf(settings, this.#rows, given);
    this.#engine = this.#makeEngine(options.firstSeq ?? 1);
    for (const { rule, enabled } of rules) this.#engine.book.put(rule, enabled, at);
    const times = { now: at, notBefore: at, stoppedAt: at };
    this.#engine.restoring.putBack(keptRows(this.#rows), times);
    this.#recollect();
  }

  get now(): Timestamp {
    return this.#now;
  }

  /** Another one after each restart. */
  get engine(): Engine {
    return this.#engine;
  }

  get world(): World {
    return this.#world;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  /** Time goes on: all that comes due up to `at` is decided, each at its own time. */
  advanceTo(at: Timestamp): void {
    if (!this.#isDown)
      for (let next = this.nextDue(); next !== undefined && next <= at; next = this.nextDue())
        this.#takeDue(next);
    if (at > this.#now) this.#now = at;
  }

  /** An input in its time: what comes due before it goes first. */
  // hot: test/bench/engine.ts
  feed(input: Unnumbered | Input): void {
    this.advanceTo(input.at);
    this.decide(input);
  }

  /** An input as it stands in a record whose timers are inputs, too: nothing comes due by itself. */
  decide(input: Unnumbered | Input): void {
    if (input.kind === 'restored') return this.#restart(input);
    if (input.at > this.#now) this.#now = input.at;
    if (input.kind === 'startup') this.#open(input.at);
    if ('seq' in input) this.#engine.skipTo(input.seq);
    this.#engine.decide(input);
    if (input.kind === 'shutdown') this.#isDown = true;
    if (this.#world.states.past.isWanting) this.#recollect();
  }

  /** When something comes due next. */
  nextDue(): Timestamp | undefined {
    const due = this.#engine.due.peek()?.at;
    const answered = this.#answers.nextAt;
    return due === undefined || (answered !== undefined && answered < due) ? answered : due;
  }

  #takeDue(due: Timestamp): void {
    if (due > this.#now) this.#now = due;
    const at = this.#now;
    const { nextAt } = this.#answers;
    const isAnswered = nextAt !== undefined && nextAt <= due;
    const input = isAnswered ? this.#answers.take(at) : this.#engine.takeDue(at);
    if (input !== undefined) this.decide(input);
  }

  /** The house has ended, and another one begins with what it kept; its time counts from `startup` on. */
  #restart({ at, stoppedAt }: Unnumbered<RestoredInput>): void {
    this.advanceTo(Math.min(stoppedAt, at));
    if (at > this.#now) this.#now = at;
    this.#isDown = true;
    const { engine: ended, world } = this;
    const { settings, given: { secrets = [] } = {} } = this.#options;
    const left = leftOf({ ...world, variables: world.home.variables });
    this.#world = worldOf(settings, this.#rows, { ...left, secrets });
    this.#engine = this.#makeEngine(ended.nextSeq);
    for (const { rule, enabled, counters } of ended.book.inOrder()) {
      this.#engine.book.put(rule, enabled, at);
      Object.assign(this.#engine.book.find(rule.id)?.counters ?? {}, counters);
    }
    this.#world.states.past.takeOver(world.states.past, [stoppedAt, at]);
    this.#engine.restore(keptRows(this.#rows), { now: at, notBefore: at + reconnectGraceMs, stoppedAt });
    this.#recollect();
  }

  /** Its listeners are open. */
  #open(at: Timestamp): void {
    if (!this.#isDown) return;
    this.#isDown = false;
    this.#engine.restoring.opened(at + reconnectGraceMs);
    this.#answers.putOff(at, at + reconnectGraceMs);
  }

  #makeEngine(firstSeq: number): Engine {
    const { sink, breaker = usualBreaker, tracesRefusals = true, tracesFailing, tracesEach } = this.#options;
    const { states, home, devices } = this.#world;
    return new Engine({
      ...{ states, home, devices, variables: home.variables, rows: this.#rows },
      ...{ ids: this.#ids, firstSeq, breaker, tracesRefusals, tracesFailing, tracesEach },
      findVersion: (rule, version) => this.#version(rule, version),
      sink: listening(sink, (effect) => this.#effect(effect)),
    });
  }

  #effect(effect: Effect): void {
    if (effect.kind !== 'call') return;
    const { at } = effect;
    this.#answers.add(effect, this.#options.answer?.(effect) ?? { at, answer: unknownAnswer });
  }

  #version(id: string, version: number): CompiledRule | undefined {
    const inForce = this.#options.rules.find(({ rule }) => rule.id === id && rule.version === version);
    return inForce?.rule ?? this.#options.findVersion?.(id, version);
  }

  #recollect(): void {
    const { past } = this.#world.states;
    while (past.isWanting) {
      const wanted = past.takeWanted();
      for (const one of this.#options.recollect?.(wanted) ?? [])
        this.#engine.decide({ kind: 'recalled', at: this.#now, ...one });
    }
  }
}
