// The codes of `$x`, `$`, `$$` and `:=`, and of what holds variables.
import type { BindNode, ParentNode, VariableNode } from '../ast.ts';
import { type Code, Frame, type Run, unbound } from '../run.ts';
import { collapse } from '../values.ts';
import { type Compiler, type Part, type Place, settled } from './part.ts';
import type { Address } from './variables.ts';

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

export function compileParent(node: ParentNode, place: Place): Part {
  return settled(readBound(place.variables.find(node.label), () => undefined));
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
