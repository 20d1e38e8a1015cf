// Functions that ask what a value is, or make another kind of value of it.
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import { isNumeric, isTrue, toBoolean, toText } from '../values.ts';
import type { FunctionDefinition } from './definition.ts';

const decimal = /^-?\d+(\.\d+)?([Ee][-+]?\d+)?$/;
/** Binds as loosely as in the jsonata package: only the first and the last alternative are anchored. */
const otherBase = /^(0[xX][0-9A-Fa-f]+)|(0[oO][0-7]+)|(0[bB][0-1]+)$/;

function toNumber(run: Run, value: string | number | boolean | null | undefined): number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    run.charge(value.length >> 6);
    if (decimal.test(value) && Number.isFinite(Number(value))) return Number(value);
    if (otherBase.test(value)) return Number(value);
  }
  throw new Failure('D3030', { value });
}

function typeOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'null';
  if (isNumeric(value)) return 'number';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'boolean' || type === 'function' ? type : 'object';
}

export const castFunctions: readonly FunctionDefinition[] = [
  {
    name: 'string',
    signature: '<x-b?:s>',
    arity: 1,
    en: 'The value as text; objects and arrays as JSON, indented if the second argument is true.',
    zh: '转为文本；对象和数组写成 JSON，第二个参数为 true 时缩进。',
    example: { source: '$string({"on": true})', result: '{"on":true}' },
    call: (run: Run, value: unknown, isPretty: boolean | undefined) =>
      value === undefined ? undefined : toText(run, value, isPretty ?? false),
  },
  {
    name: 'number',
    signature: '<(nsb)-:n>',
    en: 'The value as a number: text is read, true is 1, false is 0.',
    zh: '转为数字：读取文本，true 为 1，false 为 0。',
    example: { source: '$number("21.5")', result: 21.5 },
    call: toNumber,
  },
  {
    name: 'boolean',
    signature: '<x-:b>',
    en: 'Whether the value counts as true: not null, 0, "" or empty.',
    zh: '值是否算作真：不是 null、0、空文本或空集合。',
    example: { source: '$boolean("off")', result: true },
    call: toBoolean,
  },
  {
    name: 'not',
    signature: '<x-:b>',
    en: 'The opposite of $boolean; missing when the value is missing.',
    zh: '与 $boolean 相反；值缺失时结果也缺失。',
    example: { source: '$not(false)', result: true },
    call: (run: Run, value: unknown) => (value === undefined ? undefined : !isTrue(run, value)),
  },
  {
    name: 'exists',
    signature: '<x:b>',
    en: 'Whether there is a value at all; null is one.',
    zh: '是否有值；null 也算有值。',
    example: { source: '$exists(missing)', result: false },
    call: (_run: Run, value: unknown) => value !== undefined,
  },
  {
    name: 'type',
    signature: '<x:s>',
    en: 'What kind of value it is: null, number, string, boolean, array, object or function.',
    zh: '值的类型：null、number、string、boolean、array、object 或 function。',
    example: { source: '$type([1])', result: 'array' },
    call: (_run: Run, value: unknown) => typeOf(value),
  },
  {
    name: 'error',
    signature: '<s?:x>',
    en: 'Ends the evaluation with an error of this text.',
    zh: '以此文本为错误结束求值。',
    example: { source: 'false ? $error("no") : "fine"', result: 'fine' },
    call: (_run: Run, message: string | undefined) => {
      throw new Failure('D3137', message ? { text: message } : {});
    },
  },
  {
    name: 'assert',
    signature: '<bs?:x>',
    en: 'Ends the evaluation with an error of this text unless the condition is true.',
    zh: '条件不为真时，以此文本为错误结束求值。',
    example: { source: '($assert(1 < 2, "no"); "fine")', result: 'fine' },
    call: (_run: Run, condition: boolean | undefined, message: string | undefined) => {
      if (!condition) throw new Failure('D3141', message ? { text: message } : {});
    },
  },
  {
    name: 'eval',
    signature: '<sx?:x>',
    en: 'The value of an expression that is text, with the second argument as its context.',
    zh: '求文本表达式的值，第二个参数作为其上下文。',
    example: { source: '$eval("a + 1", {"a": 2})', result: 3 },
    reads: ['anything'],
  },
];
