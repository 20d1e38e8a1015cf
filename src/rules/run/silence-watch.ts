// Who waits for topics to fall silent: a trigger, which remembers over restarts what it has told, or a branch of a run.
import { z } from 'zod';
import type { Duration, Timestamp } from '../../base/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { SilenceSource, Trigger } from '../triggers/kind.ts';
import { Bindings } from './bindings.ts';
import { durationOf } from './duration.ts';
import type { Outage } from './outage.ts';
import type { RuleState } from './rule-state.ts';
import { type ThreadWait, timerId } from './thread.ts';
import type { TriggerMemory } from './trigger-memory.ts';
import type { Waiter } from './waiter.ts';
import { triggerWake, type Wake, type WakeBy } from './wake.ts';

/** Since when somebody listens, and when the house was down meanwhile. */
export interface Listened {
  readonly from: Timestamp;
  readonly outages: readonly Outage[];
}

export interface SilenceWatch {
  /** Of its looks; no other watch has it. */
  readonly id: string;
  readonly source: SilenceSource;
  readonly by: WakeBy;
  readonly owner:
    | { readonly kind: 'trigger'; readonly state: RuleState; readonly trigger: Trigger }
    | { readonly kind: 'wait'; readonly waiter: Waiter };
  /** Undefined: it could not be computed, and was told. */
  forMs(at: Timestamp): Duration | undefined;
  /** Undefined: nobody listened before. */
  load(): Listened | undefined;
  keep(listened: Listened): void;
  /** Whether the silence of a topic was told already. */
  isTold(topic: string): boolean;
  told(topic: string): void;
  /** The topic spoke again. */
  spoke(topic: string): void;
}

/** What is known of one topic. */
export interface Heard {
  spoke: Timestamp;
  /** It has a look; one without is silent already. */
  isArmed: boolean;
}

/** One who listens; hears nothing until it has begun. */
export interface SilenceListener {
  readonly watch: SilenceWatch;
  readonly topics: Map<string, Heard>;
  forMs: Duration | undefined;
  listened: Listened;
}

export interface SilenceLook {
  readonly listener: SilenceListener;
  readonly topic: string;
}

export interface TriggerSilenceHouse {
  readonly memory: TriggerMemory;
  readonly home: HomeView;
  /** The time of silence could not be computed. */
  failed(state: RuleState, wake: Wake, error: unknown): void;
}

export interface SilenceEntry {
  readonly state: RuleState;
  readonly trigger: Trigger;
  readonly source: SilenceSource;
}

const listenedShape = z.object({
  from: z.number(),
  outages: z.array(z.tuple([z.number(), z.number()]).readonly()),
});

export class TriggerSilence implements SilenceWatch {
  readonly id: string;
  readonly source: SilenceSource;
  readonly by: WakeBy;
  readonly owner: SilenceWatch['owner'];
  readonly #house: TriggerSilenceHouse;
  readonly #state: RuleState;
  readonly #trigger: Trigger;

  constructor({ state, trigger, source }: SilenceEntry, house: TriggerSilenceHouse) {
    this.id = `${state.rule.id}/${trigger.slot}`;
    this.source = source;
    this.by = trigger;
    this.owner = { kind: 'trigger', state, trigger };
    this.#house = house;
    this.#state = state;
    this.#trigger = trigger;
  }

  forMs(at: Timestamp): Duration | undefined {
    const { home, failed } = this.#house;
    const wake = triggerWake(this.#trigger, { at, seq: 0 });
    try {
      const scope = new Bindings(this.#state.rule, wake, home);
      return durationOf(this.source.for, `${this.#trigger.path}.for`, { scope, record: undefined });
    } catch (error) {
      failed(this.#state, wake, error);
      return undefined;
    }
  }

  load(): Listened | undefined {
    return listenedShape.safeParse(this.#house.memory.last(this.#rule, this.#trigger)).data;
  }

  keep(listened: Listened): void {
    this.#house.memory.keep(this.#rule, this.#trigger, listened);
  }

  isTold(topic: string): boolean {
    return this.#house.memory.isKeptAbout(this.#rule, this.#trigger, topic);
  }

  told(topic: string): void {
    this.#house.memory.keepAbout(this.#rule, this.#trigger, topic);
  }

  spoke(topic: string): void {
    this.#house.memory.forgetAbout(this.#rule, this.#trigger, topic);
  }

  get #rule(): string {
    return this.#state.rule.id;
  }
}

/** Ends with its wait, so there is nothing to remember but outages. */
export class WaitSilence implements SilenceWatch {
  readonly id: string;
  readonly source: SilenceSource;
  readonly by: WakeBy;
  readonly owner: SilenceWatch['owner'];
  readonly #waiter: Waiter;
  readonly #rewait: (waiter: Waiter, wait: ThreadWait) => void;

  constructor(waiter: Waiter, source: SilenceSource, rewait: (waiter: Waiter, wait: ThreadWait) => void) {
    const { run, thread, index } = waiter;
    this.id = `${timerId(run.id, thread.number)}:${index}`;
    this.source = source;
    this.by = { index, verb: 'wait', id: undefined };
    this.owner = { kind: 'wait', waiter };
    this.#waiter = waiter;
    this.#rewait = rewait;
  }

  forMs(): Duration | undefined {
    const { thread, index } = this.#waiter;
    return thread.wait?.silences?.[index];
  }

  load(): Listened | undefined {
    const { wait } = this.#waiter.thread;
    return wait && { from: wait.since, outages: wait.outages ?? [] };
  }

  keep({ outages }: Listened): void {
    const { wait } = this.#waiter.thread;
    if (wait !== undefined && outages.length > 0) this.#rewait(this.#waiter, { ...wait, outages });
  }

  isTold(): boolean {
    return false;
  }

  told(): void {
    // the wait is over, or its `when` failed; then the topic has to speak first
  }

  spoke(): void {
    // nothing was told
  }
}
