// `[a, b, [c]]`: lists are joined, written arrays stay whole.
import type { ArrayNode, Node } from '../ast.ts';
import type { Code } from '../run.ts';
import { pushAll, WholeArray } from '../values.ts';
import { type Compiler, type Part, type Place, settled } from './part.ts';

interface Item {
  readonly code: Code;
  /** A written array is one item. */
  readonly isArray: boolean;
}

export function compileArray(compiler: Compiler, node: ArrayNode, place: Place): Part {
  const itemOf = (part: Node): Item => ({
    code: compiler.compile(part, place).code,
    isArray: part.type === 'array',
  });
  const items = node.items.map(itemOf);
  return settled((run, input, frame) => {
    run.allocateItems(items.length);
    const result: unknown[] = node.isWhole ? new WholeArray() : [];
    for (const { code, isArray } of items) {
      const value = code(run, input, frame);
      if (Array.isArray(value) && !isArray) pushAll(run, result, value);
      else if (value !== undefined) result.push(value);
    }
    return result;
  });
}
