// A template of Jinja cut up: the text between the marks, and the tokens between them.
import { Untranslatable } from './ast.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
}

export type Chunk =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output' | 'statement'; readonly tokens: readonly Token[] };

const nextToken =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|("(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|([A-Za-z_]\w*)|(-?\}\}|-?%\}|==|!=|<=|>=|\/\/|\*\*|[-+*/%<>~|().,:=[\]{}]))/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

function unescaped(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\([\s\S])/g, (whole: string, one: string) => {
    if (Object.hasOwn(escapes, one)) return escapes[one] ?? '';
    return one === '\\' || one === '"' || one === "'" ? one : whole;
  });
}

function excerpt(source: string, at: number): string {
  return source.slice(at).trim().slice(0, 20);
}

function tokenOf(found: RegExpExecArray): Token {
  const [, number, text, name, sign = ''] = found;
  if (number !== undefined) return { kind: 'number', text: number };
  if (text !== undefined) return { kind: 'text', text: unescaped(text) };
  return name === undefined ? { kind: 'sign', text: sign } : { kind: 'name', text: name };
}

const depthOf: Readonly<Record<string, number>> = { '{': 1, '[': 1, '(': 1, '}': -1, ']': -1, ')': -1 };

interface Cut {
  readonly tokens: Token[];
  readonly end: number;
  readonly mark: string;
}

/** Tokens from `at` to the closing mark; without one, to the end. */
function cut(source: string, at: number, mark: '}}' | '%}' | undefined): Cut {
  const tokens: Token[] = [];
  let depth = 0;
  let end = at;
  for (;;) {
    if (source.slice(end).trim() === '') {
      if (mark !== undefined) throw new Untranslatable(`the template ends where "${mark}" is expected`);
      return { tokens, end, mark: '' };
    }
    nextToken.lastIndex = end;
    const found = nextToken.exec(source);
    if (found === null) throw new Untranslatable(`"${excerpt(source, end)}" is beyond what is translated`);
    const token = tokenOf(found);
    const isMark = token.kind === 'sign' && mark !== undefined && token.text.endsWith(mark);
    if (isMark && depth === 0) return { tokens, end: nextToken.lastIndex, mark: token.text };
    end = nextToken.lastIndex;
    if (token.kind === 'sign' && token.text === '}}') {
      // two closing braces of objects, or one of an object before the mark
      depth--;
      end--;
      tokens.push({ kind: 'sign', text: '}' });
      continue;
    }
    if (token.kind === 'sign') depth += depthOf[token.text] ?? 0;
    tokens.push(token);
  }
}

/** Tokens of an expression without marks. */
export function tokensOf(source: string): readonly Token[] {
  return cut(source, 0, undefined).tokens;
}

const opening = /\{\{[-+]?|\{%[-+]?|\{#/g;

/** The chunks of a template; `{%-` and `-%}` have taken the white space beside them. */
export function chunksOf(source: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let at = 0;
  let isTrimmed = false;
  const addText = (until: number, isTrimmedAtEnd: boolean): void => {
    let text = source.slice(at, until);
    if (isTrimmed) text = text.trimStart();
    if (isTrimmedAtEnd) text = text.trimEnd();
    if (text !== '') chunks.push({ kind: 'text', text });
  };
  for (;;) {
    opening.lastIndex = at;
    const found = opening.exec(source);
    if (found === null) break;
    const [mark] = found;
    addText(found.index, mark.endsWith('-'));
    const from = found.index + mark.length;
    if (mark === '{#') {
      const end = source.indexOf('#}', from);
      if (end < 0) throw new Untranslatable('the comment is not closed by #}');
      isTrimmed = source[end - 1] === '-';
      at = end + 2;
      continue;
    }
    const isOutput = mark.startsWith('{{');
    const { tokens, end, mark: closing } = cut(source, from, isOutput ? '}}' : '%}');
    chunks.push({ kind: isOutput ? 'output' : 'statement', tokens });
    isTrimmed = closing.startsWith('-');
    at = end;
  }
  addText(source.length, false);
  return chunks;
}
