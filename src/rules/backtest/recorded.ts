// What a replay is told of a record: what came from outside and what other rules did, as it was. What the replayed rules
// did then is left out, for they do it anew; so is what the replay makes of other inputs by itself: timers and schedules.
import type { Timestamp } from '../../base/index.ts';
import { Payload } from '../../devices/index.ts';
import type { CommandInput, Input, MessageInput, SignalInput, TimerInput, Unnumbered } from '../input.ts';
import type { Replay } from '../replay/replay.ts';
import { ownerOf } from '../run/trigger-memory.ts';

const variablePrefix = 'homerule/var/';

export interface RecordedHouse {
  readonly replay: Replay;
  /** Those that the replay runs. */
  readonly rules: ReadonlySet<string>;
}

export class Recorded {
  readonly #house: RecordedHouse;
  readonly #readsDevices: boolean;
  /** What runs waited for when the replay began; later questions are its own. */
  readonly #calls: ReadonlySet<string>;

  constructor(house: RecordedHouse) {
    this.#house = house;
    this.#readsDevices = house.replay.world.devices !== undefined;
    const threads = [...house.replay.engine.runs.values()].flatMap((run) => run.threads);
    this.#calls = new Set(threads.flatMap(({ wait }) => (wait?.call === undefined ? [] : [wait.call])));
  }

  // hot: test/bench/backtest.ts
  give(input: Input): void {
    switch (input.kind) {
      case 'message':
        if (input.origin === 'rule' && this.#house.rules.has(input.by)) return;
        this.#variable(input);
        return this.#feed(input);
      case 'signal':
        return this.#isMadeAnew(input) ? undefined : this.#feed(input);
      case 'command':
        return this.#command(input);
      case 'timer':
        return input.byHand === true ? this.#byHand(input.run, input.at) : this.#cameDue(input);
      case 'schedule':
        return this.#house.rules.has(input.rule) ? this.#house.replay.advanceTo(input.at) : undefined;
      case 'clock':
      case 'startup':
      case 'shutdown':
        return this.#feed(input);
      case 'restored':
        return this.#house.replay.decide(input); // what came due since the house was stopped comes later
      case 'answer':
        return this.#calls.has(input.call) ? this.#feed(input) : undefined;
      case 'rule':
      case 'recalled':
        return undefined;
    }
  }

  /** What comes due in its very millisecond comes later, unless the record says so. */
  #feed(input: Unnumbered | Input): void {
    const { replay } = this.#house;
    replay.advanceTo(input.at - 1);
    replay.decide(input);
  }

  /** Of a run it may be one of these rules; of what a trigger holds its id says whose. */
  #cameDue({ run, at }: TimerInput): void {
    const { replay, rules } = this.#house;
    if (!run.includes('/') || rules.has(ownerOf(run).rule)) replay.advanceTo(at);
  }

  /** A variable that others set: the message says it, some moments later. */
  #variable({ topic, payload, at, by }: MessageInput): void {
    if (!topic.startsWith(variablePrefix)) return;
    const name = topic.slice(variablePrefix.length);
    this.#house.replay.advanceTo(at - 1);
    this.#house.replay.world.home.variables.set({ name, value: new Payload(payload).value, at, by });
  }

  #isMadeAnew({ signal, name, origin, by }: SignalInput): boolean {
    const { rules } = this.#house;
    if (signal === 'rule') return rules.has(name);
    if (signal === 'device') return this.#readsDevices;
    return origin === 'rule' && rules.has(by);
  }

  #command(input: CommandInput): void {
    const { command, by, cause } = input;
    const { rules } = this.#house;
    switch (command.do) {
      case 'run': {
        if (!rules.has(command.rule) || (cause !== undefined && rules.has(by))) return;
        const { answers: _answers, ...run } = command;
        return this.#feed({ ...input, command: run });
      }
      case 'enable':
      case 'disable':
        return rules.has(command.rule) && !rules.has(by) ? this.#feed(input) : undefined;
      case 'cancel':
        return this.#cancel(input, command.run);
      case 'device':
        return this.#readsDevices ? this.#feed(input) : undefined;
      case 'set':
      case 'variable':
        return; // the messages that followed are in the record
    }
  }

  /** Ids of triggers are the same in every world; runs have others and are known by when they began. */
  #cancel(input: CommandInput, run: string): void {
    const { replay } = this.#house;
    replay.advanceTo(input.at - 1);
    const id = run.includes('/') ? run : this.#sameRun(run);
    if (id !== undefined) replay.decide({ ...input, command: { do: 'cancel', run: id } });
  }

  #byHand(timer: string, at: Timestamp): void {
    const { replay } = this.#house;
    replay.advanceTo(at - 1);
    const id = timer.includes('/') ? timer : this.#sameRun(timer);
    if (id !== undefined) replay.decide({ kind: 'timer', at, run: id, byHand: true });
  }

  #sameRun(recorded: string): string | undefined {
    const { runs } = this.#house.replay.engine;
    if (runs.find(recorded) !== undefined) return recorded;
    const [only, ...others] = [...runs.values()];
    return others.length === 0 ? only?.id : undefined;
  }
}
