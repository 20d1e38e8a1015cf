// What people, the API and other rules tell the engine about rules and runs: run, cancel, switch, save, delete.
import type { Timestamp } from '../../base/index.ts';
import type { DeviceNews } from '../../devices/index.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { CommandInput, RuleInput } from '../input.ts';
import type { EngineSink } from '../ports.ts';
import type { Admission, Admitted } from './admission.ts';
import type { Captures } from './captures.ts';
import type { Endings } from './endings.ts';
import { type HouseCommands, isHouseCommand } from './house-commands.ts';
import type { RuleBook } from './rule-book.ts';
import type { RuleState } from './rule-state.ts';
import type { BeginOptions, Runs } from './runs.ts';
import type { Schedules } from './schedules.ts';
import type { Silences } from './silences.ts';
import type { TriggerMemory } from './trigger-memory.ts';
import { bareWake, triggerWake } from './wake.ts';
import type { Waking } from './waking.ts';
import { grouped, type Woken } from './woken.ts';

export interface CommandsHouse {
  readonly house: HouseCommands;
  readonly book: RuleBook;
  readonly runs: Runs;
  readonly memory: TriggerMemory;
  readonly captures: Captures;
  readonly schedules: Schedules;
  readonly silences: Silences;
  readonly endings: Endings;
  readonly admission: Admission;
  readonly waking: Waking;
  readonly sink: Pick<EngineSink, 'switched'>;
  findVersion(rule: string, version: number): CompiledRule | undefined;
  begin(admitted: Admitted, at: Timestamp, options: BeginOptions): void;
  wake(woken: readonly Woken[], at: Timestamp): void;
  devicesChanged(devices: readonly DeviceNews[], input: CommandInput): void;
}

export class Commands {
  readonly #house: CommandsHouse;

  constructor(house: CommandsHouse) {
    this.#house = house;
  }

  command(input: CommandInput): void {
    const { command, at, seq, by, origin = 'api', depth = 0, cause } = input;
    const { book, endings, admission, house } = this.#house;
    if (isHouseCommand(command)) return this.#house.devicesChanged(house.obey(command, input), input);
    if (command.do === 'cancel') return this.#cancel(command.run, at, by);
    const state = book.find(command.rule);
    if (command.do !== 'run') return this.#switch(state, command.do === 'enable', { at, seq, by });
    const { run: id, skipConditions, answers } = command;
    if (state === undefined) return endings.answer(answers, { status: 'failed', reason: 'rule-missing' }, at);
    const button = state.triggers.find(({ verb, enabled }) => verb === 'button' && enabled);
    const bare = button === undefined ? bareWake(at, seq) : triggerWake(button, { at, seq });
    const wake = { ...bare, data: command.payload, origin, by, depth, cause };
    if (answers !== undefined) endings.expect(id, answers);
    const admitted = admission.admit(state, [{ wake, when: undefined }], { id, skipConditions });
    if (admitted !== undefined) this.#house.begin(admitted, at, { id, answers });
  }

  /** A rule was saved, switched or deleted. */
  rule({ rule: id, version, change, enabled, at, seq }: RuleInput): void {
    const { book, runs, schedules, waking } = this.#house;
    if (change === 'suspended') return this.#house.book.suspend(id);
    if (change === 'deleted' || !enabled)
      runs.cancelAll(id, at, change === 'deleted' ? 'deleted' : 'disabled');
    if (change === 'deleted') return this.#delete(id);
    const rule = change === 'saved' ? this.#house.findVersion(id, version) : book.find(id)?.rule;
    if (rule === undefined) return;
    book.put(rule, enabled, at);
    const state = book.find(id);
    if (state !== undefined && enabled) schedules.remember(state, at);
    this.#house.wake(grouped(waking.onLook(book.conditionsOf(id), { at, seq })), at);
  }

  /** A run, what a trigger holds, or a silence that nobody is to be told of. */
  #cancel(id: string, at: Timestamp, by: string): void {
    const { memory, silences } = this.#house;
    if (silences.find(id) !== undefined) silences.letGo(id);
    else if (id.includes('/')) memory.releaseId(id);
    else this.#house.runs.cancel(id, at, by);
  }

  #delete(rule: string): void {
    this.#house.captures.deleteRule(rule);
    this.#house.book.delete(rule);
  }

  /** A rule switches another one, or itself. */
  #switch(
    state: RuleState | undefined,
    enabled: boolean,
    input: { readonly at: Timestamp; readonly seq: number; readonly by: string },
  ): void {
    if (state === undefined || state.enabled === enabled) return;
    const { id: rule, version } = state.rule;
    this.rule({ kind: 'rule', ...input, rule, version, change: enabled ? 'enabled' : 'disabled', enabled });
    this.#house.sink.switched(rule, enabled, input.by);
  }
}
