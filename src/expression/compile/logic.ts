// `and`, `or`, `? :`, `??`, `?:`. Values that are known to be booleans are not cast.
import type { BinaryNode, ConditionNode, DefaultNode } from '../ast.ts';
import type { Code, Run } from '../run.ts';
import { isTrue } from '../values.ts';
import { type Compiler, type Operands, type Part, type Place, settled } from './part.ts';
import { placed } from './placed.ts';

/** Gives true, false or missing, which counts as not true. What is known to give that needs no code around it. */
type Test = (run: Run, input: unknown, frame: Parameters<Code>[2]) => unknown;

export function testOf({ code, kind }: Part): Test {
  return kind === 'any' ? (run, input, frame) => isTrue(run, code(run, input, frame)) : code;
}

/** The left side: its own failures keep their place, those of its cast are the operator's. */
function leftTest(node: BinaryNode, left: Part): Test {
  const { code } = left;
  if (left.kind !== 'any') return code;
  return (run, input, frame) => {
    const value = code(run, input, frame);
    if (typeof value === 'boolean') return value;
    try {
      return isTrue(run, value);
    } catch (thrown) {
      throw placed(thrown, node);
    }
  };
}

// hot: test/bench/expression.ts
export function compileAnd(node: BinaryNode, operands: Operands): Part {
  const left = leftTest(node, operands.left);
  const right = testOf(operands.right);
  const code: Code = (run, input, frame) => {
    if (!left(run, input, frame)) return false;
    try {
      return right(run, input, frame) === true;
    } catch (thrown) {
      throw placed(thrown, node);
    }
  };
  return settled(code, 'boolean');
}

export function compileOr(node: BinaryNode, operands: Operands): Part {
  const left = leftTest(node, operands.left);
  const right = testOf(operands.right);
  const code: Code = (run, input, frame) => {
    if (left(run, input, frame)) return true;
    try {
      return right(run, input, frame) === true;
    } catch (thrown) {
      throw placed(thrown, node);
    }
  };
  return settled(code, 'boolean');
}

export function compileCondition(compiler: Compiler, node: ConditionNode, place: Place): Part {
  const test = testOf(compiler.compile(node.test, place));
  const yes = compiler.compile(node.then, place).code;
  const no = node.otherwise ? compiler.compile(node.otherwise, place).code : () => undefined;
  return settled((run, input, frame) =>
    test(run, input, frame) ? yes(run, input, frame) : no(run, input, frame),
  );
}

/** The left side is evaluated once, where the parser's own spelling would evaluate it twice. */
export function compileDefault(compiler: Compiler, node: DefaultNode, place: Place): Part {
  const left = compiler.compile(node.left, place).code;
  const right = compiler.compile(node.right, place).code;
  if (node.operator === '??')
    return settled((run, input, frame) => {
      const value = left(run, input, frame);
      return value === undefined ? right(run, input, frame) : value;
    });
  return settled((run, input, frame) => {
    const value = left(run, input, frame);
    return isTrue(run, value) ? value : right(run, input, frame);
  });
}
