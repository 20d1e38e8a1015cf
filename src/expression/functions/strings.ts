// Functions of text. Whatever makes longer text pays for it first.
import type { FunctionValue } from '../function-value.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';
import { contains, match, replace, split } from './matching.ts';
import { cut, lengthOf, pad, trim } from './text.ts';

type Text = string | undefined;
type Wanted = string | FunctionValue | undefined;

function before(run: Run, text: Text, mark: Text): Text {
  if (text === undefined) return undefined;
  run.search(text, String(mark));
  const at = text.indexOf(String(mark));
  return at < 0 ? text : text.slice(0, at);
}

function after(run: Run, text: Text, mark: Text): Text {
  if (text === undefined) return undefined;
  run.search(text, String(mark));
  const at = text.indexOf(String(mark));
  return at < 0 ? text : text.slice(at + String(mark).length);
}

function join(run: Run, texts: readonly string[] | undefined, separator = ''): Text {
  if (texts === undefined) return undefined;
  run.charge(texts.length);
  run.allocate(texts.reduce((bytes, text) => bytes + text.length + separator.length, 0));
  return texts.join(separator);
}

export const stringFunctions: readonly FunctionDefinition[] = [
  {
    name: 'substring',
    signature: '<s-nn?:s>',
    en: 'The text from a position (0 is the first character, negative counts from the end), at most that many characters.',
    zh: '从某位置开始的子串（0 为首字符，负数从末尾数），可限定字符数。',
    example: { source: '$substring("kitchen", 0, 3)', result: 'kit' },
    call: cut,
  },
  {
    name: 'substringBefore',
    signature: '<s-s:s>',
    en: 'The text before the first occurrence of another; all of it when there is none.',
    zh: '首次出现指定文本之前的部分；未出现则为全文。',
    example: { source: '$substringBefore("21.5 C", " ")', result: '21.5' },
    call: before,
  },
  {
    name: 'substringAfter',
    signature: '<s-s:s>',
    en: 'The text after the first occurrence of another; all of it when there is none.',
    zh: '首次出现指定文本之后的部分；未出现则为全文。',
    example: { source: '$substringAfter("home/kitchen", "/")', result: 'kitchen' },
    call: after,
  },
  {
    name: 'lowercase',
    signature: '<s-:s>',
    en: 'The text in small letters.',
    zh: '转为小写。',
    example: { source: '$lowercase("ON")', result: 'on' },
    call: (run: Run, text: Text) => {
      run.allocate(text?.length ?? 0);
      return text?.toLowerCase();
    },
  },
  {
    name: 'uppercase',
    signature: '<s-:s>',
    en: 'The text in capital letters.',
    zh: '转为大写。',
    example: { source: '$uppercase("on")', result: 'ON' },
    call: (run: Run, text: Text) => {
      run.allocate(text?.length ?? 0);
      return text?.toUpperCase();
    },
  },
  {
    name: 'length',
    signature: '<s-:n>',
    en: 'How many characters a text has.',
    zh: '文本的字符数。',
    example: { source: '$length("客厅")', result: 2 },
    call: (run: Run, text: Text) => (text === undefined ? undefined : lengthOf(run, text)),
  },
  {
    name: 'trim',
    signature: '<s-:s>',
    en: 'The text without blanks at its ends, and with single blanks inside.',
    zh: '去掉首尾空白，并把中间连续空白合并为一个空格。',
    example: { source: '$trim("  a   b ")', result: 'a b' },
    call: trim,
  },
  {
    name: 'pad',
    signature: '<s-ns?:s>',
    en: 'The text filled up to a width, on the right or, if the width is negative, on the left.',
    zh: '把文本补到指定宽度；宽度为正补在右侧，为负补在左侧。',
    example: { source: '$pad("7", -2, "0")', result: '07' },
    call: pad,
  },
  {
    name: 'contains',
    signature: '<s-(sf):b>',
    en: 'Whether a text holds another, or what a regular expression matches.',
    zh: '文本是否包含另一文本，或与正则表达式匹配的部分。',
    example: { source: '$contains("motion detected", "motion")', result: true },
    call: contains,
  },
  {
    name: 'match',
    signature: '<s-f<s:o>n?:a<o>>',
    en: 'The matches (or that many) of a regular expression: {match, index, groups}.',
    zh: '正则表达式的匹配结果 {match, index, groups}，可限定个数。',
    example: {
      source: '$match("t=21", /t=(\\d+)/)',
      result: { match: 't=21', index: 0, groups: ['21'] },
    },
    call: match,
  },
  {
    name: 'split',
    signature: '<s-(sf)n?:a<s>>',
    en: 'The pieces of a text between separators (a text or a regular expression), at most that many.',
    zh: '按分隔符（文本或正则表达式）切分文本，可限定个数。',
    example: { source: '$split("a,b", ",")', result: ['a', 'b'] },
    call: (run: Run, text: Text, separator: Wanted, limit: number | undefined) =>
      split(run, text, { separator, limit }),
  },
  {
    name: 'join',
    signature: '<a<s>s?:s>',
    en: 'The texts of an array put together, with a separator between them.',
    zh: '把文本数组连接起来，可指定分隔符。',
    example: { source: '$join(["a", "b"], "-")', result: 'a-b' },
    call: join,
  },
  {
    name: 'replace',
    signature: '<s-(sf)(sf)n?:s>',
    en: 'The text with every occurrence (or that many) of another or of a regular expression replaced; `$1` is its first group.',
    zh: '替换文本中出现的另一文本或正则匹配，可限定次数；`$1` 为第一个分组。',
    example: { source: '$replace("a-b-c", "-", "/")', result: 'a/b/c' },
    call: (run: Run, text: Text, pattern: Wanted, replacement: Wanted, limit: number | undefined) =>
      replace(run, text, { pattern, replacement, limit }),
  },
];
