// Use cases about the persistent variables that rules share.
import type { Clock, Commits } from '../base/index.ts';
import { maxNesting, nestsDeeperThan, type Variables as VariableStore } from '../devices/index.ts';
import { type LiveEngine, variableName } from '../rules/index.ts';
import { sourceOf } from './access/source.ts';
import type { Actor, VariablesApi } from './api.ts';
import type { VariableRequest, VariableView } from './contract.ts';
import { fail } from './errors.ts';
import { whenKept } from './users.ts';

export interface VariablesHouse {
  readonly variables: VariableStore;
  readonly live: LiveEngine;
  readonly clock: Clock;
  readonly commits: Commits;
}

const mostVariables = 10_000;
const longestValue = 65_536;

export class Variables implements VariablesApi {
  readonly #house: VariablesHouse;

  constructor(house: VariablesHouse) {
    this.#house = house;
  }

  list(): readonly VariableView[] {
    return this.#house.variables.list();
  }

  get(name: string): VariableView {
    const found = this.#house.variables.find(name);
    if (found === undefined) throw fail('variable-missing', `there is no variable "${name}"`);
    return found;
  }

  async set(actor: Actor, name: string, { value }: VariableRequest): Promise<VariableView> {
    const { variables, clock, commits } = this.#house;
    this.#check(name, value);
    this.#decide(actor, name, value ?? null);
    const view = variables.find(name) ?? { name, value: null, at: clock.now(), by: sourceOf(actor).by };
    await whenKept(commits);
    return view;
  }

  async delete(actor: Actor, name: string): Promise<void> {
    this.get(name);
    this.#decide(actor, name, null);
    await whenKept(this.#house.commits);
  }

  #check(name: string, value: unknown): void {
    const { variables } = this.#house;
    if (!variableName.test(name))
      throw fail('variable-invalid', `"${name}" is no name: letters, digits, _ - . only`);
    if (nestsDeeperThan(value, maxNesting) || (JSON.stringify(value) ?? '').length > longestValue)
      throw fail('variable-invalid', `expected a value of at most ${longestValue} characters as JSON`);
    if (variables.find(name) === undefined && variables.size >= mostVariables)
      throw fail('variable-invalid', `there are ${mostVariables} variables already`);
  }

  #decide(actor: Actor, name: string, value: unknown): void {
    const { live, clock } = this.#house;
    const command = { do: 'variable', name, value } as const;
    live.decide({ kind: 'command', at: clock.now(), command, ...sourceOf(actor) });
  }
}
