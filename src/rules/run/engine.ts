// The engine: one synchronous function of (state, input). It reads no clock, no database and no socket; whoever drives
// it gives inputs with their time and takes what comes out of the sink. Live house, tests and replays drive the same one.
import { type Ids, messageOf, type Timestamp } from '../../base/index.ts';
import { encodePayload, Payload, type TopicStates } from '../../devices/index.ts';
import type { HomeView } from '../../expression/index.ts';
import type { Publish } from '../compile/plan.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type {
  ClientInput,
  CommandInput,
  Input,
  LifecycleInput,
  MessageInput,
  RuleInput,
  ScheduleInput,
  TimerInput,
  Unnumbered,
} from '../input.ts';
import type { EngineRows, EngineSink, RunRow } from '../ports.ts';
import { DueHeap } from '../schedule/due-heap.ts';
import { shown, shownText } from '../trace/shown.ts';
import type { Trace, TraceEffect } from '../trace/trace.ts';
import type { TopicEvent } from '../triggers/kind.ts';
import { Admission, type Admitted, type WakeUp } from './admission.ts';
import type { BreakerLimits } from './breaker.ts';
import type { Candidate } from './candidate.ts';
import type { ClientCandidate } from './client-index.ts';
import type { DueItem } from './due-item.ts';
import { RuleBook, type RuleBookOptions } from './rule-book.ts';
import type { RuleState } from './rule-state.ts';
import type { Run } from './run.ts';
import { Runs } from './runs.ts';
import { bareWake, clientWake, messageWake, triggerWake } from './wake.ts';

/** Rules between a message and the outside; one more is refused. */
export const maxDepth = 16;
/** Messages of rules that wait for the present one. */
const maxPending = 1000;
/** A schedule this much past its time is late and says so. */
const lateAfterMs = 1000;
/** A clock set back by less would let a schedule fire twice at once. */
const rescheduledAfterMs = 60_000;
/** A schedule later than this was missed (the machine slept), not late. */
const missedAfterMs = 60_000;

export interface EngineOptions {
  readonly states: TopicStates;
  /** What expressions see; it shows those states. */
  readonly home: HomeView;
  readonly rows: EngineRows;
  readonly sink: EngineSink;
  readonly ids: Ids;
  /** Any compiled version of a rule that runs may still need. */
  findVersion(rule: string, version: number): CompiledRule | undefined;
  /** The first number that inputs of this process get. */
  readonly firstSeq: number;
  readonly breaker: BreakerLimits;
}

/** What one input led to, beyond what the sink got. */
export interface Decision {
  /** Rows were written that effects must wait for. */
  readonly isDurable: boolean;
}

export class Engine {
  readonly due = new DueHeap<DueItem>();
  readonly book: RuleBook;
  readonly runs: Runs;
  readonly #options: EngineOptions;
  readonly #admission: Admission;
  readonly #pending: MessageInput[] = [];
  #seq: number;
  #droppedMessages = 0;
  #faults = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#seq = options.firstSeq;
    const trace = (trace: Trace, state: RuleState | undefined): void => this.#trace(trace, state);
    this.#admission = new Admission({ home: options.home, ids: options.ids, trace });
    const watch: RuleBookOptions['watch'] = (watched, at) => options.states.watch(watched, at);
    this.book = new RuleBook({ due: this.due, breaker: options.breaker, watch });
    this.runs = new Runs({
      rows: options.rows,
      ids: options.ids,
      due: this.due,
      stateOf: (rule) => this.book.find(rule),
      effects: {
        publish: (run, message) => this.#publish(run, message),
        log: (run, text) => this.#log(run, text),
      },
      recheck: (run, at) => this.#admission.recheck(run, at),
      ended: trace,
      changed: (trace) => options.sink.runChanged(trace),
    });
  }

  /** Messages of rules that were dropped because too many waited. */
  get droppedMessages(): number {
    return this.#droppedMessages;
  }

  /** Errors of the engine itself; each ended one wake-up or run, and nothing else. */
  get faults(): number {
    return this.#faults;
  }

  /** Puts back a run that waited when the last process ended; after its rules, before any input. */
  restore(row: RunRow, notBefore: Timestamp): void {
    const rule = this.#options.findVersion(row.rule, row.version);
    this.runs.restore(row, { rule, home: this.#options.home, notBefore });
  }

  /** Numbers an input, decides it and everything that follows from it. Never throws for what rules or payloads do. */
  decide(input: Unnumbered): Decision {
    this.runs.isDurable = false;
    this.#decideOne({ ...input, seq: this.#seq++ });
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) this.#decideOne(next);
    return { isDurable: this.runs.isDurable };
  }

  /** The next input that time itself gives at `now`, or undefined when nothing is due. */
  takeDue(now: Timestamp): Unnumbered | undefined {
    const due = this.due.take(now);
    if (due === undefined) return undefined;
    const { item } = due;
    if (item.kind === 'run') return { kind: 'timer', at: now, run: item.run };
    return { kind: 'schedule', at: now, rule: item.rule, trigger: item.trigger, due: due.at };
  }

  /** The wall clock was set back: what waits for a time keeps what is left of it, schedules follow the new clock. */
  setBack(byMs: number, now: Timestamp): void {
    this.runs.setBack(byMs);
    if (byMs > rescheduledAfterMs) this.book.armAll(now - 1); // what is due this instant is due
  }

  #decideOne(input: Input): void {
    this.#options.sink.input(input);
    try {
      this.#dispatch(input);
    } catch (error) {
      this.#fault('rule' in input ? input.rule : '', error);
    }
  }

  #dispatch(input: Input): void {
    switch (input.kind) {
      case 'message':
        return this.#message(input);
      case 'timer':
        return this.#timer(input);
      case 'schedule':
        return this.#schedule(input);
      case 'client':
        return this.#client(input);
      case 'startup':
      case 'shutdown':
        return this.#lifecycle(input);
      case 'command':
        return this.#command(input);
      case 'rule':
        return this.#rule(input);
    }
  }

  // hot: test/bench/engine.ts
  #message(input: MessageInput): void {
    const payload = new Payload(input.payload);
    const update = this.#options.states.update(input, payload);
    this.#options.sink.stateKept(update.state);
    const { all, index } = this.book.match(input.topic);
    if (all.length === 0) return;
    const event = { input, payload, update };
    const admitted: Admitted[] = [];
    // what comes out of a store wakes only some, and the index does not know whom
    const ruling = input.stored === true ? undefined : index;
    ruling?.look(event, this.#options.home);
    for (let position = 0; position < all.length; position++) {
      const candidate = all[position];
      if (candidate === undefined) continue;
      if (ruling?.rulesOut(position) === true && candidate.state.countFailed(input.at)) continue;
      const one = this.#admitMessage(candidate, event);
      if (one !== undefined) admitted.push(one);
    }
    for (const one of admitted) this.#begin(one, input.at);
  }

  #admitMessage(candidate: Candidate, event: TopicEvent): Admitted | undefined {
    const wakeUps: WakeUp[] = [];
    try {
      for (const { trigger, source, pattern } of candidate.entries) {
        const values = source.accept(event);
        if (values !== undefined)
          wakeUps.push({ wake: messageWake(event, { trigger, pattern, values }), when: trigger.when });
      }
      return wakeUps.length === 0 ? undefined : this.#admission.admit(candidate.state, wakeUps);
    } catch (error) {
      return this.#fault(candidate.state.rule.id, error);
    }
  }

  #timer(input: TimerInput): void {
    this.runs.resume(input.run, input.at, input.byHand === true);
  }

  #schedule(input: ScheduleInput): void {
    const state = this.book.find(input.rule);
    const trigger = state?.rule.triggers.find((each) => each.index === input.trigger);
    if (state === undefined || trigger === undefined || !state.enabled) return;
    this.book.arm(state, trigger, input.at);
    const late = input.at - input.due;
    const wake = { ...triggerWake(trigger, input), late: late > lateAfterMs ? late : undefined };
    if (late > missedAfterMs) return this.#admission.refuseUnseen(state, wake, 'missed');
    this.#begin(this.#admission.admit(state, [{ wake, when: trigger.when }]), input.at);
  }

  #client(input: ClientInput): void {
    const admitted: Admitted[] = [];
    for (const candidate of this.book.clients.candidates()) {
      const one = this.#admitClient(candidate, input);
      if (one !== undefined) admitted.push(one);
    }
    for (const one of admitted) this.#begin(one, input.at);
  }

  #admitClient({ state, entries }: ClientCandidate, input: ClientInput): Admitted | undefined {
    const wakeUps: WakeUp[] = [];
    for (const { trigger, source } of entries) {
      const values = source.accept(input);
      if (values !== undefined)
        wakeUps.push({ wake: clientWake(trigger, input, values), when: trigger.when });
    }
    try {
      return wakeUps.length === 0 ? undefined : this.#admission.admit(state, wakeUps);
    } catch (error) {
      return this.#fault(state.rule.id, error);
    }
  }

  #lifecycle(input: LifecycleInput): void {
    if (input.kind !== 'startup') return;
    for (const state of this.book.inOrder()) {
      this.runs.startQueues(state, input.at);
      if (!state.enabled) continue;
      const triggers = state.rule.triggers.filter((each) => each.enabled && each.source.on === 'startup');
      const wakeUps = triggers.map((trigger) => ({ wake: triggerWake(trigger, input), when: trigger.when }));
      this.#begin(this.#admission.admit(state, wakeUps), input.at);
    }
  }

  #command({ command, at, seq, by }: CommandInput): void {
    if (command.do === 'cancel') return this.runs.cancel(command.run, at, by);
    const state = this.book.find(command.rule);
    if (state === undefined) return;
    const wake = { ...bareWake(at, seq), data: command.payload, origin: 'api', by };
    const { run: id, skipConditions } = command;
    this.#begin(this.#admission.admit(state, [{ wake, when: undefined }], { id, skipConditions }), at, id);
  }

  #rule({ rule: id, version, change, enabled, at }: RuleInput): void {
    if (change === 'deleted' || !enabled)
      this.runs.cancelAll(id, at, change === 'deleted' ? 'deleted' : 'disabled');
    if (change === 'deleted') return this.book.delete(id);
    const rule = change === 'saved' ? this.#options.findVersion(id, version) : this.book.find(id)?.rule;
    if (rule !== undefined) this.book.put(rule, enabled, at);
  }

  #begin(admitted: Admitted | undefined, at: Timestamp, id?: string): void {
    if (admitted === undefined) return;
    try {
      this.runs.begin(admitted, at, id);
    } catch (error) {
      this.#fault(admitted.rule.id, error);
    }
  }

  /** What no rule and no payload should ever lead to ends where it happened, visibly. */
  #fault(rule: string, error: unknown): undefined {
    this.#faults++;
    this.#options.sink.log(rule, `internal error: ${messageOf(error)}`);
  }

  #publish(run: Run, message: Publish): TraceEffect {
    const { topic, qos, retain } = message;
    const id = this.#options.ids.next();
    const effect = { id, kind: 'publish' as const, topic, payload: shown(message.payload), qos, retain };
    const depth = run.wake.depth + 1;
    if (depth > maxDepth) return { ...effect, refused: 'depth' };
    if (this.#pending.length >= maxPending) {
      this.#droppedMessages++;
      return { ...effect, refused: 'queue-full' };
    }
    const payload = encodePayload(message.payload);
    const at = run.bindings.at;
    const rule = run.rule.id;
    this.#options.sink.effect({ kind: 'publish', id, rule, run: run.id, at, topic, payload, qos, retain });
    this.#pending.push({
      kind: 'message',
      seq: this.#seq++,
      at,
      topic,
      payload,
      qos,
      retain,
      origin: 'rule',
      by: rule,
      depth,
      cause: run.id,
    });
    return effect;
  }

  #log(run: Run, words: string): TraceEffect {
    const text = shownText(words);
    this.#options.sink.log(run.rule.id, text);
    return { id: this.#options.ids.next(), kind: 'log', text };
  }

  #trace(trace: Trace, state: RuleState | undefined): void {
    state?.remember(trace);
    this.#options.sink.trace(trace);
  }
}
