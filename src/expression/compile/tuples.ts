// One item of a path together with the variables that its steps bound on the way to it.
import type { Node } from '../ast.ts';
import { type Code, Frame, unbound } from '../run.ts';
import { boundIn, Variables } from './variables.ts';

export class Tuple {
  readonly item: unknown;
  /** By slot of the scope that it belongs to; a position may still be written into it. */
  readonly values: unknown[];

  constructor(item: unknown, values: unknown[]) {
    this.item = item;
    this.values = values;
  }
}

/** The variables that the tuples of one path carry. */
export class TupleScope {
  readonly names: readonly string[];
  readonly variables: Variables;

  /** `holders` are the nodes that are evaluated for single tuples: what they bind themselves is gone afterwards. */
  constructor(names: readonly string[], holders: readonly Node[], parent: Variables) {
    this.names = [...new Set(names)];
    this.variables = new Variables([...this.names, ...boundIn(holders)], parent);
  }

  slotOf(name: string): number {
    return this.variables.slotOf(name);
  }

  /** Nothing is bound yet. */
  start(item: unknown): Tuple {
    return new Tuple(item, new Array<unknown>(this.names.length).fill(unbound));
  }

  frameOf(tuple: Tuple, parent: Frame): Frame {
    const frame = new Frame(this.variables.size, parent);
    for (let slot = 0; slot < tuple.values.length; slot++) frame.values[slot] = tuple.values[slot];
    return frame;
  }

  /** A code for items as one for tuples. */
  lifted(code: Code): Code {
    return (run, input, frame) =>
      input instanceof Tuple ? code(run, input.item, this.frameOf(input, frame)) : undefined;
  }
}

export function tuplesIn(value: unknown): readonly Tuple[] {
  return Array.isArray(value) ? value.filter((item) => item instanceof Tuple) : [];
}
