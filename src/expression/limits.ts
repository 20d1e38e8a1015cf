// What is too much for one expression, and what the parser says of text that is none.
import { type Node, partsOf } from './ast.ts';
import type { ExpressionProblem } from './contract.ts';
import type { SyntaxFault } from './parse.ts';
import type { Spans } from './spans.ts';

export const longestSource = 8 * 1024;
export const deepestNesting = 100;
/** Each doubles what the parser makes of its left side. */
const mostDoublings = 5;
/** Operators one after the other nest to the left, steps make long paths; that costs less, but not nothing. */
const longestChain = 1_000;

interface Depth {
  readonly nesting: number;
  readonly chain: number;
}

function isTooDeep(node: Node, { nesting, chain }: Depth): boolean {
  if (nesting > deepestNesting || chain > longestChain) return true;
  if (node.type === 'path' && node.steps.length > longestChain) return true;
  const parts = partsOf(node);
  return parts.some((part, index) => {
    const isChain = index === 0 && node.type === 'binary' && part.type === 'binary';
    return isTooDeep(part, isChain ? { nesting, chain: chain + 1 } : { nesting: nesting + 1, chain });
  });
}

/** Before anything looks at the text. */
export function lengthProblem(source: string): ExpressionProblem | undefined {
  if (source.length <= longestSource) return undefined;
  const message = `the expression has ${source.length} characters, the most is ${longestSource}`;
  const params = { count: String(source.length), limit: String(longestSource) };
  return { code: 'too-long', message, params, position: longestSource, severity: 'error' };
}

/** Before parsing by brackets and operators, after parsing by the tree. */
export function limitProblem(spans: Spans, node?: Node): ExpressionProblem | undefined {
  if (spans.doublings > mostDoublings) {
    const message = `more than ${mostDoublings} "??" or "?:" stand on the left of each other`;
    const params = { why: 'defaults', limit: String(mostDoublings) };
    return { code: 'too-deep', message, params, position: 0, severity: 'error' };
  }
  if (spans.depth <= deepestNesting && (node === undefined || !isTooDeep(node, { nesting: 0, chain: 0 })))
    return undefined;
  const message = `the expression is nested deeper than ${deepestNesting}`;
  const params = { limit: String(deepestNesting) };
  return { code: 'too-deep', message, params, position: 0, severity: 'error' };
}

type Say = (token: string, wanted: string) => string;

const messages: Readonly<Record<string, Say>> = {
  S0101: () => 'the text is not closed by the quote that opened it',
  S0102: (token) => `${token} is out of the range of numbers`,
  S0103: (token) => `\\${token} is no escape sequence`,
  S0104: () => '\\u needs four hexadecimal digits',
  S0105: () => 'the quoted name is not closed by a backquote',
  S0106: () => 'the comment is not closed by */',
  S0201: (token) => `"${token}" cannot stand here`,
  S0202: (token, wanted) => `expected "${wanted}" instead of "${token}"`,
  S0203: (_, wanted) => `the expression ends where "${wanted}" is expected`,
  S0204: (token) => `"${token}" is no operator`,
  S0207: () => 'the expression ends too soon',
  S0208: () => 'a parameter of a function begins with $',
  S0209: () => 'no filter can follow a grouping',
  S0210: () => 'there can be only one grouping',
  S0211: (token) => `"${token}" needs something on its left`,
  S0212: () => 'the left side of := begins with $',
  S0213: () => 'a constant cannot be a step of a path',
  S0214: (token) => `a variable must follow "${token}"`,
  S0215: () => '@ must come before the filters of its step',
  S0216: () => '@ cannot follow an order',
  S0217: () => '% has no parent here',
  S0301: () => 'the regular expression is empty',
  S0302: () => 'the regular expression is not closed by /',
  S0401: () => 'only arrays and functions have types inside their type',
  S0402: () => 'a choice of types has no types inside them',
  'too-deep': () => `the expression is nested deeper than ${deepestNesting}`,
  'bad-regex': () => 'the regular expression is not well formed',
};

/** Every code of text that is no expression, for the test of their words. */
export const syntaxCodes: readonly string[] = Object.keys(messages);

export function faultProblem(source: string, fault: SyntaxFault, spans: Spans): ExpressionProblem {
  const { code, token, wanted = '' } = fault;
  const end = Math.min(Math.max(fault.position, 0), source.length);
  const say = messages[code] ?? ((word: string) => `the syntax is wrong at "${word}"`);
  const isAtEnd = token === '(end)' || code === 'S0203' || code === 'S0207';
  const isLost = code === 'S0217' && end === 0;
  const isEmpty = isAtEnd && source.trim() === '';
  return {
    code,
    message: isEmpty ? 'the expression is empty' : say(token ?? '', wanted),
    position: isAtEnd ? source.length : isLost ? spans.startOfParent() : spans.startOf(end),
    ...(token === undefined || token === '(end)' ? {} : { token }),
    params: {
      limit: String(deepestNesting),
      ...(wanted !== '' && { wanted }),
      ...(isEmpty && { why: 'empty' }),
    },
    severity: 'error',
  };
}
