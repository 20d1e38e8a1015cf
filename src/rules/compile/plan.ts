// The flat plan: instructions with jumps, so that a run is a number and its variables, and can stop anywhere.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { Frame } from '../run/evaluate.ts';
import type { CompileContext } from './context.ts';

/** A place in the plan; known once the plan is complete. */
export interface Label {
  at: number;
}

/** What to do with a timer that came due while the process was down. */
export type Overdue = 'fire' | 'skip' | 'recheck' | { readonly withinMs: number };

/** What comes after an instruction; undefined: the next one. */
export type Next =
  | undefined
  | { readonly do: 'jump'; readonly to: Label }
  | { readonly do: 'wait'; readonly for: Duration; readonly overdue: Overdue | undefined }
  | {
      readonly do: 'end';
      readonly outcome: 'stopped' | 'failed';
      readonly reason: string;
      /** The run fails with the error that it has. */
      readonly keepsError?: boolean;
    };

/** A message that an action wants to publish. */
export interface Publish {
  readonly topic: string;
  readonly payload: unknown;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

/** What an instruction may do while it is executed. */
export interface Step {
  readonly frame: Frame;
  readonly at: Timestamp;
  setVariable(name: string, value: unknown): void;
  publish(message: Publish): void;
  log(text: string): void;
  /** A word on what happened, for the trace. */
  note(result: string): void;
}

/** `stop` ends the run as failed, `continue` goes on, a label is a handler's first instruction. */
export type ErrorPolicy = 'stop' | 'continue' | Label;

export interface Instruction {
  readonly path: string;
  readonly verb: string;
  readonly id: string | undefined;
  readonly onError: ErrorPolicy;
  /** Where a run goes on that leaves the whole action, not just this instruction of it. */
  readonly behind: Label;
  /** Synchronous; throws RunError. */
  execute(step: Step): Next;
}

export interface Plan {
  readonly instructions: readonly Instruction[];
  /** Where `finally` begins; its length when there is none. */
  readonly finallyAt: number;
}

/** Compiles one list of actions into a builder; injected so that kinds with blocks need not know the table. */
export type CompileActions = (list: unknown, path: string, builder: PlanBuilder) => void;

/** What the instructions of one entry of the document have in common. */
export type PlanEntry = Omit<Instruction, 'execute'>;

/** What an action kind gets: emit instructions for the entry at `path`, with labels for jumps. */
export class PlanBuilder {
  readonly context: CompileContext;
  readonly #instructions: Instruction[] = [];
  readonly #compileActions: CompileActions;
  readonly #later: (() => void)[] = [];
  #entry: PlanEntry = { path: '', verb: '', id: undefined, onError: 'stop', behind: { at: -1 } };
  #maySuspend = true;

  constructor(context: CompileContext, compileActions: CompileActions) {
    this.context = context;
    this.#compileActions = compileActions;
  }

  get instructions(): readonly Instruction[] {
    return this.#instructions;
  }

  /** Everything that `compile` emits belongs to this entry of the document; `behind` is marked after it. */
  entry(entry: PlanEntry, compile: () => void): void {
    const outer = this.#entry;
    this.#entry = entry;
    compile();
    this.mark(entry.behind);
    this.#entry = outer;
  }

  /** The entry that is being compiled; those inside it take over its error policy. */
  get outer(): PlanEntry {
    return this.#entry;
  }

  /** False in `finally`: a run that is ending does not wait. */
  get maySuspend(): boolean {
    return this.#maySuspend;
  }

  forbidSuspending(): void {
    this.#maySuspend = false;
  }

  emit(execute: (step: Step) => Next): void {
    this.#instructions.push({ ...this.#entry, execute });
  }

  label(): Label {
    return { at: -1 };
  }

  /** The next instruction emitted is where the label points. */
  mark(label: Label): void {
    label.at = this.#instructions.length;
  }

  jump(to: Label): void {
    this.#instructions.push({
      ...this.#entry,
      verb: 'jump',
      id: undefined,
      execute: () => ({ do: 'jump', to }),
    });
  }

  /** A nested list of actions, in place. */
  block(list: unknown, path: string): void {
    this.#compileActions(list, path, this);
  }

  /** Emits something out of line, after the main actions. */
  later(emit: () => void): void {
    this.#later.push(emit);
  }

  /** Emits what was put off, until nothing is left. */
  finish(): void {
    for (let emit = this.#later.shift(); emit; emit = this.#later.shift()) emit();
  }
}
