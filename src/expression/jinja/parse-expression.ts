// An expression of Jinja as a tree, with its order of operators: filters and tests bind tightest, a choice least.
import { type Given, type JinjaExpression, Untranslatable } from './ast.ts';
import type { Token } from './tokens.ts';

const end: Token = { kind: 'end', text: 'the end' };
const constants: Readonly<Record<string, boolean | null>> = {
  ...{ true: true, True: true, false: false, False: false },
  ...{ none: null, None: null },
};
/** Loosest first, each level left to right. */
const levels: readonly (readonly string[])[] = [['+', '-'], ['~'], ['*', '/', '//', '%'], ['**']];
const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', 'in']);
const nothing: Given = { values: [], named: new Map() };

export class ExpressionParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): JinjaExpression {
    const made = this.#choice();
    const rest = this.#peek();
    if (rest.kind !== 'end') throw new Untranslatable(`"${rest.text}" is beyond what is translated`);
    return made;
  }

  #peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? end;
  }

  #is(text: string, ahead = 0): boolean {
    const { kind, text: found } = this.#peek(ahead);
    return found === text && (kind === 'sign' || kind === 'name');
  }

  #take(text: string): boolean {
    const isIt = this.#is(text);
    if (isIt) this.#at++;
    return isIt;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new Untranslatable(`expected "${text}", got "${this.#peek().text}"`);
  }

  #name(): string {
    const { kind, text } = this.#peek();
    if (kind !== 'name') throw new Untranslatable(`"${text}" is no name`);
    this.#at++;
    return text;
  }

  #choice(): JinjaExpression {
    const yes = this.#either();
    if (!this.#take('if')) return yes;
    const condition = this.#either();
    if (!this.#take('else')) return { kind: 'choice', condition, yes };
    return { kind: 'choice', condition, yes, no: this.#choice() };
  }

  #either(): JinjaExpression {
    let left = this.#both();
    while (this.#take('or')) left = { kind: 'binary', operator: 'or', left, right: this.#both() };
    return left;
  }

  #both(): JinjaExpression {
    let left = this.#negated();
    while (this.#take('and')) left = { kind: 'binary', operator: 'and', left, right: this.#negated() };
    return left;
  }

  #negated(): JinjaExpression {
    return this.#take('not') ? { kind: 'not', of: this.#negated() } : this.#compared();
  }

  /** `a < b < c` is both comparisons. */
  #compared(): JinjaExpression {
    let left = this.#level(0);
    let whole: JinjaExpression | undefined;
    for (;;) {
      const isNot = this.#is('not') && this.#is('in', 1);
      const { kind, text } = this.#peek(isNot ? 1 : 0);
      if (kind === 'text' || !comparisons.has(text)) return whole ?? left;
      this.#at += isNot ? 2 : 1;
      const right = this.#level(0);
      const one: JinjaExpression = { kind: 'binary', operator: text, left, right };
      const signed: JinjaExpression = isNot ? { kind: 'not', of: one } : one;
      whole = whole === undefined ? signed : { kind: 'binary', operator: 'and', left: whole, right: signed };
      left = right;
    }
  }

  #level(index: number): JinjaExpression {
    const operators = levels[index];
    if (operators === undefined) return this.#signed(true);
    let left = this.#level(index + 1);
    for (;;) {
      const { kind, text } = this.#peek();
      if (kind !== 'sign' || !operators.includes(text)) return left;
      this.#at++;
      left = { kind: 'binary', operator: text, left, right: this.#level(index + 1) };
    }
  }

  #signed(withFilters: boolean): JinjaExpression {
    const value: JinjaExpression = this.#take('-')
      ? { kind: 'minus', of: this.#signed(false) }
      : this.#take('+')
        ? this.#signed(false)
        : this.#followed(this.#value());
    return withFilters ? this.#filtered(value) : value;
  }

  #filtered(given: JinjaExpression): JinjaExpression {
    let value = given;
    for (;;) {
      if (this.#take('|')) {
        const name = this.#name();
        value = { kind: 'filter', of: value, name, given: this.#take('(') ? this.#given() : nothing };
      } else if (this.#take('is')) {
        value = this.#tested(value);
      } else return value;
      value = this.#followed(value);
    }
  }

  #tested(of: JinjaExpression): JinjaExpression {
    const isNot = this.#take('not');
    const name = this.#name();
    if (this.#take('(')) return { kind: 'test', of, name, given: this.#given(), isNot };
    const { kind, text } = this.#peek();
    const hasOne = kind === 'number' || kind === 'text' || (kind === 'sign' && text === '[');
    const given = hasOne ? { ...nothing, values: [this.#followed(this.#value())] } : nothing;
    return { kind: 'test', of, name, given, isNot };
  }

  #followed(given: JinjaExpression): JinjaExpression {
    let value = given;
    for (;;) {
      if (this.#take('.')) {
        const { kind, text } = this.#peek();
        if (kind !== 'name' && kind !== 'number') throw new Untranslatable(`"${text}" is no name of a field`);
        this.#at++;
        value = kind === 'name' ? { kind: 'member', of: value, name: text } : index(value, text);
      } else if (this.#take('[')) value = this.#indexed(value);
      else if (this.#take('(')) value = { kind: 'call', of: value, given: this.#given() };
      else return value;
    }
  }

  #indexed(of: JinjaExpression): JinjaExpression {
    const from = this.#is(':') ? undefined : this.#choice();
    if (!this.#take(':')) {
      this.#expect(']');
      if (from === undefined) throw new Untranslatable('an index is missing');
      return { kind: 'index', of, index: from };
    }
    const to = this.#is(']') ? undefined : this.#choice();
    this.#expect(']');
    return { kind: 'slice', of, ...(from && { from }), ...(to && { to }) };
  }

  #given(): Given {
    const values: JinjaExpression[] = [];
    const named = new Map<string, JinjaExpression>();
    while (!this.#take(')')) {
      if (this.#peek().kind === 'name' && this.#is('=', 1)) {
        const name = this.#name();
        this.#at++;
        named.set(name, this.#choice());
      } else values.push(this.#choice());
      if (!this.#take(',') && !this.#is(')')) throw new Untranslatable('expected ")"');
    }
    return { values, named };
  }

  #value(): JinjaExpression {
    const { kind, text } = this.#peek();
    this.#at++;
    if (kind === 'number') return { kind: 'number', text };
    if (kind === 'text') return this.#adjacent(text);
    if (kind === 'name')
      return Object.hasOwn(constants, text)
        ? { kind: 'constant', value: constants[text] ?? null }
        : { kind: 'name', name: text };
    if (text === '(') return this.#grouped();
    if (text === '[') return { kind: 'list', items: this.#items(']') };
    if (text === '{') return this.#object();
    throw new Untranslatable(`"${text}" is not expected here`);
  }

  /** Texts side by side are one. */
  #adjacent(first: string): JinjaExpression {
    let value = first;
    for (; this.#peek().kind === 'text'; this.#at++) value += this.#peek().text;
    return { kind: 'text', value };
  }

  #grouped(): JinjaExpression {
    const items = [this.#choice()];
    while (this.#take(',')) if (!this.#is(')')) items.push(this.#choice());
    const isTuple = this.#is(',', -1) || items.length > 1;
    this.#expect(')');
    const [only] = items;
    return isTuple || only === undefined ? { kind: 'list', items } : only;
  }

  #items(close: string): JinjaExpression[] {
    const items: JinjaExpression[] = [];
    while (!this.#take(close)) {
      items.push(this.#choice());
      if (!this.#take(',') && !this.#is(close)) throw new Untranslatable(`expected "${close}"`);
    }
    return items;
  }

  #object(): JinjaExpression {
    const entries: [JinjaExpression, JinjaExpression][] = [];
    while (!this.#take('}')) {
      const key = this.#choice();
      this.#expect(':');
      entries.push([key, this.#choice()]);
      if (!this.#take(',') && !this.#is('}')) throw new Untranslatable('expected "}"');
    }
    return { kind: 'object', entries };
  }
}

function index(of: JinjaExpression, text: string): JinjaExpression {
  return { kind: 'index', of, index: { kind: 'number', text } };
}
