// Functions that take a function: it is called with as many of value, position and whole as it has parameters.
import { Failure } from '../errors.ts';
import { callBack, type FunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import { isTrue, Sequence, setField } from '../values.ts';
import type { FunctionDefinition } from './definition.ts';

type Items = readonly unknown[] | undefined;
type Fields = Readonly<Record<string, unknown>> | undefined;

function map(run: Run, items: Items, target: FunctionValue): unknown {
  if (items === undefined) return undefined;
  run.allocateItems(items.length);
  const result = new Sequence();
  for (let index = 0; index < items.length; index++) {
    const value = callBack(run, target, [items[index], index, items]);
    if (value !== undefined) result.push(value);
  }
  return result;
}

function filter(run: Run, items: Items, target: FunctionValue): unknown {
  if (items === undefined) return undefined;
  run.allocateItems(items.length);
  const result = new Sequence();
  for (let index = 0; index < items.length; index++) {
    if (isTrue(run, callBack(run, target, [items[index], index, items]))) result.push(items[index]);
  }
  return result;
}

function single(run: Run, items: Items, target: FunctionValue | undefined): unknown {
  if (items === undefined) return undefined;
  const found: unknown[] = [];
  for (let index = 0; index < items.length; index++) {
    run.charge(1);
    const isMatch = target === undefined || isTrue(run, callBack(run, target, [items[index], index, items]));
    if (isMatch && found.push(items[index]) > 1) throw new Failure('D3138');
  }
  if (found.length === 0) throw new Failure('D3139');
  return found[0];
}

function reduce(run: Run, items: Items, ...rest: readonly [FunctionValue, unknown]): unknown {
  if (items === undefined) return undefined;
  const [target, initial] = rest;
  if (target.arity < 2) throw new Failure('D3050');
  const isSeeded = initial !== undefined || items.length === 0;
  let result = isSeeded ? initial : items[0];
  for (let index = isSeeded ? 0 : 1; index < items.length; index++)
    result = callBack(run, target, [result, items[index], index, items]);
  return result;
}

function each(run: Run, fields: Fields, target: FunctionValue): unknown {
  const result = new Sequence();
  if (fields === undefined) return result;
  const keys = Object.keys(fields);
  run.allocateItems(keys.length);
  for (const key of keys) {
    const value = callBack(run, target, [fields[key], key, fields]);
    if (value !== undefined) result.push(value);
  }
  return result;
}

function sift(run: Run, fields: Fields, target: FunctionValue | undefined): unknown {
  if (fields === undefined) return undefined;
  const kept: Record<string, unknown> = {};
  const keys = Object.keys(fields);
  if (keys.length === 0) return undefined;
  if (target === undefined) throw new Failure('T0410', { index: 2 });
  run.allocateItems(keys.length);
  for (const key of keys) {
    if (isTrue(run, callBack(run, target, [fields[key], key, fields]))) setField(kept, key, fields[key]);
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

export const higherOrderFunctions: readonly FunctionDefinition[] = [
  {
    name: 'map',
    signature: '<af>',
    en: 'The results of a function for each item of an array.',
    zh: '对数组的每个元素调用函数，得到结果数组。',
    example: { source: '$map([1, 2], function($n) { $n * 10 })', result: [10, 20] },
    call: map,
  },
  {
    name: 'filter',
    signature: '<af>',
    en: 'The items of an array for which a function is true.',
    zh: '数组中使函数为真的元素。',
    example: { source: '$filter([1, 5, 9], function($n) { $n > 3 })', result: [5, 9] },
    call: filter,
  },
  {
    name: 'single',
    signature: '<af?>',
    en: 'The one item of an array for which a function is true; none or several is an error.',
    zh: '数组中唯一使函数为真的元素；没有或多于一个则出错。',
    example: { source: '$single([1, 5, 9], function($n) { $n = 5 })', result: 5 },
    call: single,
  },
  {
    name: 'reduce',
    signature: '<afj?:j>',
    en: 'One value of an array: a function puts each item to what came before.',
    zh: '用函数把数组逐项归并成一个值。',
    example: { source: '$reduce([1, 2, 3], function($sum, $n) { $sum + $n })', result: 6 },
    call: reduce,
  },
  {
    name: 'each',
    signature: '<o-f:a>',
    en: 'The results of a function for each field (value, name) of an object.',
    zh: '对对象的每个字段（值、名）调用函数，得到结果数组。',
    example: { source: '$each({"a": 1}, function($v, $k) { $k & $v })', result: 'a1' },
    call: each,
  },
  {
    name: 'sift',
    signature: '<o-f?:o>',
    en: 'The object with only those fields for which a function is true.',
    zh: '只保留使函数为真的字段。',
    example: { source: '$sift({"a": 1, "b": 5}, function($v) { $v > 3 })', result: { b: 5 } },
    call: sift,
  },
];
