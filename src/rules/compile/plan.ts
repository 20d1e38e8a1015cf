// The flat plan: instructions with jumps, so that a run is a number and its variables, and can stop anywhere.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { CommandedWish, HomeView } from '../../expression/index.ts';
import type { Overdue } from '../model/overdue.ts';
import type { Frame } from '../run/evaluate.ts';
import type { Wake } from '../run/wake.ts';
import type { TraceError } from '../trace/trace.ts';
import type { TriggerSource } from '../triggers/kind.ts';
import type { Condition } from './condition.ts';
import type { CompileContext } from './context.ts';

/** A place in the plan; known once the plan is complete. */
export interface Label {
  at: number;
}

/** What comes after an instruction; undefined: the next one. */
export type Next =
  | undefined
  | { readonly do: 'jump'; readonly to: Label }
  | ({ readonly do: 'suspend' } & Suspension)
  /** Branches that go on by themselves; this one goes on behind when all have come to their `join`. */
  | { readonly do: 'fork'; readonly branches: readonly Label[] }
  | { readonly do: 'join' }
  | {
      readonly do: 'end';
      readonly outcome: 'stopped' | 'failed' | 'timed-out';
      readonly reason: string;
      readonly result?: unknown;
      /** The run fails with the error that it has. */
      readonly keepsError?: boolean;
    };

/** A wait. What may end it besides its time stands in the instruction's `watches`. */
export interface Suspension {
  /** How long at the most; left out: until something else ends it. */
  readonly for?: Duration;
  readonly overdue?: Overdue | undefined;
  /** For how long what ends the wait must hold without a break. */
  readonly hold?: Duration;
  /** The watch whose condition holds already, and has to for that long. */
  readonly held?: number;
  /** Kept with the cursor and given back by the event: plain JSON. */
  readonly memory?: unknown;
  /** Topics whose messages are shown to the watches of kind `report`. */
  readonly topics?: readonly string[];
  /** Something outside that is to be done; its answer ends the wait. */
  readonly call?: Call;
}

/** Work outside of the engine that takes time: begun after the commit of the wait for it. */
export interface Call {
  /** Who does it: `http`, `notify`, `plugin`, `flow`, `run`. */
  readonly service: string;
  /** Plain JSON, as the service wants it. */
  readonly request: unknown;
  /** The same for people, when it holds a secret. */
  readonly shown?: unknown;
  /** May be begun again after a crash in between. */
  readonly isIdempotent: boolean;
}

/** What ended a wait. */
export type Event =
  /** Its time is over. */
  | { readonly by: 'time'; readonly memory: unknown }
  /** One of its watches saw what it wanted; `wake` is what it saw, missing for a condition. */
  | {
      readonly by: 'watch';
      readonly index: number;
      readonly wake: Wake | undefined;
      readonly memory: unknown;
    }
  /** The call is answered. */
  | { readonly by: 'answer'; readonly value: unknown; readonly memory: unknown }
  /** The call could not be done. */
  | { readonly by: 'error'; readonly code: string; readonly message: string; readonly memory: unknown }
  /** All branches have come back; `error` is that of the first that failed. */
  | { readonly by: 'branches'; readonly error: TraceError | undefined; readonly memory: unknown };

/** What can end a wait: a trigger entry, or a condition that has come true. */
export type Watch =
  | { readonly kind: 'trigger'; readonly source: TriggerSource; readonly when: Condition | undefined }
  | { readonly kind: 'condition'; readonly condition: Condition }
  /** Switched off in the document. */
  | { readonly kind: 'off' }
  /** A message on one of the topics that the wait names. `frame` sees it at the root; `memory` is that of the wait. */
  | { readonly kind: 'report'; accepts(frame: Frame, memory: unknown): boolean };

/** A message that an action wants to publish. */
export interface Publish {
  readonly topic: string;
  readonly payload: unknown;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** Seconds until it is worthless. */
  readonly expiry?: number;
  readonly properties?: Readonly<Record<string, string>>;
  /** Of a command to a device. */
  readonly wish?: CommandedWish;
}

/** Bindings that belong to one branch of a run, not to the whole. */
export type LocalName = (typeof localNames)[number];

export const localNames = ['wait', 'http', 'flow', 'run', 'repeat', 'error'] as const;

/** How a device was when it was captured. */
export interface CapturedDevice {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a rule captured and has not restored, for the key of the run. */
export interface CaptureShelf {
  find(name: string): readonly CapturedDevice[] | undefined;
  /** Throws RunError when too much is held. */
  put(name: string, devices: readonly CapturedDevice[]): void;
  delete(name: string): void;
}

/** What an instruction may do while it is executed. */
export interface Step {
  readonly frame: Frame;
  readonly at: Timestamp;
  readonly home: HomeView;
  /** What it wants done is done by nobody. */
  readonly isShadow: boolean;
  readonly captures: CaptureShelf;
  /** What an instruction of this entry remembered with `remember`; plain JSON, kept with the cursor. */
  readonly memory: unknown;
  remember(value: unknown): void;
  /** Sees the latest value of a topic at the root, as if it came now; undefined when the topic never spoke. */
  frameOf(topic: string): Frame | undefined;
  setVariable(name: string, value: unknown): void;
  setLocal(name: LocalName, value: unknown): void;
  local(name: LocalName): unknown;
  publish(message: Publish): void;
  /** Wakes `event` triggers. */
  emit(event: string, data: unknown): void;
  /** Sets a persistent variable; null deletes it. */
  setHomeVariable(name: string, value: unknown): void;
  /** Starts or switches another rule. */
  command(command: StepCommand): void;
  log(text: string): void;
  /** A word on what happened, for the trace. */
  note(result: string): void;
  /** The result of the action, `steps.ID` for those behind it. */
  result(value: unknown): void;
}

/** What a rule may want of another rule. */
export type StepCommand =
  | {
      readonly do: 'run';
      readonly rule: string;
      readonly payload: unknown;
      /** The call that the end of the run answers. */
      readonly answers?: string;
    }
  | { readonly do: 'enable' | 'disable'; readonly rule: string };

/** `stop` ends the run as failed, `continue` goes on, a label is a handler's first instruction. */
export type ErrorPolicy = 'stop' | 'continue' | Label;

export interface Instruction {
  readonly path: string;
  readonly verb: string;
  readonly id: string | undefined;
  readonly onError: ErrorPolicy;
  /** Where a run goes on that leaves the whole action, not just this instruction of it. */
  readonly behind: Label;
  /** Which of the instructions of its entry; with `path` its name in rows, whatever stands before it. */
  readonly ordinal: number;
  /** Synchronous; throws RunError. */
  execute(step: Step): Next;
  /** What may end a wait here. */
  readonly watches: readonly Watch[];
  /** After a wait. Left out: the next instruction; a call that failed is an error then. */
  readonly resume: ((step: Step, event: Event) => Next) | undefined;
}

/** For an instruction that may wait. */
export interface Waiting {
  readonly watches?: readonly Watch[];
  resume?(step: Step, event: Event): Next;
}

export interface Plan {
  readonly instructions: readonly Instruction[];
  /** Where `finally` begins; its length when there is none. */
  readonly finallyAt: number;
}

/** Compiles one list of actions into a builder; injected so that kinds with blocks need not know the table. */
export type CompileActions = (list: unknown, path: string, builder: PlanBuilder) => void;

/** What the instructions of one entry of the document have in common. */
export type PlanEntry = Omit<Instruction, 'execute' | 'ordinal' | 'watches' | 'resume'>;

/** What an action kind gets: emit instructions for the entry at `path`, with labels for jumps. */
export class PlanBuilder {
  readonly context: CompileContext;
  readonly #instructions: Instruction[] = [];
  readonly #compileActions: CompileActions;
  readonly #later: (() => void)[] = [];
  readonly #ordinals = new Map<string, number>();
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

  emit(execute: (step: Step) => Next, waiting: Waiting = {}): void {
    this.#push(this.#entry, execute, waiting);
  }

  label(): Label {
    return { at: -1 };
  }

  /** The next instruction emitted is where the label points. */
  mark(label: Label): void {
    label.at = this.#instructions.length;
  }

  jump(to: Label): void {
    this.#push({ ...this.#entry, verb: 'jump', id: undefined }, () => ({ do: 'jump', to }), {});
  }

  /** A nested list of actions, in place. */
  block(list: unknown, path: string): void {
    this.#compileActions(list, path, this);
  }

  /** A nested list of actions that a branch of its own does: its errors end the branch, not the run. */
  branch(list: unknown, path: string): void {
    this.entry({ ...this.#entry, onError: 'stop', behind: this.label() }, () => {
      this.#compileActions(list, path, this);
      this.#push({ ...this.#entry, verb: 'jump', id: undefined }, () => ({ do: 'join' }), {});
    });
  }

  /** Emits something out of line, after the main actions. */
  later(emit: () => void): void {
    this.#later.push(emit);
  }

  #push(entry: PlanEntry, execute: (step: Step) => Next, { watches = [], resume }: Waiting): void {
    const ordinal = this.#ordinals.get(entry.path) ?? 0;
    this.#ordinals.set(entry.path, ordinal + 1);
    this.#instructions.push({ ...entry, ordinal, execute, watches, resume });
  }

  /** Emits what was put off, until nothing is left. */
  finish(): void {
    for (let emit = this.#later.shift(); emit; emit = this.#later.shift()) emit();
  }
}
