// Variables by number instead of by name: which frame, which slot.
import { type Node, partsOf, tupleStart } from '../ast.ts';

export interface Address {
  /** How many frames outwards. */
  readonly depth: number;
  readonly slot: number;
}

/** The variables that one block or call holds. */
export class Variables {
  readonly parent: Variables | undefined;
  readonly #slots: ReadonlyMap<string, number>;

  constructor(names: Iterable<string>, parent?: Variables) {
    this.parent = parent;
    this.#slots = new Map([...new Set(names)].map((name, slot) => [name, slot]));
  }

  get size(): number {
    return this.#slots.size;
  }

  slotOf(name: string): number {
    return this.#slots.get(name) ?? 0;
  }

  /** Everywhere that a name may be bound, innermost first: which of them is known only when it runs. */
  find(name: string): Address[] {
    const own = this.#slots.get(name);
    const outer = this.parent?.find(name).map(({ depth, slot }) => ({ depth: depth + 1, slot })) ?? [];
    return own === undefined ? outer : [{ depth: 0, slot: own }, ...outer];
  }

  /** Every name in sight, for suggestions; labels of `%` are none. */
  names(): string[] {
    const own = [...this.#slots.keys()].filter((name) => !name.startsWith('!'));
    return [...own, ...(this.parent?.names() ?? [])];
  }
}

/** The names that are bound here and not in an inner block or function. */
export function boundIn(nodes: readonly Node[]): string[] {
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'bind') names.push(node.name);
    // what a step with variables of its own binds is gone after it
    if (node.type === 'path' && tupleStart(node) < node.steps.length)
      for (const step of node.steps.slice(0, tupleStart(node))) visit(step);
    else if (node.type !== 'block' && node.type !== 'lambda') for (const part of partsOf(node)) visit(part);
    else for (const filter of [...node.stages, ...node.predicates]) visit(filter.expression);
  };
  for (const node of nodes) visit(node);
  return names;
}
