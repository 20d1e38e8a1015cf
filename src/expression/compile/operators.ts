// Arithmetic, text, range and membership operators, the minus sign, and the choice of code for every operator.
import type { BinaryNode, NegateNode } from '../ast.ts';
import { Failure } from '../errors.ts';
import type { Code, Run } from '../run.ts';
import { isNumeric, Sequence, toText } from '../values.ts';
import { compileComparison, compileEquality } from './comparisons.ts';
import { compileAnd, compileOr } from './logic.ts';
import { type Compiler, type Operands, type Part, type Place, settled, unsettled } from './part.ts';
import { placed } from './placed.ts';

type Arithmetic = '+' | '-' | '*' | '/' | '%';
type Calculate = (left: number, right: number) => number;

const arithmetic: Readonly<Record<Arithmetic, Calculate>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** Whether there is an operand; anything but a number is refused. */
function operandNumber(value: unknown, node: BinaryNode, code: 'T2001' | 'T2002'): value is number {
  try {
    if (value === undefined || isNumeric(value)) return value !== undefined;
  } catch (thrown) {
    throw placed(thrown, node);
  }
  throw new Failure(code, { value }, node.position, node.operator);
}

function calculate(node: BinaryNode, operate: Calculate, values: readonly unknown[]): number | undefined {
  const [left, right] = values;
  const hasLeft = operandNumber(left, node, 'T2001');
  const hasRight = operandNumber(right, node, 'T2002');
  return hasLeft && hasRight ? operate(left, right) : undefined;
}

function arithmeticCode(node: BinaryNode, operate: Calculate, operands: Operands): Code {
  const { left, right } = operands;
  return (run, input, frame) => {
    const l = left.code(run, input, frame);
    const r = right.code(run, input, frame);
    return typeof l === 'number' && typeof r === 'number' && Number.isFinite(l) && Number.isFinite(r)
      ? operate(l, r)
      : calculate(node, operate, [l, r]);
  };
}

function concatenate(run: Run, left: unknown, right: unknown): string {
  const l = left === undefined ? '' : toText(run, left);
  const r = right === undefined ? '' : toText(run, right);
  run.allocate(l.length + r.length);
  return l + r;
}

function range(run: Run, node: BinaryNode, values: readonly unknown[]): Sequence | undefined {
  const [from, to] = values;
  const at = [node.position, node.operator] as const;
  if (from !== undefined && !Number.isInteger(from)) throw new Failure('T2003', { value: from }, ...at);
  if (to !== undefined && !Number.isInteger(to)) throw new Failure('T2004', { value: to }, ...at);
  if (typeof from !== 'number' || typeof to !== 'number' || from > to) return undefined;
  const size = to - from + 1;
  if (size > 1e7) throw new Failure('D2014', { value: size }, ...at);
  run.allocateItems(size);
  const result = new Sequence();
  for (let value = from; value <= to; value++) result.push(value);
  return result;
}

function isMember(run: Run, value: unknown, list: unknown): boolean {
  if (value === undefined || list === undefined) return false;
  if (!Array.isArray(list)) return list === value;
  run.charge(list.length >> 3);
  if (typeof value === 'string' && value.length > 512) run.charge(list.length * (value.length >> 9));
  for (const item of list) if (item === value) return true;
  return false;
}

/** Membership in a list of constants needs no list at run time. */
function memberCode(node: BinaryNode, operands: Operands): Code {
  const { right } = node;
  const isBare = right.predicates.length === 0 && right.group === undefined;
  const constants =
    right.type === 'array' && isBare ? right.items.filter((item) => item.type === 'literal') : [];
  if (right.type !== 'array' || constants.length !== right.items.length || constants.length === 0)
    return strict(node, operands, isMember);
  const known = constants.map((item) => item.value);
  const { code } = operands.left;
  return (run, input, frame) => {
    const value = code(run, input, frame);
    for (const constant of known) if (constant === value) return true;
    return false;
  };
}

/** An operator that needs both values and fails, if at all, in its own place. */
function strict(
  node: BinaryNode,
  { left, right }: Operands,
  operate: (run: Run, l: unknown, r: unknown) => unknown,
): Code {
  return (run, input, frame) => {
    const l = left.code(run, input, frame);
    const r = right.code(run, input, frame);
    try {
      return operate(run, l, r);
    } catch (thrown) {
      throw placed(thrown, node);
    }
  };
}

export function compileBinary(compiler: Compiler, node: BinaryNode, place: Place): Part {
  compiler.names.secrets.compare(node);
  const left = compiler.compile(node.left, place);
  const right = compiler.compile(node.right, place);
  const operands = { left, right };
  switch (node.operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return settled(arithmeticCode(node, arithmetic[node.operator], operands));
    case '=':
    case '!=':
      return compileEquality(node, operands);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileComparison(node, operands);
    case 'and':
      return compileAnd(node, operands);
    case 'or':
      return compileOr(node, operands);
    case '&':
      return settled(strict(node, operands, concatenate));
    case '..':
      return unsettled(strict(node, operands, (run, l, r) => range(run, node, [l, r])));
    case 'in':
      return settled(memberCode(node, operands), 'boolean');
  }
}

export function compileNegate(compiler: Compiler, node: NegateNode, place: Place): Part {
  const { code } = compiler.compile(node.operand, place);
  return settled((run, input, frame) => {
    const value = code(run, input, frame);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) throw new Failure('D1002', { value }, node.position, '-');
    return -value;
  });
}
