// Functions over arrays of numbers, and $count.

import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';

type Numbers = readonly number[] | undefined;

function total(values: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return sum;
}

/** Loops rather than spreads: a long array must not exhaust the stack. */
function extreme(values: Numbers, pick: (a: number, b: number) => number): number | undefined {
  if (values === undefined || values.length === 0) return undefined;
  let [best = Number.NaN] = values;
  for (let index = 1; index < values.length; index++) best = pick(best, values[index] ?? best);
  return best;
}

export const aggregateFunctions: readonly FunctionDefinition[] = [
  {
    name: 'sum',
    signature: '<a<n>:n>',
    en: 'The sum of an array of numbers.',
    zh: '数字数组之和。',
    example: { source: '$sum([1, 2, 3])', result: 6 },
    call: (_run: Run, values: Numbers) => (values === undefined ? undefined : total(values)),
  },
  {
    name: 'count',
    signature: '<a:n>',
    en: 'How many items an array has; 0 when it is missing.',
    zh: '数组的元素个数；缺失时为 0。',
    example: { source: '$count(["a", "b"])', result: 2 },
    call: (_run: Run, values: readonly unknown[] | undefined) => values?.length ?? 0,
  },
  {
    name: 'max',
    signature: '<a<n>:n>',
    en: 'The largest number of an array.',
    zh: '数组中最大的数字。',
    example: { source: '$max([3, 9, 4])', result: 9 },
    call: (_run: Run, values: Numbers) => extreme(values, Math.max),
  },
  {
    name: 'min',
    signature: '<a<n>:n>',
    en: 'The smallest number of an array.',
    zh: '数组中最小的数字。',
    example: { source: '$min([3, 9, 4])', result: 3 },
    call: (_run: Run, values: Numbers) => extreme(values, Math.min),
  },
  {
    name: 'average',
    signature: '<a<n>:n>',
    en: 'The mean of an array of numbers.',
    zh: '数字数组的平均值。',
    example: { source: '$average([20, 22])', result: 21 },
    call: (_run: Run, values: Numbers) =>
      values === undefined || values.length === 0 ? undefined : total(values) / values.length,
  },
];
