// Which piece of the source text a node was written as. Starts are found from the tokens, because the tree has ends only.
import { type Node, ownParts, type TransformNode } from './ast.ts';
import { type Token, tokensOf } from './tokens.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const opening = new Set(Object.keys(closing));
const closings = new Set(Object.values(closing));

/** For each open bracket, the doublings of what stands in it before and after the last operator or separator. */
function doublingsOf(tokens: readonly Token[]): number {
  const open: { most: number; left: number }[] = [];
  let [most, left] = [0, 0];
  for (const { text } of tokens) {
    if (opening.has(text)) {
      open.push({ most, left });
      [most, left] = [0, 0];
    } else if (closings.has(text)) {
      const outer = open.pop() ?? { most: 0, left: 0 };
      left = Math.max(outer.left, most, left);
      most = outer.most;
    } else if (text === '??' || text === '?:') {
      left++;
      most = Math.max(most, left);
      left = 0;
    } else if (text === ',' || text === ';') {
      most = Math.max(most, left);
      left = 0;
    }
  }
  return Math.max(most, left);
}

export class Spans {
  readonly #tokens: readonly Token[];
  readonly #byEnd = new Map<number, number>();
  /** Index of the bracket that closes the one at this index. */
  readonly #closes = new Map<number, number>();
  /** The deepest nesting of brackets. */
  readonly depth: number;
  /** How many `??` and `?:` stand on the left of others: the parser makes two of everything on their left. */
  readonly doublings: number;

  constructor(source: string) {
    this.#tokens = tokensOf(source);
    this.depth = this.#match();
    this.doublings = doublingsOf(this.#tokens);
  }

  #match(): number {
    const open: number[] = [];
    let depth = 0;
    for (const [index, token] of this.#tokens.entries()) {
      this.#byEnd.set(token.end, index);
      if (closing[token.text]) depth = Math.max(depth, open.push(index));
      const last = open.at(-1);
      if (last !== undefined && closing[this.#tokens[last]?.text ?? ''] === token.text) {
        this.#closes.set(last, index);
        open.pop();
      }
    }
    return depth;
  }

  /** Where the token begins that ends at this position; the position itself when there is none. */
  startOf(position: number): number {
    return this.#token(position)?.start ?? position;
  }

  /** Where the first `%` stands that is no remainder: the parser keeps no position of it. */
  startOfParent(): number {
    return this.#tokens.find(({ text, endsOperand }) => text === '%' && endsOperand)?.start ?? 0;
  }

  #token(position: number): Token | undefined {
    return this.#tokens[this.#byEnd.get(position) ?? -1];
  }

  /** End of the bracket that closes the one ending at `position`. */
  #closeOf(position: number): number {
    const close = this.#closes.get(this.#byEnd.get(position) ?? -1);
    return close === undefined ? position : (this.#tokens[close]?.end ?? position);
  }

  of(node: Node): Span {
    const own = this.#own(node);
    let end = own.end;
    for (const filter of [...node.stages, ...node.predicates])
      end = Math.max(end, this.#closeOf(filter.position));
    if (node.group) end = Math.max(end, this.#closeOf(node.group.position));
    return { start: own.start, end: this.#pastMarks(end) };
  }

  /** `a[]`, `a@$x` and `a#$i` belong to the part although no node stands for what follows `a`. */
  #pastMarks(end: number): number {
    const index = this.#byEnd.get(end);
    if (index === undefined) return end;
    const [mark, next] = [this.#tokens[index + 1], this.#tokens[index + 2]];
    const isMark = mark?.text === '@' || mark?.text === '#' || (mark?.text === '[' && next?.text === ']');
    return isMark && next !== undefined ? this.#pastMarks(next.end) : end;
  }

  #own(node: Node): Span {
    switch (node.type) {
      case 'literal':
        return { start: this.#startOfNumber(node.position), end: node.position };
      case 'array':
      case 'object':
      case 'block':
        return { start: this.startOf(node.position), end: this.#closeOf(node.position) };
      case 'call':
      case 'partial':
        return { start: this.of(node.procedure).start, end: this.#closeOf(node.position) };
      case 'lambda':
        if (node.isNamed) return { start: this.startOf(node.position), end: node.position };
        return this.#lambda(node.position);
      case 'transform':
        return { start: this.startOf(node.position), end: this.#endOfTransform(node) };
      case 'tail-call':
        return this.of(node.call);
      case 'bind':
        return { start: this.startOf(node.target.position), end: this.of(node.value).end };
      case 'sort':
        return this.#sort(node.position);
      case 'negate':
        return { start: this.startOf(node.position), end: this.of(node.operand).end };
      default:
        return this.#around(node);
    }
  }

  /** From the first part to the last, or the token itself where there are no parts. */
  #around(node: Node): Span {
    const spans = ownParts(node).map((part) => this.of(part));
    const first = spans[0];
    if (first === undefined) return { start: this.startOf(node.position), end: node.position };
    return { start: first.start, end: Math.max(...spans.map((span) => span.end)) };
  }

  /** A minus before a number is folded into the literal by the parser. */
  #startOfNumber(position: number): number {
    let index = this.#byEnd.get(position);
    if (index === undefined) return position;
    while (this.#tokens[index - 1]?.text === '-' && this.#tokens[index - 2]?.endsOperand !== true) index--;
    return this.#tokens[index]?.start ?? position;
  }

  /** `function($x){ … }`: the position is that of the first bracket. */
  #lambda(position: number): Span {
    const open = this.#byEnd.get(position) ?? -1;
    let index = this.#closes.get(open) ?? open;
    while (index < this.#tokens.length && this.#tokens[index]?.text !== '{') index++;
    const start = this.#tokens[open - 1]?.start ?? position;
    return { start, end: this.#closeOf(this.#tokens[index]?.end ?? position) };
  }

  /** The last `|` follows the last part. */
  #endOfTransform(node: TransformNode): number {
    const { end } = this.of(node.deletion ?? node.update);
    return this.#tokens[(this.#byEnd.get(end) ?? -1) + 1]?.end ?? end;
  }

  /** `^( … )`: the position is that of the `^`. */
  #sort(position: number): Span {
    const open = this.#tokens[(this.#byEnd.get(position) ?? -1) + 1];
    return { start: this.startOf(position), end: this.#closeOf(open?.end ?? position) };
  }
}
