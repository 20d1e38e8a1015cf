// Functions between text and its encodings: base64 and URLs.
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';

type Text = string | undefined;

/** At most nine characters come of one. */
function converted(run: Run, text: Text, convert: (text: string) => string): Text {
  if (text === undefined) return undefined;
  run.charge(1 + (text.length >> 6));
  run.allocate(text.length * 3);
  try {
    return convert(text);
  } catch (cause) {
    if (cause instanceof URIError) throw new Failure('D3140', { value: text });
    throw cause;
  }
}

export const encodingFunctions: readonly FunctionDefinition[] = [
  {
    name: 'base64encode',
    signature: '<s-:s>',
    en: 'The text, one byte per character, in base64.',
    zh: '把文本（每字符一字节）编码为 base64。',
    example: { source: '$base64encode("on")', result: 'b24=' },
    call: (run: Run, text: Text) =>
      converted(run, text, (plain) => Buffer.from(plain, 'latin1').toString('base64')),
  },
  {
    name: 'base64decode',
    signature: '<s-:s>',
    en: 'The text, one character per byte, that base64 stands for.',
    zh: '解码 base64（每字节一字符）。',
    example: { source: '$base64decode("b24=")', result: 'on' },
    call: (run: Run, text: Text) =>
      converted(run, text, (coded) => Buffer.from(coded, 'base64').toString('latin1')),
  },
  {
    name: 'encodeUrlComponent',
    signature: '<s-:s>',
    en: 'The text as one part of a URL.',
    zh: '编码为 URL 的一个组成部分。',
    example: { source: '$encodeUrlComponent("a b/c")', result: 'a%20b%2Fc' },
    call: (run: Run, text: Text) => converted(run, text, encodeURIComponent),
  },
  {
    name: 'encodeUrl',
    signature: '<s-:s>',
    en: 'The text as a URL; its separators stay.',
    zh: '编码为 URL，保留分隔符。',
    example: { source: '$encodeUrl("http://a/b c")', result: 'http://a/b%20c' },
    call: (run: Run, text: Text) => converted(run, text, encodeURI),
  },
  {
    name: 'decodeUrlComponent',
    signature: '<s-:s>',
    en: 'The text that a part of a URL stands for.',
    zh: '解码 URL 的一个组成部分。',
    example: { source: '$decodeUrlComponent("a%20b")', result: 'a b' },
    call: (run: Run, text: Text) => converted(run, text, decodeURIComponent),
  },
  {
    name: 'decodeUrl',
    signature: '<s-:s>',
    en: 'The text that a URL stands for; its separators stay.',
    zh: '解码 URL，保留分隔符。',
    example: { source: '$decodeUrl("http://a/b%20c")', result: 'http://a/b c' },
    call: (run: Run, text: Text) => converted(run, text, decodeURI),
  },
];
