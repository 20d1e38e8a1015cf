// What waiting branches make of a message or a signal: whose wait it ends, what is held from now on and what no more.
import type { Duration, Timestamp } from '../../base/index.ts';
import type { DeviceNews } from '../../devices/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { Event } from '../compile/plan.ts';
import { readsOfCondition } from '../compile/reads.ts';
import type { SignalInput } from '../input.ts';
import type { ScheduleSource, Signal, TopicEvent, WakeValues } from '../triggers/kind.ts';
import { enter, type Ready } from './advance.ts';
import { decide } from './decide.ts';
import { durationOf } from './duration.ts';
import { traceErrorOf } from './evaluate.ts';
import { findHeld, withHeld, withoutHeld } from './held.ts';
import type { Run } from './run.ts';
import type { Runs } from './runs.ts';
import type { Thread, ThreadWait } from './thread.ts';
import type { SignalWaiter, TopicWaiter, Waiter } from './waiter.ts';
import { messageWake, packWake, signalWake, type Wake } from './wake.ts';

/** A branch whose wait is over, unless something before it in the same turn ended it. */
export interface WokenWait {
  readonly run: Run;
  readonly wait: ThreadWait | undefined;
  readonly from: Ready;
}

/** What one watch says to what came; `holdsOn`: what it holds already goes on. */
type Verdict = { readonly wake: Wake | undefined; readonly holdsOn: boolean } | 'nothing' | 'over';

/** Whose waits one input ends; the first watch of a branch that does it counts. */
type Ended = Map<Thread, WokenWait>;

interface Look {
  readonly at: Timestamp;
  readonly ended: Ended;
  /** The topic or the name that came. */
  readonly about: string;
}

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
    const reading = waits.reading({ topic, devices: event.devices });
    if (onTopic.length === 0 && reading.length === 0) return nobody;
    const look: Look = { at, ended: new Map(), about: '' };
    for (const waiter of onTopic)
      this.#judge(waiter, { ...look, about: topic }, () => topicVerdict(waiter, event));
    for (const waiter of reading) this.#look(waiter, look);
    return [...look.ended.values()];
  }

  onSignal(input: SignalInput): readonly WokenWait[] {
    const look: Look = { at: input.at, ended: new Map(), about: input.name };
    for (const waiter of this.#runs.waits.onSignal(input.signal))
      this.#judge(waiter, look, () => signalVerdict(waiter, input));
    return [...look.ended.values()];
  }

  /** A topic that it listens to has fallen silent. */
  onSilence(waiter: Waiter, wake: Wake): readonly WokenWait[] {
    const look: Look = { at: wake.at, ended: new Map(), about: '' };
    this.#judge(waiter, look, () => (passes(waiter, wake) ? { wake, holdsOn: true } : 'nothing'));
    return [...look.ended.values()];
  }

  /** Devices changed, and not by a message. */
  onDevices(devices: readonly DeviceNews[], at: Timestamp): readonly WokenWait[] {
    return this.onClock(this.#runs.waits.reading({ devices }), at);
  }

  /** The clock may have changed what these wait for. */
  onClock(waiters: readonly Waiter[], at: Timestamp): readonly WokenWait[] {
    const look: Look = { at, ended: new Map(), about: '' };
    for (const waiter of waiters) this.#look(waiter, look);
    return [...look.ended.values()];
  }

  /** A condition whose value may be another one now. */
  #look(waiter: Waiter, look: Look): void {
    this.#judge(waiter, look, () => this.#conditionVerdict(waiter));
    const condition = conditionOf(waiter);
    if (condition !== undefined && waiter.thread.wait !== undefined)
      this.#runs.waits.armLook(waiter, readsOfCondition(condition));
  }

  #judge(waiter: Waiter, { at, ended, about }: Look, verdictOf: () => Verdict): void {
    const { run, thread, index } = waiter;
    if (thread.wait === undefined || ended.has(thread)) return;
    const { memory } = thread.wait;
    run.bindings.at = at;
    enter(thread, run);
    try {
      const verdict = verdictOf();
      if (verdict === 'nothing') return;
      if (verdict === 'over') return this.#drop(waiter, about);
      const holdMs = holdOf(waiter);
      if (holdMs !== undefined) return this.#hold(waiter, { at, holdMs, about, ...verdict });
      ended.set(thread, woken(waiter, { by: 'watch', index, wake: verdict.wake, memory }));
    } catch (error) {
      const { code, message } = traceErrorOf(error, '');
      ended.set(thread, woken(waiter, { by: 'error', code, message, memory }));
    }
  }

  /** What is seen has to hold from now on, unless it is held already and goes on. */
  #hold(
    { run, thread, index }: Waiter,
    seen: { at: Timestamp; holdMs: number; about: string; wake: Wake | undefined; holdsOn: boolean },
  ): void {
    const { at, holdMs, about, wake, holdsOn } = seen;
    const { wait } = thread;
    if (wait === undefined || (holdsOn && findHeld(wait, { index, about }) !== undefined)) return;
    const held = { index, about, since: at, due: at + holdMs, ...(wake && { wake: packWake(wake) }) };
    this.#runs.rewait(run, thread, withHeld(wait, held));
  }

  #drop({ run, thread, index }: Waiter, about: string): void {
    const { wait } = thread;
    if (wait === undefined || findHeld(wait, { index, about }) === undefined) return;
    this.#runs.rewait(run, thread, withoutHeld(wait, { index, about }));
  }

  #conditionVerdict(waiter: Waiter): Verdict {
    const { run, watch } = waiter;
    if (watch.kind === 'trigger' && watch.source.on === 'schedule')
      return this.#reschedule(waiter, watch.source);
    if (watch.kind !== 'condition') return this.#riseVerdict(waiter);
    const isTrue = decide(watch.condition, { scope: run.bindings, record: undefined }) === 'pass';
    return isTrue ? { wake: undefined, holdsOn: true } : 'over';
  }

  /** What an expression read for its time has news; a time that has come already stays. */
  #reschedule({ run, thread, index }: Waiter, source: ScheduleSource): Verdict {
    const { wait } = thread;
    const { at } = run.bindings;
    const place = { index, about: '' };
    const held = wait && findHeld(wait, place);
    if (wait === undefined || (held !== undefined && held.due <= at)) return 'nothing';
    const due = source.next(at, run.bindings);
    if (due === held?.due) return 'nothing';
    const others = withoutHeld(wait, place);
    const rescheduled = due === undefined ? others : withHeld(others, { ...place, since: at, due });
    this.#runs.rewait(run, thread, rescheduled);
    return 'nothing';
  }

  /** Of `becomes`: only a turn from not true to true counts. */
  #riseVerdict({ run, thread, index, watch }: Waiter): Verdict {
    const { wait } = thread;
    if (wait === undefined || watch.kind !== 'trigger' || watch.source.on !== 'condition') return 'nothing';
    const { condition, stays } = watch.source;
    const frame = { scope: run.bindings, record: undefined };
    const was = wait.last?.[index];
    const is = decide(was === true && stays !== undefined ? stays : condition, frame) === 'pass';
    if (is === was) return 'nothing';
    this.#runs.rewait(run, thread, { ...wait, last: { ...wait.last, [index]: is } });
    if (!is) return 'over';
    const isHeldFirst = watch.source.hold !== undefined || watch.when === undefined;
    const isWanted = was !== undefined && (isHeldFirst || decide(watch.when, frame) === 'pass');
    return isWanted ? { wake: undefined, holdsOn: false } : 'nothing';
  }
}

const nobody: readonly WokenWait[] = [];

function conditionOf({ watch }: Waiter): Condition | undefined {
  if (watch.kind === 'condition') return watch.condition;
  return watch.kind === 'trigger' && watch.source.on === 'condition' ? watch.source.condition : undefined;
}

function woken({ run, thread }: { run: Run; thread: Thread }, event: Event): WokenWait {
  return { run, wait: thread.wait, from: { thread, event } };
}

function holdOf({ watch, run, thread }: Waiter): Duration | undefined {
  if (watch.kind === 'condition') return thread.wait?.holdMs;
  const hold = watch.kind === 'trigger' && 'hold' in watch.source ? watch.source.hold : undefined;
  return hold && durationOf(hold.for, 'for', { scope: run.bindings, record: undefined });
}

/** `when` sees what arrives at the root; of what has to be held it is looked at when that is over. */
function passes(waiter: Waiter, wake: Wake): boolean {
  const { run, thread, watch } = waiter;
  if (watch.kind === 'trigger' && 'hold' in watch.source && watch.source.hold !== undefined) return true;
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
  const goesOn = holdsOn() ?? values !== undefined;
  if (values === undefined) return goesOn ? 'nothing' : 'over';
  const wake = wakeOf(values);
  return passes(waiter, wake) ? { wake, holdsOn: goesOn } : goesOn ? 'nothing' : 'over';
}

function entryOf(waiter: Waiter): { index: number; verb: string; id: undefined } {
  return { index: waiter.index, verb: 'wait', id: undefined };
}

function topicVerdict(waiter: TopicWaiter, event: TopicEvent): Verdict {
  const { source, pattern } = waiter;
  return verdict(waiter, {
    values: source.accept(event),
    wakeOf: (values) => messageWake(event, { trigger: entryOf(waiter), pattern, values }),
    holdsOn: () => source.stillHolds?.(event),
  });
}

function signalVerdict(waiter: SignalWaiter, input: SignalInput): Verdict {
  const { source } = waiter;
  const { home } = waiter.run.bindings;
  const signal: Signal = input;
  return verdict(waiter, {
    values: source.accept(signal, home),
    wakeOf: (values) => signalWake(input, entryOf(waiter), values),
    holdsOn: () => source.stillHolds?.(signal, home),
  });
}
