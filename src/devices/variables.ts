// Persistent variables that rules share. Changed only by inputs of the engine, so that every decision sees the same.
import type { Timestamp } from '../base/index.ts';
import type { VariableRow, VariableRows } from './ports.ts';

export interface Variable {
  readonly name: string;
  /** Any JSON value but null; it is shared and must not be changed. */
  readonly value: unknown;
  readonly at: Timestamp;
  /** The rule, or who asked. */
  readonly by: string;
}

export class Variables {
  readonly #rows: VariableRows;
  readonly #variables = new Map<string, Variable>();

  constructor(rows: VariableRows) {
    this.#rows = rows;
  }

  get size(): number {
    return this.#variables.size;
  }

  /** Puts back what the last process left. */
  load(rows: Iterable<VariableRow>): void {
    for (const { name, value, at, by } of rows)
      this.#variables.set(name, { name, value: JSON.parse(value), at, by });
  }

  find(name: string): Variable | undefined {
    return this.#variables.get(name);
  }

  /** By name. */
  list(): Variable[] {
    return [...this.#variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** null and nothing delete it. */
  set(variable: Variable): void {
    const { name, value, at, by } = variable;
    if (value === null || value === undefined) {
      if (this.#variables.delete(name)) this.#rows.delete(name);
      return;
    }
    this.#variables.set(name, variable);
    this.#rows.put({ name, value: JSON.stringify(value), at, by });
  }
}
