// Variables by number instead of by name: which frame, which slot. And the codes of `$x`, `$`, `$$` and `:=`.
import { type BindNode, type Node, partsOf, type VariableNode } from '../ast.ts';
import { type Code, Frame, type Run, unbound } from '../run.ts';
import { collapse } from '../values.ts';
import type { Compiler } from './compiler.ts';
import { type Part, type Place, settled } from './part.ts';

interface Address {
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

  /** Every name in sight, for suggestions. */
  names(): string[] {
    return [...this.#slots.keys(), ...(this.parent?.names() ?? [])];
  }
}

/** The names that are bound here and not in an inner block or function. */
export function boundIn(nodes: readonly Node[]): string[] {
  const names: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'bind') names.push(node.name);
    if (node.type !== 'block' && node.type !== 'lambda') for (const part of partsOf(node)) visit(part);
    else for (const filter of [...node.stages, ...node.predicates]) visit(filter.expression);
  };
  for (const node of nodes) visit(node);
  return names;
}

function readAt(frame: Frame, { depth, slot }: Address): unknown {
  let holder: Frame | undefined = frame;
  for (let i = 0; i < depth; i++) holder = holder?.parent;
  return holder?.values[slot];
}

/** Reads the innermost binding that was made; `otherwise` when none was. */
function readBound(addresses: readonly Address[], otherwise: Code): Code {
  return (run, input, frame) => {
    for (const address of addresses) {
      const value = readAt(frame, address);
      if (value !== unbound) return collapse(value);
    }
    return otherwise(run, input, frame);
  };
}

export function compileVariable(compiler: Compiler, node: VariableNode, place: Place): Part {
  if (node.name === '') return settled(compiler.context(place));
  if (node.name === '$') return settled(compiler.root());
  const addresses = place.variables.find(node.name);
  if (addresses.length === 0) return settled(compiler.unboundVariable(node, place));
  return settled(readBound(addresses, compiler.outsideVariable(node.name)));
}

export function compileBind(compiler: Compiler, node: BindNode, place: Place): Part {
  compiler.names.checkBind(node);
  const { code } = compiler.compile(node.value, place);
  const slot = place.variables.slotOf(node.name);
  return settled((run, input, frame) => {
    const value = code(run, input, frame);
    frame.values[slot] = value;
    return value;
  });
}

/** Runs the items of a block one after the other; the last one is its value. */
export function sequenceOf(codes: readonly Code[]): Code {
  const last = codes.at(-1);
  if (last === undefined) return () => undefined;
  if (codes.length === 1) return last;
  const earlier = codes.slice(0, -1);
  return (run, input, frame) => {
    for (const code of earlier) code(run, input, frame);
    return last(run, input, frame);
  };
}

/** A new frame around a code, unless it would hold nothing. */
export function framed(code: Code, size: number): Code {
  return (run: Run, input, frame) => code(run, input, new Frame(size, frame));
}
