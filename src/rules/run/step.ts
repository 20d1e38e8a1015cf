// One instruction being executed: what it sees and may do, and what it did, for the trace.
import type { Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type {
  Call,
  CaptureShelf,
  Instruction,
  LocalName,
  Publish,
  Step,
  StepCommand,
} from '../compile/plan.ts';
import { shown, shownText } from '../trace/shown.ts';
import type { TraceEffect, TraceExpression, TraceStep } from '../trace/trace.ts';
import { type Frame, traceErrorOf } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Thread } from './thread.ts';
import { bareWake } from './wake.ts';

/** Being made. */
type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** Where the effects of a run go. */
export interface Effects {
  publish(run: Run, message: Publish): TraceEffect;
  emit(run: Run, event: string, data: unknown): TraceEffect;
  setVariable(run: Run, name: string, value: unknown): TraceEffect;
  command(run: Run, command: StepCommand): TraceEffect;
  /** Work outside; the effect's id is that of the call. */
  call(run: Run, call: Call): TraceEffect;
  log(run: Run, text: string): TraceEffect;
  /** What its rule captured, for its key. */
  capturesOf(run: Run): CaptureShelf;
}

export interface StepParts {
  readonly run: Run;
  readonly thread: Thread;
  readonly instruction: Instruction;
  readonly at: Timestamp;
  readonly effects: Effects;
}

export class RunStep implements Step {
  readonly frame: Frame;
  readonly at: Timestamp;
  readonly #run: Run;
  readonly #thread: Thread;
  readonly #instruction: Instruction;
  readonly #effects: Effects;
  #did: TraceEffect[] | undefined;
  #changed: Record<string, unknown> | undefined;
  #word: string | undefined;

  constructor({ run, thread, instruction, at, effects }: StepParts) {
    const record: TraceExpression[] | undefined = run.isThin ? undefined : [];
    this.frame = { scope: run.bindings, record };
    this.at = at;
    this.#run = run;
    this.#thread = thread;
    this.#instruction = instruction;
    this.#effects = effects;
  }

  get isShadow(): boolean {
    return this.#run.rule.isShadow;
  }

  get home(): HomeView {
    return this.#run.bindings.home;
  }

  get captures(): CaptureShelf {
    return this.#effects.capturesOf(this.#run);
  }

  get memory(): unknown {
    return this.#thread.memory[this.#instruction.path];
  }

  remember(value: unknown): void {
    this.#thread.memory[this.#instruction.path] = value;
  }

  frameOf(topic: string): Frame | undefined {
    const { bindings, wake } = this.#run;
    const last = this.home.last(topic);
    if (last === undefined) return undefined;
    const { value, by } = last;
    const seen = { ...bareWake(this.at, wake.seq), topic, data: value, origin: by.origin, by: by.id };
    return { scope: bindings.arriving(seen), record: this.frame.record };
  }

  setVariable(name: string, value: unknown): void {
    this.#run.bindings.set(name, value);
    this.#changed ??= {};
    this.#changed[name] = shown(value);
  }

  setLocal(name: LocalName, value: unknown): void {
    this.#thread.locals[name] = value;
    this.#run.bindings.set(name, value);
  }

  local(name: LocalName): unknown {
    return this.#thread.locals[name];
  }

  publish(message: Publish): void {
    this.#add(this.#effects.publish(this.#run, message));
  }

  emit(event: string, data: unknown): void {
    this.#add(this.#effects.emit(this.#run, event, data));
  }

  setHomeVariable(name: string, value: unknown): void {
    this.#add(this.#effects.setVariable(this.#run, name, value));
  }

  command(command: StepCommand): void {
    this.#add(this.#effects.command(this.#run, command));
  }

  /** Begins work outside; returns the call's id. */
  call(call: Call): string {
    const effect = this.#effects.call(this.#run, call);
    this.#add(effect);
    return effect.id;
  }

  log(text: string): void {
    this.#add(this.#effects.log(this.#run, text));
  }

  note(result: string): void {
    this.#word = shownText(result);
  }

  result(value: unknown): void {
    const { id } = this.#instruction;
    if (id !== undefined) this.#run.bindings.setResult(id, value);
  }

  /** Whether it did something that a trace must show although the instruction still waits. */
  get hasDone(): boolean {
    return this.#did !== undefined || this.#changed !== undefined;
  }

  // hot: test/bench/engine.ts
  /** Puts what was done into the trace of the run; `since` is when it began. */
  trace(since: Timestamp, error?: unknown): void {
    const { path, verb, id } = this.#instruction;
    if (verb === 'jump' || verb === 'end') return;
    const { record } = this.frame;
    // Spreading what is not there would take longer than all the rest.
    const step: Draft<TraceStep> = { path, verb, at: since, durationMs: this.at - since };
    if (this.#thread.number > 0) step.branch = this.#thread.number;
    if (id !== undefined) step.id = id;
    if (this.#word !== undefined) step.result = this.#word;
    if (record !== undefined && record.length > 0) step.expressions = record;
    if (this.#did !== undefined) step.effects = this.#did;
    if (this.#changed !== undefined) step.changed = this.#changed;
    if (error !== undefined) step.error = traceErrorOf(error, path);
    this.#run.addStep(step);
  }

  #add(effect: TraceEffect): void {
    this.#did ??= [];
    this.#did.push(effect);
  }
}
