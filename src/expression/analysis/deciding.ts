// Why a condition holds or not: the comparisons that decided it, and how far they are from turning. It evaluates nothing:
// it reads the record of one evaluation along the syntax tree.
import { type BinaryNode, type ConditionNode, isBare, type Node, ownParts } from '../ast.ts';
import type { ComparisonOperator, DecidingClause } from '../contract.ts';
import type { Span } from '../spans.ts';

/** What one evaluation left behind. */
export interface EvaluationRecord {
  readonly source: string;
  spanOf(node: Node): Span;
  /** Whether the node was evaluated; constants always were. */
  has(node: Node): boolean;
  /** As it may be shown; undefined when it was missing. */
  valueOf(node: Node): unknown;
}

/** Enough for any list of alternatives that a person reads. */
const mostClauses = 20;

const comparisons: readonly ComparisonOperator[] = ['=', '!=', '<', '<=', '>', '>=', 'in'];

/** What stands for a value; the name of a called function does not. */
const isValue = ({ type }: Node): boolean => type === 'path' || type === 'call' || type === 'binary';

/** How far a comparison of numbers is from turning. Where only one number would do, or all but one, there is none. */
function distanceOf(
  operator: ComparisonOperator,
  holds: boolean,
  sides: readonly unknown[],
): number | undefined {
  const [left, right] = sides;
  if (typeof left !== 'number' || typeof right !== 'number' || operator === 'in') return undefined;
  const isEquality = operator === '=' || operator === '!=';
  return isEquality && (operator === '!=') !== holds ? undefined : Math.abs(left - right);
}

class Clauses {
  readonly found: DecidingClause[] = [];
  readonly #record: EvaluationRecord;

  constructor(record: EvaluationRecord) {
    this.#record = record;
  }

  /** `holds`: whether the value of the node counted as true; what is wanted is that it turns. */
  add(node: Node, holds: boolean): void {
    if (this.found.length >= mostClauses) return;
    if (!isBare(node)) return this.#leaf(node, holds);
    switch (node.type) {
      case 'block': {
        const last = node.items.at(-1);
        return last === undefined ? this.#leaf(node, holds) : this.add(last, holds);
      }
      case 'binary':
        return this.#binary(node, holds);
      case 'condition':
        return this.#condition(node, holds);
      case 'call': {
        const [argument] = node.args;
        const isNot = node.procedure.type === 'variable' && node.procedure.name === 'not';
        if (!isNot || argument === undefined) return this.#leaf(node, holds);
        return this.add(argument, this.#record.valueOf(argument) !== undefined && !holds);
      }
      default:
        return this.#leaf(node, holds);
    }
  }

  /** Both sides of an `and` that holds made it so, and both of an `or` that does not; else the one evaluated last. */
  #binary(node: BinaryNode, holds: boolean): void {
    const { operator, left, right } = node;
    if (operator !== 'and' && operator !== 'or') return this.#leaf(node, holds);
    const isBoth = (operator === 'and') === holds;
    const isRight = this.#wentOn(node);
    if (isBoth || !isRight) this.add(left, holds);
    if (isBoth || isRight) this.add(right, holds);
  }

  /** Whether the right side was looked at. */
  #wentOn({ operator, left, right }: BinaryNode): boolean {
    if (right.type !== 'literal') return this.#record.has(right);
    return (operator === 'and') === Boolean(this.#record.valueOf(left));
  }

  #condition({ test, then, otherwise }: ConditionNode, holds: boolean): void {
    const taken = [then, otherwise].find(
      (branch) => branch?.type !== 'literal' && branch && this.#record.has(branch),
    );
    this.add(taken ?? test, taken === undefined ? Boolean(this.#record.valueOf(test)) : holds);
  }

  #leaf(node: Node, holds: boolean): void {
    const record = this.#record;
    const value = record.valueOf(node);
    const missing = this.#missingIn(node).map((part) => this.#textOf(part));
    this.found.push({
      source: this.#textOf(node),
      ...record.spanOf(node),
      ...(value !== undefined && { value }),
      wanted: !holds,
      ...(missing.length > 0 && { missing }),
      ...(node.type === 'binary' && this.#compared(node, holds)),
    });
  }

  #compared(node: BinaryNode, holds: boolean): Partial<DecidingClause> {
    const operator = comparisons.find((each) => each === node.operator);
    if (operator === undefined) return {};
    const left = this.#record.valueOf(node.left);
    const right = this.#record.valueOf(node.right);
    const distance = distanceOf(operator, holds, [left, right]);
    return {
      operator,
      ...(left !== undefined && { left }),
      ...(right !== undefined && { right }),
      ...(distance !== undefined && { distance }),
    };
  }

  /** The parts that were missing, or else the node itself; in an order comparison null counts as missing. */
  #missingIn(node: Node): readonly Node[] {
    const record = this.#record;
    const isOrder = node.type === 'binary' && /^[<>]/.test(node.operator);
    const isMissing = (part: Node): boolean => {
      const value = record.valueOf(part);
      return record.has(part) && (value === undefined || (isOrder && value === null));
    };
    const missing =
      node.type === 'path' ? [] : ownParts(node).filter((part) => isValue(part) && isMissing(part));
    return missing.length === 0 && isMissing(node) ? [node] : missing;
  }

  #textOf(node: Node): string {
    const { start, end } = this.#record.spanOf(node);
    return this.#record.source.slice(start, end);
  }
}

/** `holds`: whether the whole counted as true. */
export function decidingClauses(
  node: Node,
  record: EvaluationRecord,
  holds: boolean,
): readonly DecidingClause[] {
  const clauses = new Clauses(record);
  clauses.add(node, holds);
  return clauses.found;
}
