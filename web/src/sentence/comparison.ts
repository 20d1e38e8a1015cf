// Reads those expressions that can be said in words: comparisons of simple things with `and` and `or`. Everything else is
// undefined, and shown as it is written. It decides nothing: that does the server.
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'path'; readonly names: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly Operand[] }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly given: readonly Operand[];
      readonly names: readonly string[];
    };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

export type Statement =
  | { readonly kind: 'compare'; readonly operator: Operator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'holds'; readonly what: Operand }
  | { readonly kind: 'not'; readonly item: Statement }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Statement[] };

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'call' | 'sign';
  readonly text: string;
}

const token =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(\$[\p{L}_][\p{L}\p{N}_]*)|(`[^`]+`|[\p{L}_][\p{L}\p{N}_]*)|(!=|<=|>=|[=<>()[\].,]))/guy;

/** Undefined where a sign is none of these. */
function tokensOf(source: string): readonly Token[] | undefined {
  const text = source.trim();
  const matches = [...text.matchAll(token)];
  const length = matches.reduce((sum, [all]) => sum + all.length, 0);
  return length === text.length ? matches.map(tokenOf) : undefined;
}

function tokenOf([, quoted, number, call, name, sign]: RegExpMatchArray): Token {
  if (quoted !== undefined) return { kind: 'text', text: quoted.slice(1, -1) };
  if (number !== undefined) return { kind: 'number', text: number };
  if (call !== undefined) return { kind: 'call', text: call.slice(1) };
  return name === undefined ? { kind: 'sign', text: sign ?? '' } : { kind: 'name', text: name };
}

class NotSimple extends Error {}

const operators: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', 'in']);
const words: ReadonlySet<string> = new Set(['and', 'or', 'in']);

function isOperator(text: string): text is Operator {
  return operators.has(text);
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Statement {
    const statement = this.#group('or');
    if (this.#at < this.#tokens.length) throw new NotSimple();
    return statement;
  }

  #peek(text: string): boolean {
    const next = this.#tokens[this.#at];
    return next?.text === text && (next.kind === 'sign' || next.kind === 'name');
  }

  #take(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#at += 1;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw new NotSimple();
  }

  #group(word: 'and' | 'or'): Statement {
    const next = (): Statement => (word === 'or' ? this.#group('and') : this.#single());
    const items = [next()];
    while (this.#take(word)) items.push(next());
    const [only] = items;
    return items.length === 1 && only ? only : { kind: word, items };
  }

  #single(): Statement {
    if (this.#take('(')) {
      const inner = this.#group('or');
      this.#need(')');
      return inner;
    }
    const next = this.#tokens[this.#at];
    if (next?.kind === 'call' && next.text === 'not') {
      this.#at += 1;
      this.#need('(');
      const item = this.#group('or');
      this.#need(')');
      return { kind: 'not', item };
    }
    return this.#comparison();
  }

  #comparison(): Statement {
    const left = this.#operand();
    const sign = this.#tokens[this.#at];
    if (sign === undefined || (sign.kind !== 'sign' && sign.kind !== 'name') || !isOperator(sign.text)) {
      return { kind: 'holds', what: left };
    }
    this.#at += 1;
    return { kind: 'compare', operator: sign.text, left, right: this.#operand() };
  }

  #operand(): Operand {
    const next = this.#tokens[this.#at];
    this.#at += 1;
    if (next?.kind === 'text') {
      if (next.text.includes('\\')) throw new NotSimple();
      return { kind: 'literal', value: next.text };
    }
    if (next?.kind === 'number') return { kind: 'literal', value: Number(next.text) };
    if (next?.kind === 'call') return this.#call(next.text);
    if (next?.kind === 'name') return this.#path(next.text);
    if (next?.text === '[') return { kind: 'list', items: this.#operands(']') };
    throw new NotSimple();
  }

  #call(name: string): Operand {
    // `$name` is the same as `name` where no function is called so.
    if (!this.#take('(')) return { kind: 'path', names: [name, ...this.#fields()] };
    return { kind: 'call', name, given: this.#operands(')'), names: this.#fields() };
  }

  #path(text: string): Operand {
    if (words.has(text)) throw new NotSimple();
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
    if (text === 'null') return { kind: 'literal', value: null };
    return { kind: 'path', names: [text.replaceAll('`', ''), ...this.#fields()] };
  }

  #fields(): readonly string[] {
    const names: string[] = [];
    while (this.#take('.')) {
      const next = this.#tokens[this.#at];
      if (next?.kind !== 'name') throw new NotSimple();
      this.#at += 1;
      names.push(next.text.replaceAll('`', ''));
    }
    return names;
  }

  #operands(end: string): readonly Operand[] {
    const items: Operand[] = [];
    if (this.#take(end)) return items;
    do items.push(this.#operand());
    while (this.#take(','));
    this.#need(end);
    return items;
  }
}

export function readStatement(source: string): Statement | undefined {
  const tokens = tokensOf(source);
  if (tokens === undefined || tokens.length === 0) return undefined;
  try {
    return new Reader(tokens).whole();
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}
