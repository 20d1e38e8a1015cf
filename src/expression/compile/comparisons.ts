// `= != < <= > >=`, with short codes for the comparisons with a constant that most conditions are made of.
import type { BinaryNode, Operator } from '../ast.ts';
import { Failure } from '../errors.ts';
import type { Code, Run } from '../run.ts';
import { comparing, isEqual } from '../values.ts';
import { type Operands, type Part, settled } from './part.ts';
import { placed } from './placed.ts';

/** Equality with a written value needs no comparison by structure. */
function equalsLiteral(value: Code, literal: unknown): Code {
  return (run, input, frame) => value(run, input, frame) === literal;
}

function differsFromLiteral(value: Code, literal: unknown): Code {
  return (run, input, frame) => {
    const found = value(run, input, frame);
    return found !== undefined && found !== literal;
  };
}

export function compileEquality(node: BinaryNode, { left, right }: Operands): Part {
  const wantsEqual = node.operator === '=';
  const forLiteral = wantsEqual ? equalsLiteral : differsFromLiteral;
  if (right.literal !== undefined) return settled(forLiteral(left.code, right.literal), 'boolean');
  if (left.literal !== undefined) return settled(forLiteral(right.code, left.literal), 'boolean');
  const code: Code = (run, input, frame) => {
    const l = left.code(run, input, frame);
    const r = right.code(run, input, frame);
    return l !== undefined && r !== undefined && placedEqual(run, node, [l, r]) === wantsEqual;
  };
  return settled(code, 'boolean');
}

function placedEqual(run: Run, node: BinaryNode, [l, r]: readonly [unknown, unknown]): boolean {
  try {
    return isEqual(run, l, r);
  } catch (thrown) {
    throw placed(thrown, node);
  }
}

type Compare = <T extends number | string>(left: T, right: T) => boolean;

const orders = new Map<Operator, Compare>([
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
]);

const isOrdered = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string';

/** The rare cases: text, missing values and errors. Null counts as missing, which the jsonata package refuses (T2010). */
function compareAny(node: BinaryNode, compare: Compare, values: readonly unknown[]): boolean | undefined {
  const [left, right] = values.map((value) => (value === null ? undefined : value));
  if (typeof left === 'number' && typeof right === 'number') return compare(left, right);
  if (typeof left === 'string' && typeof right === 'string') return compare(left, right);
  const odd = [left, right].find((value) => value !== undefined && !isOrdered(value));
  const at = [node.position, node.operator] as const;
  if (odd !== undefined) throw new Failure('T2010', { value: odd }, ...at);
  if (left === undefined || right === undefined) return undefined;
  throw new Failure('T2009', { value: left, value2: right }, ...at);
}

// hot: test/bench/expression.ts
function numberCode(node: BinaryNode, value: Code, constant: number): Code {
  const compare = orders.get(node.operator) ?? orders.values().next().value;
  const rest = (found: unknown) => (compare ? compareAny(node, compare, [found, constant]) : undefined);
  switch (node.operator) {
    case '<':
      return (run, input, frame) => {
        const found = value(run, input, frame);
        return typeof found === 'number' ? found < constant : rest(found);
      };
    case '<=':
      return (run, input, frame) => {
        const found = value(run, input, frame);
        return typeof found === 'number' ? found <= constant : rest(found);
      };
    case '>':
      return (run, input, frame) => {
        const found = value(run, input, frame);
        return typeof found === 'number' ? found > constant : rest(found);
      };
    default:
      return (run, input, frame) => {
        const found = value(run, input, frame);
        return typeof found === 'number' ? found >= constant : rest(found);
      };
  }
}

export function compileComparison(node: BinaryNode, { left, right }: Operands): Part {
  if (typeof right.literal === 'number') return settled(numberCode(node, left.code, right.literal), 'truth');
  const compare = orders.get(node.operator);
  const code: Code = (run, input, frame) => {
    const l = left.code(run, input, frame);
    const r = right.code(run, input, frame);
    if (typeof l === 'string' && typeof r === 'string') run.charge(comparing(l, r));
    return compare ? compareAny(node, compare, [l, r]) : undefined;
  };
  return settled(code, 'truth');
}
