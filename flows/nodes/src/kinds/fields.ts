// Fields that several kinds of node have.
import type { Field, ValueType } from './kind.ts';

/** What can be worked out of a message. */
export const messageTypes: readonly ValueType[] = [
  'str',
  'num',
  'bool',
  'json',
  'msg',
  'flow',
  'global',
  'env',
  'jsonata',
];

export const comparisons = [
  'any',
  'eq',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'in',
  'jsonata',
] as const;

export type Comparison = (typeof comparisons)[number];

const comparing = comparisons.filter((one) => one !== 'any');

/** What a value is compared with; of `in` a list separated by commas, of `jsonata` an expression. */
export const comparedValue: Field = {
  input: 'typed',
  default: '',
  type: 'str',
  types: ['str', 'num', 'bool', 'jsonata'],
  when: { field: 'compare', is: comparing },
};

/** Which devices: some by their ids, or all of a room or with a label. */
export const selectors = ['device', 'room', 'label'] as const;
