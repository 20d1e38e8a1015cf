// What waiting branches make of a message or a signal: whose wait it ends, what is held from now on and what no more.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { Event } from '../compile/plan.ts';
import type { SignalInput } from '../input.ts';
import type { Signal, TopicEvent, WakeValues } from '../triggers/kind.ts';
import { enter, type Ready } from './advance.ts';
import { decide } from './decide.ts';
import { durationOf } from './duration.ts';
import { traceErrorOf } from './evaluate.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import type { Thread, ThreadWait } from './thread.ts';
import type { SignalWaiter, TopicWaiter, Waiter } from './waits.ts';
import { messageWake, packWake, signalWake, type Wake } from './wake.ts';

/** A branch whose wait is over, unless something before it in the same turn ended it. */
export interface WokenWait {
  readonly run: Run;
  readonly wait: ThreadWait | undefined;
  readonly from: Ready;
}

/** What one watch says to what came. */
type Verdict = { readonly wake: Wake | undefined } | 'nothing' | 'over';

export class Watching {
  readonly #runs: Runs;

  constructor(runs: Runs) {
    this.#runs = runs;
  }

  // hot: test/bench/engine.ts
  onMessage(event: TopicEvent): readonly WokenWait[] {
    const { waits } = this.#runs;
    const { topic, at } = event.input;
    const onTopic = waits.onTopic(topic);
    const reading = waits.reading(topic);
    if (onTopic.length === 0 && reading.length === 0) return [];
    return [
      ...onTopic.flatMap((waiter) => this.#judge(waiter, at, () => topicVerdict(waiter, event))),
      ...reading.flatMap((waiter) => this.look(waiter, at)),
    ];
  }

  onSignal(input: SignalInput): readonly WokenWait[] {
    const waiters = this.#runs.waits.onSignal(input.signal);
    return waiters.flatMap((waiter) => this.#judge(waiter, input.at, () => signalVerdict(waiter, input)));
  }

  /** A condition whose value may be another one now. */
  look(waiter: Waiter, at: Timestamp): readonly WokenWait[] {
    return this.#judge(waiter, at, () => conditionVerdict(waiter));
  }

  #judge(waiter: Waiter, at: Timestamp, verdictOf: () => Verdict): readonly WokenWait[] {
    const { run, thread, index } = waiter;
    if (thread.wait === undefined) return [];
    run.bindings.at = at;
    enter(thread, run);
    try {
      const verdict = verdictOf();
      if (verdict === 'nothing') return [];
      if (verdict === 'over') return this.#drop(waiter);
      const holdMs = holdOf(waiter);
      if (holdMs !== undefined) return this.#hold(waiter, { at, holdMs, wake: verdict.wake });
      return [woken(waiter, { by: 'watch', index, wake: verdict.wake, memory: thread.wait.memory })];
    } catch (error) {
      const { code, message } = traceErrorOf(error, '');
      return [woken(waiter, { by: 'error', code, message, memory: thread.wait.memory })];
    }
  }

  /** What is seen has to hold from now on; a condition that held already goes on holding. */
  #hold(
    { run, thread, index, watch }: Waiter,
    { at, holdMs, wake }: { at: Timestamp; holdMs: number; wake: Wake | undefined },
  ): readonly WokenWait[] {
    const { wait } = thread;
    const isHeld = wait?.held.some((held) => held.index === index) === true;
    if (wait === undefined || (isHeld && watch.kind === 'condition')) return [];
    const others = wait.held.filter((held) => held.index !== index);
    const held = { index, since: at, due: at + holdMs, ...(wake && { wake: packWake(wake) }) };
    this.#runs.rewait(run, thread, { ...wait, held: [...others, held] });
    return [];
  }

  #drop({ run, thread, index }: Waiter): readonly WokenWait[] {
    const { wait } = thread;
    if (wait?.held.some((held) => held.index === index) !== true) return [];
    this.#runs.rewait(run, thread, { ...wait, held: wait.held.filter((held) => held.index !== index) });
    return [];
  }
}

function woken({ run, thread }: { run: Run; thread: Thread }, event: Event): WokenWait {
  return { run, wait: thread.wait, from: { thread, event } };
}

function holdOf({ watch, run, thread }: Waiter): Duration | undefined {
  if (watch.kind === 'condition') return thread.wait?.holdMs;
  const hold = watch.kind === 'trigger' && 'hold' in watch.source ? watch.source.hold : undefined;
  return hold && durationOf(hold.for, 'for', { scope: run.bindings, record: undefined });
}

/** `when` sees what arrives at the root. */
function passes(waiter: TopicWaiter | SignalWaiter, wake: Wake): boolean {
  const { run, thread, watch } = waiter;
  const frame = { scope: run.bindings.arriving(wake), record: undefined };
  if (watch.kind === 'report') return watch.accepts(frame, thread.wait?.memory);
  const when = watch.kind === 'trigger' ? watch.when : undefined;
  return when === undefined || decide(when, frame) === 'pass';
}

function verdict(
  waiter: TopicWaiter | SignalWaiter,
  seen: { values: WakeValues | undefined; wakeOf(values: WakeValues): Wake; holdsOn(): boolean | undefined },
): Verdict {
  const { values, wakeOf, holdsOn } = seen;
  if (values === undefined) return holdsOn() === false ? 'over' : 'nothing';
  const wake = wakeOf(values);
  return passes(waiter, wake) ? { wake } : 'nothing';
}

function entryOf(waiter: Waiter): { index: number; verb: string; id: undefined } {
  return { index: waiter.index, verb: 'wait', id: undefined };
}

function topicVerdict(waiter: TopicWaiter, event: TopicEvent): Verdict {
  const { source, pattern } = waiter;
  if (source.on === 'silence') return 'nothing';
  return verdict(waiter, {
    values: source.accept(event),
    wakeOf: (values) => messageWake(event, { trigger: entryOf(waiter), pattern, values }),
    holdsOn: () => source.stillHolds?.(event),
  });
}

function signalVerdict(waiter: SignalWaiter, input: SignalInput): Verdict {
  const { source } = waiter;
  const signal: Signal = input;
  return verdict(waiter, {
    values: source.accept(signal),
    wakeOf: (values) => signalWake(input, entryOf(waiter), values),
    holdsOn: () => source.stillHolds?.(signal),
  });
}

function conditionVerdict({ run, watch }: Waiter): Verdict {
  const condition = watch.kind === 'condition' ? watch.condition : undefined;
  if (condition === undefined) return 'nothing';
  const isTrue = decide(condition, { scope: run.bindings, record: undefined }) === 'pass';
  return isTrue ? { wake: undefined } : 'over';
}
