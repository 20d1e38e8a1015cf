// Functions that make one array of others.
import { Failure } from '../errors.ts';
import type { FunctionValue } from '../function-value.ts';
import { apply } from '../function-value.ts';
import type { Run } from '../run.ts';
import { append, comparing, isEqual, isNumeric, Sequence } from '../values.ts';
import type { FunctionDefinition } from './definition.ts';

type Items = readonly unknown[] | undefined;

function reverse(run: Run, items: Items): Items {
  if (items === undefined || items.length <= 1) return items;
  run.allocateItems(items.length);
  return Array.from(items).reverse();
}

/** Plain values are found in a set; only objects and arrays are compared one by one. */
function distinct(run: Run, items: unknown): unknown {
  if (!Array.isArray(items) || items.length <= 1) return items;
  run.allocateItems(items.length);
  const result: unknown[] = items instanceof Sequence ? new Sequence() : [];
  const plain = new Set<unknown>();
  const compound: unknown[] = [];
  for (const item of items) {
    const isPlain = typeof item !== 'object' || item === null;
    if (!isPlain) run.charge(compound.length);
    if (typeof item === 'string') run.charge(item.length >> 9);
    if (isPlain ? plain.has(item) : compound.some((other) => isEqual(run, item, other))) continue;
    if (isPlain) plain.add(item);
    else compound.push(item);
    result.push(item);
  }
  return result;
}

function zip(run: Run, ...lists: readonly unknown[]): unknown[] {
  const arrays = lists.map((list): readonly unknown[] => (Array.isArray(list) ? list : []));
  const length = Math.min(...arrays.map((array) => array.length));
  run.allocateItems(length * arrays.length);
  return Array.from({ length }, (_, index) => arrays.map((array) => array[index]));
}

function shuffle(run: Run, items: Items): Items {
  if (items === undefined || items.length <= 1) return items;
  run.allocateItems(items.length);
  const result: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const other = Math.floor(run.random() * (index + 1));
    result.push(result[other]);
    result[other] = item;
  }
  return result;
}

type IsAfter = (left: unknown, right: unknown) => boolean;

function merge(
  run: Run,
  sides: readonly [readonly unknown[], readonly unknown[]],
  isAfter: IsAfter,
): unknown[] {
  const [left, right] = sides;
  const merged: unknown[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    run.charge(1);
    merged.push(isAfter(left[l], right[r]) ? right[r++] : left[l++]);
  }
  while (l < left.length) merged.push(left[l++]);
  while (r < right.length) merged.push(right[r++]);
  return merged;
}

/** Stable; asks only whether the left one belongs after the right one, in the order of the jsonata package. */
// hot: test/bench/expression.ts
export function mergeSort(run: Run, items: readonly unknown[], isAfter: IsAfter): readonly unknown[] {
  const sorted = (start: number, end: number): unknown[] => {
    if (end - start === 1) return [items[start]];
    run.allocateItems(end - start);
    const middle = start + Math.floor((end - start) / 2);
    const left = sorted(start, middle);
    return merge(run, [left, sorted(middle, end)], isAfter);
  };
  return items.length <= 1 ? items : sorted(0, items.length);
}

function isAfterPlain(run: Run, left: unknown, right: unknown): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    run.charge(comparing(left, right));
    return left > right;
  }
  return typeof left === 'number' && typeof right === 'number' && left > right;
}

function sort(run: Run, items: Items, comparator: FunctionValue | undefined): Items {
  if (items === undefined || items.length <= 1) return items;
  if (comparator !== undefined) {
    const isAfter: IsAfter = (left, right) => Boolean(apply(run, comparator, [left, right], null));
    return mergeSort(run, items, isAfter);
  }
  run.charge(items.length);
  const areNumbers = items.filter((item) => !isNumeric(item)).length === 0;
  if (!areNumbers && !items.every((item) => typeof item === 'string')) throw new Failure('D3070');
  return mergeSort(run, items, (left, right) => isAfterPlain(run, left, right));
}

export const arrayFunctions: readonly FunctionDefinition[] = [
  {
    name: 'append',
    signature: '<xx:a>',
    en: 'One array of two values or arrays.',
    zh: '把两个值或数组合成一个数组。',
    example: { source: '$append([1], [2, 3])', result: [1, 2, 3] },
    call: append,
  },
  {
    name: 'reverse',
    signature: '<a:a>',
    en: 'The array in opposite order.',
    zh: '颠倒数组的顺序。',
    example: { source: '$reverse([1, 2, 3])', result: [3, 2, 1] },
    call: reverse,
  },
  {
    name: 'distinct',
    signature: '<x:x>',
    en: 'The array with each value only once.',
    zh: '去掉数组中重复的值。',
    example: { source: '$distinct([1, 2, 1])', result: [1, 2] },
    call: distinct,
  },
  {
    name: 'sort',
    signature: '<af?:a>',
    en: 'The array in order; a function of two values may tell whether the first belongs after the second.',
    zh: '排序；可用一个函数判断第一个值是否应排在第二个之后。',
    example: { source: '$sort([3, 1, 2])', result: [1, 2, 3] },
    call: sort,
  },
  {
    name: 'shuffle',
    signature: '<a:a>',
    en: 'The array in an order that only the input and the rule decide.',
    zh: '打乱数组；顺序只由输入和规则决定。',
    example: { source: '$count($shuffle([1, 2, 3]))', result: 3 },
    reads: ['random'],
    call: shuffle,
  },
  {
    name: 'zip',
    signature: '<a+>',
    arity: 0,
    en: 'Arrays of the first items, of the second items, and so on, as long as the shortest.',
    zh: '按位置组合多个数组，长度取最短者。',
    example: {
      source: '$zip([1, 2], ["a", "b"])',
      result: [
        [1, 'a'],
        [2, 'b'],
      ],
    },
    call: zip,
  },
];
