// The engine: one synchronous function of (state, input). It reads no clock, no database and no socket; whoever drives
// it gives inputs with their time and takes what comes out of the sink. Live house, tests and replays drive the same one.
import { messageOf, type Timestamp } from '../../base/index.ts';
import { type DeviceNews, Payload } from '../../devices/index.ts';
import type {
  CommandInput,
  Input,
  LifecycleInput,
  MessageInput,
  RecalledInput,
  SignalInput,
  Unnumbered,
} from '../input.ts';
import { DueHeap } from '../schedule/due-heap.ts';
import { Admission, type Admitted } from './admission.ts';
import { Captures } from './captures.ts';
import { Commands } from './commands.ts';
import type { DueItem } from './due-item.ts';
import { Endings } from './endings.ts';
import type { Decision, EngineOptions } from './engine-options.ts';
import { RunError } from './evaluate.ts';
import { HouseCommands } from './house-commands.ts';
import { Looks } from './looks.ts';
import { Outlet } from './outlet.ts';
import { type PresentRule, presentRule } from './present-rule.ts';
import { type KeptRows, Restoring } from './restoring.ts';
import { RuleBook } from './rule-book.ts';
import type { RuleState } from './rule-state.ts';
import { type BeginOptions, Runs, type RunsHouse } from './runs.ts';
import { Schedules } from './schedules.ts';
import { Silences } from './silences.ts';
import { Times } from './times.ts';
import { type RestoreTimes, TriggerMemory } from './trigger-memory.ts';
import { TriggerWatch } from './trigger-watch.ts';
import { triggerWake, type Wake } from './wake.ts';
import { Waking } from './waking.ts';
import { Watching, type WokenWait } from './watching.ts';
import { byRow, grouped, type Woken } from './woken.ts';

export class Engine {
  readonly due = new DueHeap<DueItem>((...change) => this.#options.sink.timerChanged(...change));
  readonly book: RuleBook;
  readonly runs: Runs;
  readonly memory: TriggerMemory;
  /** For what the last process left waiting. */
  readonly restoring: Restoring;
  readonly #captures: Captures;
  readonly #options: EngineOptions;
  readonly #admission: Admission;
  readonly #outlet: Outlet;
  readonly #triggers: TriggerWatch;
  readonly #waking: Waking;
  readonly #watching: Watching;
  readonly #schedules: Schedules;
  readonly #looks: Looks;
  readonly silences: Silences;
  readonly #endings: Endings;
  readonly #commands: Commands;
  readonly #house: HouseCommands;
  readonly #times: Times;
  #seq: number;
  /** The number of the present input. */
  #deciding: number;
  #faults = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#seq = options.firstSeq;
    this.#deciding = options.firstSeq;
    const { home, ids, sink, rows, tracesRefusals = true, tracesFailing, tracesEach } = options;
    const ended: RunsHouse['ended'] = (trace, state, depth) => this.#endings.take(trace, state, depth);
    const failed = (state: RuleState, wake: Wake, error: unknown): void =>
      this.#failTrigger(state, wake, error);
    this.#captures = new Captures(rows.captures);
    this.#outlet = this.#makeOutlet();
    this.#house = new HouseCommands({ ...options, outlet: this.#outlet, devices: options.devices });
    this.#admission = new Admission({ home, ids, trace: ended, tracesRefusals, tracesFailing, tracesEach });
    this.memory = new TriggerMemory(rows.triggers, this.due);
    this.#looks = new Looks(this.due, home);
    this.silences = new Silences({ looks: this.#looks, memory: this.memory, home, failed });
    const log = (rule: string, text: string): void => sink.log(rule, text);
    this.#schedules = new Schedules({ due: this.due, home, memory: this.memory, failed, log });
    this.book = this.#makeBook();
    this.#triggers = new TriggerWatch(this.memory, home);
    this.#waking = new Waking({ book: this.book, triggers: this.#triggers, home, failed });
    this.runs = new Runs({
      rows,
      ids,
      due: this.due,
      looks: this.#looks,
      silences: this.silences,
      effectsOf: (run) => this.#outlet.effectsOf(run),
      stateOf: (rule) => this.book.find(rule),
      recheck: (run, at) => this.#admission.recheck(run, at),
      ended,
      changed: (trace) => sink.runChanged(trace),
    });
    this.#watching = new Watching(this.runs);
    this.#endings = new Endings({ sink, outlet: this.#outlet, book: this.book, waits: this.runs.waits });
    const house = {
      rows,
      due: this.due,
      home,
      sink,
      book: this.book,
      runs: this.runs,
      memory: this.memory,
      captures: this.#captures,
      schedules: this.#schedules,
      silences: this.silences,
      endings: this.#endings,
      findVersion: options.findVersion,
    };
    this.restoring = new Restoring(house);
    this.#times = this.#makeTimes();
    this.#commands = new Commands({
      house: this.#house,
      ...house,
      admission: this.#admission,
      waking: this.#waking,
      begin: (admitted, at, how) => this.#begin(admitted, at, how),
      wake: (woken, at) => this.#wake(woken, at),
      devicesChanged: (devices, input) => this.#devicesChanged(devices, input),
    });
  }

  #makeTimes(): Times {
    return new Times({
      book: this.book,
      runs: this.runs,
      memory: this.memory,
      schedules: this.#schedules,
      silences: this.silences,
      looks: this.#looks,
      triggers: this.#triggers,
      admission: this.#admission,
      waking: this.#waking,
      watching: this.#watching,
      admitAll: (woken) => this.#admitAll(woken),
      goOn: (woken, at) => this.#goOn(woken, at),
      begin: (admitted, at) => this.#begin(admitted, at),
    });
  }

  #makeOutlet(): Outlet {
    const { ids, sink, variables } = this.#options;
    return new Outlet({
      ids,
      sink,
      variables,
      captures: this.#captures,
      takeSeq: () => this.#seq++,
      hasRule: (rule) => this.book.find(rule) !== undefined,
    });
  }

  #makeBook(): RuleBook {
    const { breaker, home, sink, states } = this.#options;
    return new RuleBook({
      schedules: this.#schedules,
      looks: this.#looks,
      silences: this.silences,
      memory: this.memory,
      breaker,
      home,
      watch: (watched, at) => states.watch(watched, { at, seq: this.#deciding }),
      failed: (rule, _at, error) => sink.log(rule.id, `each: ${messageOf(error)}`),
    });
  }

  /** Inputs of rules that were dropped because too many waited. */
  get droppedMessages(): number {
    return this.#outlet.dropped;
  }

  /** Errors of the engine itself; each ended one wake-up or run, and nothing else. */
  get faults(): number {
    return this.#faults;
  }

  /** Whether it would matter for how long the house is down. */
  get isListening(): boolean {
    return this.memory.size + this.silences.size + this.runs.waits.holding > 0;
  }

  /** Numbers an input, decides it and everything that follows from it. Never throws for what rules or payloads do. */
  decide(input: Unnumbered): Decision {
    this.runs.isDurable = false;
    this.memory.isDurable = false;
    this.#captures.isDurable = false;
    this.#decideOne({ ...input, seq: this.#seq++ });
    for (let next = this.#outlet.take(); next; next = this.#outlet.take()) this.#decideOne(next);
    return this.runs.isDurable || this.memory.isDurable || this.#captures.isDurable ? durable : passing;
  }

  /** What the last process left; after its rules, before any input. */
  restore(kept: KeptRows, times: RestoreTimes): void {
    const { now: at, stoppedAt } = times;
    this.#options.sink.input({ kind: 'restored', seq: this.#seq++, at, stoppedAt });
    this.restoring.putBack(kept, times);
  }

  /** What a copy of this house takes over of a rule; undefined when it is not in force. */
  presentOf(rule: string): PresentRule | undefined {
    const state = this.book.find(rule);
    return state && presentRule(state, this.runs.of(rule), this.#captures.rowsOf(rule));
  }

  /** The number of the next input; a record tells it. */
  get nextSeq(): number {
    return this.#seq;
  }

  /** Numbers are never given twice. */
  skipTo(seq: number): void {
    if (seq > this.#seq) this.#seq = seq;
  }

  /** The next input that time itself gives at `now`, or undefined when nothing is due. */
  takeDue(now: Timestamp): Unnumbered | undefined {
    const due = this.due.take(now);
    if (due === undefined) return undefined;
    const { item, id } = due;
    if (item.kind !== 'schedule') return { kind: 'timer', at: now, run: id };
    return { kind: 'schedule', at: now, rule: item.rule, trigger: item.trigger, due: due.meantFor ?? due.at };
  }

  #decideOne(input: Input): void {
    this.#deciding = input.seq;
    this.#options.sink.input(input);
    try {
      this.#dispatch(input);
      this.silences.begin(input.at);
    } catch (error) {
      this.#fault('rule' in input ? input.rule : '', error);
    }
  }

  #dispatch(input: Input): void {
    switch (input.kind) {
      case 'message':
        return this.#message(input);
      case 'timer':
        return this.#times.timer(input);
      case 'schedule':
        return this.#times.schedule(input);
      case 'signal':
        return this.#signal(input);
      case 'clock':
        return this.#times.clockSet(input);
      case 'answer':
        return this.runs.answer(input.call, input.answer, input.at);
      case 'startup':
      case 'shutdown':
        return this.#lifecycle(input);
      case 'command':
        return this.#commands.command(input);
      case 'rule':
        return this.#commands.rule(input);
      case 'recalled':
        return this.#recalled(input);
      case 'restored':
        return; // its rows were put back
    }
  }

  /** All are admitted against the runs as they are; then waiting runs go on, then the new ones begin. */
  // hot: test/bench/engine.ts
  #message(input: MessageInput): void {
    const came = new Payload(input.payload);
    const told = this.#options.states.update(input, came);
    // the same bytes are read already
    const payload = told.isChanged || told.state.digest !== undefined ? came : told.state.payload;
    const event = this.#house.hear({ input, payload, update: told });
    const { update } = event;
    this.#schedules.onChange({ topic: input.topic, devices: event.devices }, input.at);
    this.silences.onMessage(input);
    this.#options.sink.stateKept(update.state);
    try {
      const woken = this.#waking.onMessage(event);
      const admitted = woken.length === 0 ? nobody : this.#admitAll(woken);
      this.#goOn(this.#watching.onMessage(event), input.at);
      for (const one of admitted) this.#begin(one, input.at);
    } finally {
      update.state.payload.detach();
    }
  }

  /** Not by a message: people and plugins change devices, too. */
  #devicesChanged(devices: readonly DeviceNews[], input: CommandInput): void {
    if (devices.length === 0) return;
    this.#schedules.onChange({ devices }, input.at);
    const admitted = this.#admitAll(grouped(this.#waking.onLook(this.book.reading({ devices }), input)));
    this.#goOn(this.#watching.onDevices(devices, input.at), input.at);
    for (const one of admitted) this.#begin(one, input.at);
  }

  /** What was before is known now. That is no news: what it makes true wakes nobody. */
  #recalled(input: RecalledInput): void {
    const { topic, told, at } = input;
    this.#options.states.past.recalled(input, told, input);
    const changed = { topic, devices: [] };
    this.#schedules.onChange(changed, at);
    this.#waking.onLook(this.book.reading(changed), input, true);
  }

  #signal(input: SignalInput): void {
    const woken = this.#waking.onSignal(input);
    const admitted = this.#admitAll(grouped(woken));
    this.#goOn(this.#watching.onSignal(input), input.at);
    for (const one of admitted) this.#begin(one, input.at);
  }

  /** Runs whose wait is over go on, unless what woke first ended the wait or the run. */
  #goOn(woken: readonly WokenWait[], at: Timestamp): void {
    for (const { run, wait, from } of woken) {
      if (from.thread.wait !== wait || wait === undefined || this.runs.find(run.id) !== run) continue;
      try {
        this.runs.goOn(run, from, at);
      } catch (error) {
        this.#fault(run.rule.id, error);
      }
    }
  }

  #admitAll(woken: readonly Woken[]): readonly Admitted[] {
    const admitted: Admitted[] = [];
    for (const { state, wakeUps } of woken) {
      try {
        for (const once of byRow(wakeUps)) {
          const one = this.#admission.admit(state, once);
          if (one !== undefined) admitted.push(one);
        }
      } catch (error) {
        this.#fault(state.rule.id, error);
      }
    }
    return admitted;
  }

  #wake(woken: readonly Woken[], at: Timestamp): void {
    for (const one of this.#admitAll(woken)) this.#begin(one, at);
  }

  #lifecycle(input: LifecycleInput): void {
    if (input.kind === 'startup') {
      for (const state of this.book.inOrder()) {
        this.runs.startQueues(state, input.at);
        if (state.enabled) this.#schedules.remember(state, input.at);
      }
      this.#wake(grouped(this.#waking.onLook(this.book.conditions(), input)), input.at);
    }
    const woken = this.book.listening(input.kind).map(({ state, trigger }): Woken => {
      return { state, wakeUps: [{ wake: triggerWake(trigger, input), when: trigger.when }] };
    });
    this.#wake(grouped(woken), input.at);
  }

  /** What a trigger has to know could not be decided: its rule's error. */
  #failTrigger(state: RuleState, wake: Wake, error: unknown): void {
    if (error instanceof RunError) this.#admission.failUnseen(state, wake, error);
    else this.#fault(state.rule.id, error);
  }

  #begin(admitted: Admitted, at: Timestamp, options?: BeginOptions): void {
    try {
      this.runs.begin(admitted, at, options);
    } catch (error) {
      this.#fault(admitted.rule.id, error);
    }
  }

  /** What no rule and no payload should ever lead to ends where it happened, visibly. */
  #fault(rule: string, error: unknown): undefined {
    this.#faults++;
    this.#options.sink.log(rule, `internal error: ${messageOf(error)}`);
  }
}

const nobody: readonly Admitted[] = [];
const durable: Decision = { isDurable: true };
const passing: Decision = { isDurable: false };
