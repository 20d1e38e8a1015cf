// Comparisons with constants that must hold for a rule to run, and whether two of them exclude each other.
import type { Constant, GuardTest } from '../../expression/index.ts';
import type { Condition } from '../compile/condition.ts';
import type { PlacedExpression } from '../compile/text.ts';
import type { TriggerSource } from '../triggers/kind.ts';
import type { Wake } from './portrait.ts';

export interface GuardAt {
  /** In the document. */
  readonly path: string;
  /** What is compared, the same text for the same thing. */
  readonly read: string;
  readonly test: GuardTest;
}

function plainRead(read: string): string {
  return read
    .replace(/\s+/g, '')
    .replaceAll('"', "'")
    .replace(/^\$?trigger\./, '')
    .replace(/^\$(?=(?:payload|raw|value|topic|params)\b)/, '');
}

function partsOf(condition: Condition): readonly PlacedExpression[] {
  if (condition.kind === 'expression') return [condition.part];
  const isAll = condition.kind === 'all' || (condition.kind === 'any' && condition.items.length === 1);
  return isAll ? condition.items.flatMap(partsOf) : [];
}

function isConstant(value: unknown): value is Constant {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** `to` of a trigger is a comparison of what it looks at. */
function guardOfSource(source: TriggerSource, path: string): GuardAt[] {
  if (source.on !== 'topic' || !('to' in source.demand)) return [];
  const constants = [source.demand.to].flat().filter(isConstant);
  const at = source.demand.at?.source;
  const read = at === undefined ? 'payload' : plainRead(`payload.${at}`);
  return constants.length === 0 ? [] : [{ path: `${path}.to`, read, test: { operator: '=', constants } }];
}

export function guardsIn(condition: Condition | undefined): GuardAt[] {
  if (condition === undefined) return [];
  return partsOf(condition).flatMap(({ path, expression: { guard, dependencies } }) => {
    return guard === undefined || dependencies.isRandom
      ? []
      : [{ path, read: plainRead(guard.read), test: guard.test }];
  });
}

/** All that must hold for this wake-up to become a run, as far as it is such a comparison. */
export function guardsOf({ rule, trigger }: Wake): GuardAt[] {
  if (trigger === undefined) return guardsIn(rule.condition);
  const { source, when, path } = trigger;
  const own = source.on === 'condition' ? guardsIn(source.condition) : guardOfSource(source, path);
  return [...own, ...guardsIn(when), ...guardsIn(rule.condition)];
}

type OrderTest = Extract<GuardTest, { constant: number }>;

const orders: Readonly<Record<OrderTest['operator'], (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function meets(value: Constant, test: GuardTest): boolean {
  if (test.operator === '=') return test.constants.includes(value);
  if (test.operator === 'true') return value === true;
  return typeof value === 'number' && orders[test.operator](value, test.constant);
}

const isBelow = ({ operator }: OrderTest): boolean => operator.startsWith('<');

/** Both are order comparisons with numbers. */
function excludesOrder(one: OrderTest, other: OrderTest): boolean {
  if (isBelow(one) === isBelow(other)) return false;
  const [upper, lower] = isBelow(one) ? [one, other] : [other, one];
  const isSharp = upper.operator === '<' || lower.operator === '>';
  return isSharp ? upper.constant <= lower.constant : upper.constant < lower.constant;
}

/** Whether no value meets both. */
function excludesTest(one: GuardTest, other: GuardTest): boolean {
  if (one.operator === '=') return one.constants.every((value) => !meets(value, other));
  if (other.operator === '=') return excludesTest(other, one);
  if (one.operator === 'true' || other.operator === 'true') return one.operator !== other.operator;
  return excludesOrder(one, other);
}

export function excludes(one: GuardAt, other: GuardAt): boolean {
  return one.read === other.read && excludesTest(one.test, other.test);
}

/** Two guards that exclude each other. */
export function contradictionIn(guards: readonly GuardAt[]): readonly [GuardAt, GuardAt] | undefined {
  for (const [index, one] of guards.entries())
    for (const other of guards.slice(index + 1)) if (excludes(one, other)) return [one, other];
  return undefined;
}

/** Whether a wake-up runs when its guards hold, with no further condition. */
export function isOpen({ rule, trigger }: Wake): boolean {
  const conditions = [trigger?.when, rule.condition].filter((each) => each !== undefined);
  return conditions.every((condition) => {
    const parts = partsOf(condition);
    return parts.length > 0 && parts.every(({ expression }) => expression.guard?.isWhole === true);
  });
}
