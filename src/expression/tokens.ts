// The words of a source text with where they begin; the jsonata package only tells where they end.

export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** An operand may end with it, so that `-` and `/` after it are operators. */
  readonly endsOperand: boolean;
}

const blank = ' \t\n\r\v';
const pairs = ['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??'];
const operators = '.[]{}(),@#;:?+-*/%|=<>^&!~';
const number = /(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][-+]?\d+)?/y;

function endOfQuoted(source: string, start: number): number {
  const quote = source[start];
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === '\\' && quote !== '`') i++;
    else if (source[i] === quote) return i + 1;
  }
  return source.length;
}

/** Like the package: the first `/` outside brackets that no backslash escapes, then the flags. */
function endOfRegex(source: string, start: number): number {
  let depth = 0;
  for (let i = start + 1; i < source.length; i++) {
    const char = source[i] ?? '';
    if (char === '\\') i++;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === '/' && depth === 0) {
      let end = i + 1;
      while (source[end] === 'i' || source[end] === 'm') end++;
      return end;
    }
  }
  return source.length;
}

function endOfWord(source: string, start: number): number {
  let i = start;
  while (i < source.length && !blank.includes(source[i] ?? '') && !operators.includes(source[i] ?? '')) i++;
  return Math.max(i, start + 1);
}

/** The first character of the next token: blanks and comments are passed over. */
function skip(source: string, from: number): number {
  let i = from;
  for (;;) {
    while (i < source.length && blank.includes(source[i] ?? '')) i++;
    if (!source.startsWith('/*', i)) return i;
    const close = source.indexOf('*/', i + 2);
    i = close < 0 ? source.length : close + 2;
  }
}

function endOfToken(source: string, start: number, afterOperand: boolean): number {
  const char = source[start] ?? '';
  if (char === '/' && !afterOperand) return endOfRegex(source, start);
  if (pairs.includes(source.slice(start, start + 2))) return start + 2;
  if (operators.includes(char)) return start + 1;
  if (char === '"' || char === "'" || char === '`') return endOfQuoted(source, start);
  number.lastIndex = start;
  const digits = number.exec(source);
  return digits ? start + digits[0].length : endOfWord(source, start);
}

/** Whether an operand may end with this text; `*` and `%` are operands where none came before. */
function isOperandEnd(text: string, afterOperand: boolean): boolean {
  if (text === ')' || text === ']' || text === '}') return true;
  if (text === '*' || text === '**' || text === '%') return !afterOperand;
  if (text === 'and' || text === 'or' || text === 'in') return !afterOperand;
  return !pairs.includes(text) && !(text.length === 1 && operators.includes(text));
}

/** Never fails: text that is no token becomes words. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let afterOperand = false;
  for (let start = skip(source, 0); start < source.length; ) {
    const end = endOfToken(source, start, afterOperand);
    const text = source.slice(start, end);
    afterOperand = isOperandEnd(text, afterOperand);
    tokens.push({ text, start, end, endsOperand: afterOperand });
    start = skip(source, end);
  }
  return tokens;
}
