// What a replay is told of a record: what came from outside and what other rules did, as it was. What the replayed rules
// did then is left out, for they do it anew; so is what the replay makes of other inputs by itself: timers and schedules.
import type { Timestamp } from '../../base/index.ts';
import { Payload } from '../../devices/index.ts';
import type { CommandInput, Input, MessageInput, SignalInput, Unnumbered } from '../input.ts';
import type { Replay } from '../replay/replay.ts';

const variablePrefix = 'homerule/var/';

export interface RecordedHouse {
  readonly replay: Replay;
  /** Those that the replay runs. */
  readonly rules: ReadonlySet<string>;
}

export class Recorded {
  readonly #house: RecordedHouse;
  readonly #readsDevices: boolean;

  constructor(house: RecordedHouse) {
    this.#house = house;
    this.#readsDevices = house.replay.world.devices !== undefined;
  }

  // hot: test/bench/backtest.ts
  give(input: Input): void {
    const { replay } = this.#house;
    switch (input.kind) {
      case 'message':
        if (input.origin === 'rule' && this.#house.rules.has(input.by)) return;
        this.#variable(input);
        return replay.feed(input);
      case 'signal':
        return this.#isMadeAnew(input) ? undefined : replay.feed(input);
      case 'command':
        return this.#command(input);
      case 'timer':
        return input.byHand === true ? this.#byHand(input.run, input.at) : undefined;
      case 'clock':
      case 'startup':
      case 'shutdown':
      case 'answer':
        return replay.feed(input);
      case 'schedule':
      case 'rule':
      case 'recalled':
        return undefined;
    }
  }

  /** A variable that others set: the message says it, some moments later. */
  #variable({ topic, payload, at, by }: MessageInput): void {
    if (!topic.startsWith(variablePrefix)) return;
    const name = topic.slice(variablePrefix.length);
    this.#house.replay.advanceTo(at);
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
    const { replay, rules } = this.#house;
    switch (command.do) {
      case 'run': {
        if (!rules.has(command.rule) || (cause !== undefined && rules.has(by))) return;
        const { answers: _answers, ...run } = command;
        return replay.feed({ ...input, command: run });
      }
      case 'enable':
      case 'disable':
        return rules.has(command.rule) && !rules.has(by) ? replay.feed(input) : undefined;
      case 'cancel':
        return this.#cancel(input, command.run);
      case 'device':
        return this.#readsDevices ? replay.feed(input) : undefined;
      case 'set':
      case 'variable':
        return; // the messages that followed are in the record
    }
  }

  /** Ids of triggers are the same in every world; runs have others and are known by when they began. */
  #cancel(input: CommandInput, run: string): void {
    const { replay } = this.#house;
    replay.advanceTo(input.at);
    const id = run.includes('/') ? run : this.#sameRun(run);
    if (id !== undefined) replay.feed({ ...input, command: { do: 'cancel', run: id } });
  }

  #byHand(timer: string, at: Timestamp): void {
    const { replay } = this.#house;
    replay.advanceTo(at);
    const id = timer.includes('/') ? timer : this.#sameRun(timer);
    if (id !== undefined) replay.feed({ kind: 'timer', at, run: id, byHand: true } satisfies Unnumbered);
  }

  #sameRun(recorded: string): string | undefined {
    const { runs } = this.#house.replay.engine;
    if (runs.find(recorded) !== undefined) return recorded;
    const [only, ...others] = [...runs.values()];
    return others.length === 0 ? only?.id : undefined;
  }
}
