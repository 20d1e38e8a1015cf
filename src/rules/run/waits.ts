// Branches of runs that wait for something else than time: by topic, by signal, by what their conditions read.
import { TopicTrie, type Undo } from '../../base/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { Watch } from '../compile/plan.ts';
import { type Reads, readsOfCondition } from '../compile/reads.ts';
import type { SignalSource, TopicSource } from '../triggers/kind.ts';
import type { Looks } from './looks.ts';
import { type Changed, ReadsIndex } from './reads-index.ts';
import type { Run } from './run.ts';
import { WaitSilence } from './silence-watch.ts';
import type { Silences } from './silences.ts';
import { type Thread, type ThreadWait, timerId } from './thread.ts';
import type { SignalWaiter, TopicWaiter, Waiter } from './waiter.ts';

/** Whatever does not come out of a store. */
const news: TopicSource = {
  on: 'topic',
  demand: { origin: undefined, isChange: false, at: undefined },
  patterns: [],
  accept: ({ input }) => (input.stored === true ? undefined : {}),
};

/** Runs in order of their beginning, branches and watches in order of the document. */
function inOrder<W extends Waiter>(waiters: Iterable<W>): readonly W[] {
  return [...waiters].sort(
    (a, b) =>
      (a.run.id < b.run.id ? -1 : a.run.id > b.run.id ? 1 : 0) ||
      a.thread.number - b.thread.number ||
      a.index - b.index,
  );
}

function mayHold(watch: Watch, { wait }: Thread): boolean {
  if (watch.kind === 'condition') return wait?.holdMs !== undefined;
  return watch.kind === 'trigger' && 'hold' in watch.source && watch.source.hold !== undefined;
}

function lookId({ run, thread, index }: Waiter): string {
  return `${timerId(run.id, thread.number)}:${index}`;
}

export interface WaitsHouse {
  readonly looks: Looks;
  readonly silences: Silences;
  /** What a branch waits for changed without ending. */
  rewait(waiter: Waiter, wait: ThreadWait): void;
}

export class Waits {
  readonly #looks: Looks;
  readonly #silences: Silences;
  readonly #rewait: WaitsHouse['rewait'];
  readonly #topics = new TopicTrie<TopicWaiter>();
  readonly #conditions = new ReadsIndex<Waiter>();
  readonly #signals = new Map<SignalSource['signal'], Set<SignalWaiter>>();
  readonly #undo = new Map<Thread, readonly Undo[]>();
  #holding = 0;

  constructor({ looks, silences, rewait }: WaitsHouse) {
    this.#looks = looks;
    this.#silences = silences;
    this.#rewait = rewait;
  }

  /** Watches that want something to hold for a time. */
  get holding(): number {
    return this.#holding;
  }

  /** From now on the watches of the instruction in which the branch waits count. */
  add(run: Run, thread: Thread): void {
    const watches = run.rule.plan.instructions[thread.pc]?.watches ?? [];
    if (watches.length === 0 || this.#undo.has(thread)) return;
    const undo = watches.flatMap((watch, index) => this.#add({ run, thread, index, watch }));
    const holding = watches.filter((watch) => mayHold(watch, thread)).length;
    this.#holding += holding;
    const letGo: Undo = () => {
      this.#holding -= holding;
    };
    this.#undo.set(thread, [...undo, letGo]);
  }

  delete(thread: Thread): void {
    for (const undo of this.#undo.get(thread) ?? []) undo();
    this.#undo.delete(thread);
  }

  // hot: test/bench/engine.ts
  onTopic(topic: string): readonly TopicWaiter[] {
    return this.#topics.size === 0 ? [] : inOrder(this.#topics.match(topic));
  }

  /** Conditions whose value may be another one now. */
  // hot: test/bench/engine.ts
  reading(changed: Changed): readonly Waiter[] {
    return this.#conditions.isEmpty ? [] : inOrder(this.#conditions.match(changed));
  }

  isHeard(signal: SignalSource['signal']): boolean {
    return (this.#signals.get(signal)?.size ?? 0) > 0;
  }

  onSignal(signal: SignalSource['signal']): readonly SignalWaiter[] {
    return inOrder(this.#signals.get(signal) ?? []);
  }

  #add(waiter: Waiter): readonly Undo[] {
    const { watch } = waiter;
    if (watch.kind === 'condition') return this.#addCondition(waiter, watch.condition);
    if (watch.kind === 'report') return this.#addReports(waiter);
    if (watch.kind === 'off') return [];
    const { source } = watch;
    switch (source.on) {
      case 'topic':
        return source.patterns.map((pattern) =>
          this.#topics.add(pattern.filter, { ...waiter, source, pattern }),
        );
      case 'silence':
        return [this.#silences.add(new WaitSilence(waiter, source, this.#rewait))];
      case 'signal':
        return [this.#addSignal({ ...waiter, source })];
      case 'condition':
        return this.#addCondition(waiter, source.condition);
      case 'schedule':
        return source.reads === undefined ? [] : [this.#conditions.add(source.reads, waiter)];
    }
  }

  #addReports(waiter: Waiter): readonly Undo[] {
    const topics = waiter.thread.wait?.topics ?? [];
    return topics.map((topic) => {
      const pattern = { text: topic, filter: topic, names: [] };
      return this.#topics.add(topic, { ...waiter, source: news, pattern });
    });
  }

  #addCondition(waiter: Waiter, condition: Condition): readonly Undo[] {
    const reads = readsOfCondition(condition);
    this.armLook(waiter, reads);
    return [this.#conditions.add(reads, waiter), () => this.#looks.delete(lookId(waiter))];
  }

  /** Sets when the clock alone may change what is waited for, after the reading that the run has now. */
  armLook(waiter: Waiter, reads: Reads): void {
    if (reads.clocks.length === 0) return;
    this.#looks.set(lookId(waiter), { look: { kind: 'wait', waiter }, reads }, waiter.run.bindings.at);
  }

  #addSignal(waiter: SignalWaiter): Undo {
    const { signal } = waiter.source;
    const waiters = this.#signals.get(signal) ?? new Set();
    this.#signals.set(signal, waiters.add(waiter));
    return () => void waiters.delete(waiter);
  }
}
