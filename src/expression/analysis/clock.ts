// Comparisons of clock functions with constants: when such a condition next changes can be computed beforehand.
import { parseDuration } from '../../base/index.ts';
import { type BinaryNode, type CallNode, isBare, type Node } from '../ast.ts';
import type { ClockComparison, Constant } from '../contract.ts';
import { findFunction } from '../functions/table.ts';

type Operator = ClockComparison['operator'];

const mirrored: Readonly<Partial<Record<string, Operator>>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Functions and fields that are true or false by themselves. */
const truths: ReadonlySet<string> = new Set(['sun.up', 'workday', 'holiday']);

interface ClockValue {
  readonly function: string;
  readonly args: readonly Constant[];
  readonly field?: string;
}

function constantsOf(nodes: readonly Node[]): Constant[] | undefined {
  const values = nodes.flatMap((node) => (node.type === 'literal' && isBare(node) ? [node.value] : []));
  return values.length === nodes.length ? values : undefined;
}

function callOf(node: CallNode, bound: ReadonlySet<string>): ClockValue | undefined {
  const { procedure } = node;
  if (procedure.type !== 'variable' || !isBare(procedure) || bound.has(procedure.name)) return undefined;
  const args = constantsOf(node.args);
  const readsClock = findFunction(procedure.name)?.reads?.includes('clock') === true;
  return readsClock && args !== undefined ? { function: procedure.name, args } : undefined;
}

/** `$time()`, `$since("t")`, `$sun().elevation`. */
function clockValueOf(nodes: readonly Node[], bound: ReadonlySet<string>): ClockValue | undefined {
  const [first, second] = nodes;
  if (first === undefined || nodes.length > 2 || !nodes.every(isBare)) return undefined;
  if (first.type === 'path') return nodes.length === 1 ? clockValueOf(first.steps, bound) : undefined;
  const value = first.type === 'call' ? callOf(first, bound) : undefined;
  if (second === undefined || value === undefined) return value;
  return second.type === 'name' ? { ...value, field: second.name } : undefined;
}

function constantOf(node: Node, operator: Operator): ClockComparison['constant'] | undefined {
  if (!isBare(node)) return undefined;
  if (operator === 'in' && node.type === 'array') return constantsOf(node.items);
  return node.type === 'literal' ? node.value : undefined;
}

export function clockComparisonOf(node: BinaryNode, bound: ReadonlySet<string>): ClockComparison | undefined {
  if (!isBare(node)) return undefined;
  const turned = mirrored[node.operator];
  const straight = node.operator === 'in' ? 'in' : turned && mirrored[turned];
  const sides = [
    [node.left, straight, node.right],
    [node.right, turned, node.left],
  ] as const;
  for (const [side, operator, other] of sides) {
    const value = operator && clockValueOf([side], bound);
    const constant = operator && constantOf(other, operator);
    if (value && operator && constant !== undefined) return { ...value, operator, constant };
  }
  return undefined;
}

/** `$sun().up` and `$workday()`, where only their truth counts. */
export function clockTruthOf(node: Node, bound: ReadonlySet<string>): ClockComparison | undefined {
  const value = clockValueOf([node], bound);
  if (value === undefined) return undefined;
  const name = value.field === undefined ? value.function : `${value.function}.${value.field}`;
  return truths.has(name) ? { ...value, operator: '=', constant: true } : undefined;
}

const longWindowMs = 3_600_000;

/** Whether a window of time is longer than an hour; one that is not written out may be short. */
export function isWindowLong(node: Node | undefined): boolean {
  if (node?.type !== 'literal' || typeof node.value !== 'string') return false;
  if (node.value === 'today' || node.value === 'yesterday') return true;
  try {
    return parseDuration(node.value) > longWindowMs;
  } catch {
    return false; // the function itself says what is wrong with it
  }
}
