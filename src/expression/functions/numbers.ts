// Functions of single numbers.
import { Failure } from '../errors.ts';
import {
  formatInteger,
  type IntegerPicture,
  integerPicture,
  parseInteger,
} from '../pictures/integer-picture.ts';
import { formatNumber } from '../pictures/number-picture.ts';
import { roundHalfEven } from '../pictures/rounding.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';

type Maybe = number | undefined;

function power(base: Maybe, exponent: Maybe): Maybe {
  if (base === undefined) return undefined;
  const result = base ** (exponent ?? Number.NaN);
  if (!Number.isFinite(result)) throw new Failure('D3061', { value: base, value2: exponent });
  return result;
}

function squareRoot(value: Maybe): Maybe {
  if (value === undefined) return undefined;
  if (value < 0) throw new Failure('D3060', { value });
  return Math.sqrt(value);
}

function formatBase(run: Run, value: Maybe, base: Maybe): string | undefined {
  if (value === undefined) return undefined;
  const radix = base === undefined ? 10 : roundHalfEven(base);
  if (!(radix >= 2 && radix <= 36)) throw new Failure('D3100', { value: radix });
  const text = roundHalfEven(value).toString(radix);
  run.charge(text.length >> 3);
  run.allocate(text.length);
  return text;
}

type Fields = Readonly<Record<string, unknown>>;

function pictureOf(run: Run, picture = ''): IntegerPicture {
  run.charge(1 + (picture.length >> 1));
  return integerPicture(picture);
}

function parsedInteger(run: Run, text: string, picture: IntegerPicture): number {
  run.charge(1 + (text.length >> 4) * (1 + picture.decimal.separators.length));
  const value = parseInteger(text, picture);
  if (value === undefined) throw new Failure('D3030', { value: text });
  return value;
}

export const numberFunctions: readonly FunctionDefinition[] = [
  {
    name: 'abs',
    signature: '<n-:n>',
    en: 'The number without its sign.',
    zh: '绝对值。',
    example: { source: '$abs(-5)', result: 5 },
    call: (_run: Run, value: Maybe) => (value === undefined ? undefined : Math.abs(value)),
  },
  {
    name: 'floor',
    signature: '<n-:n>',
    en: 'The number rounded down to a whole one.',
    zh: '向下取整。',
    example: { source: '$floor(5.8)', result: 5 },
    call: (_run: Run, value: Maybe) => (value === undefined ? undefined : Math.floor(value)),
  },
  {
    name: 'ceil',
    signature: '<n-:n>',
    en: 'The number rounded up to a whole one.',
    zh: '向上取整。',
    example: { source: '$ceil(5.2)', result: 6 },
    call: (_run: Run, value: Maybe) => (value === undefined ? undefined : Math.ceil(value)),
  },
  {
    name: 'round',
    signature: '<n-n?:n>',
    en: 'The number rounded to that many decimal places (0), a half to the even neighbour.',
    zh: '四舍六入五成双，第二个参数为小数位数（默认 0）。',
    example: { source: '$round(21.456, 1)', result: 21.5 },
    call: (_run: Run, value: Maybe, precision: Maybe) =>
      value === undefined ? undefined : roundHalfEven(value, precision),
  },
  {
    name: 'power',
    signature: '<n-n:n>',
    en: 'The first number to the power of the second.',
    zh: '第一个数的第二个数次幂。',
    example: { source: '$power(2, 8)', result: 256 },
    call: (_run: Run, base: Maybe, exponent: Maybe) => power(base, exponent),
  },
  {
    name: 'sqrt',
    signature: '<n-:n>',
    en: 'The square root of a number.',
    zh: '平方根。',
    example: { source: '$sqrt(16)', result: 4 },
    call: (_run: Run, value: Maybe) => squareRoot(value),
  },
  {
    name: 'random',
    signature: '<:n>',
    en: 'A number from 0 to below 1; the same input and rule give the same number.',
    zh: '0（含）到 1（不含）之间的数；同一输入和规则得到同一个数。',
    example: { source: '$random() < 1', result: true },
    reads: ['random'],
    call: (run: Run) => run.random(),
  },
  {
    name: 'formatBase',
    signature: '<n-n?:s>',
    en: 'The whole number as text in a number base from 2 to 36 (10).',
    zh: '以 2 到 36 进制（默认 10）写出整数。',
    example: { source: '$formatBase(255, 16)', result: 'ff' },
    call: formatBase,
  },
  {
    name: 'formatNumber',
    signature: '<n-so?:s>',
    en: 'The number as text after a picture such as #,##0.00; the symbols can be replaced.',
    zh: '按 #,##0.00 之类的格式写出数字，可替换其中的符号。',
    example: { source: '$formatNumber(1234.5, "#,##0.00")', result: '1,234.50' },
    call: (run: Run, value: Maybe, picture: string | undefined, options: Fields | undefined) =>
      value === undefined
        ? undefined
        : formatNumber(run, value, { picture: picture ?? '', options: options ?? {} }),
  },
  {
    name: 'formatInteger',
    signature: '<n-s:s>',
    en: 'The whole number as text: after a picture such as #,##0, in words (w), Roman (I), letters (a); `;o` makes it ordinal.',
    zh: '把整数写成文本：按 #,##0 之类的格式，或英文单词（w）、罗马数字（I）、字母（a）；`;o` 为序数。',
    example: { source: '$formatInteger(21, "w;o")', result: 'twenty-first' },
    call: (run: Run, value: Maybe, picture: string | undefined) =>
      value === undefined ? undefined : formatInteger(run, Math.floor(value), pictureOf(run, picture)),
  },
  {
    name: 'parseInteger',
    signature: '<s-s:n>',
    en: 'The whole number that a text stands for, written after a picture as in $formatInteger.',
    zh: '按 $formatInteger 的格式读出文本中的整数。',
    example: { source: '$parseInteger("XIV", "I")', result: 14 },
    call: (run: Run, text: string | undefined, picture: string | undefined) =>
      text === undefined ? undefined : parsedInteger(run, text, pictureOf(run, picture)),
  },
];
