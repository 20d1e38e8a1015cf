// Text to syntax tree. The only file that knows the jsonata package and the loose shape of its tree.
import jsonata from 'jsonata';
import type {
  Base,
  BinaryNode,
  CallNode,
  Filter,
  Group,
  LambdaNode,
  Node,
  Operator,
  Pair,
  PartialNode,
  PathNode,
  TransformNode,
  TupleMarks,
  VariableNode,
} from './ast.ts';

/** A node as the package makes it; which fields there are depends on `type` (and on `value`). */
interface RawNode {
  type: string;
  value?: unknown;
  position?: number;
  keepArray?: boolean;
  keepSingletonArray?: boolean;
  consarray?: boolean;
  thunk?: boolean;
  focus?: string;
  index?: string;
  tuple?: boolean;
  ancestor?: { label: string };
  slot?: { label: string };
  predicate?: RawFilter[];
  stages?: RawFilter[];
  group?: { lhs: [RawNode, RawNode][]; position: number };
  steps?: RawNode[];
  expressions?: RawNode[];
  expression?: RawNode;
  arguments?: RawNode[];
  procedure?: RawNode;
  signature?: { definition: string };
  body?: RawNode;
  lhs?: unknown;
  rhs?: unknown;
  condition?: RawNode;
  then?: RawNode;
  else?: RawNode;
  pattern?: RawNode;
  update?: RawNode;
  delete?: RawNode;
  terms?: { descending: boolean; expression: RawNode }[];
}

interface RawFilter {
  type: string;
  expr?: RawNode;
  value?: string;
  position: number;
}

/** What the package throws for text that is no expression. */
export interface SyntaxFault {
  readonly code: string;
  readonly position: number;
  readonly token: string | undefined;
  /** What would have been right, where the package says so. */
  readonly wanted: string | undefined;
}

export type Parsed = { readonly node: Node } | { readonly fault: SyntaxFault };

const noFilters: readonly Filter[] = [];

function faultOf(thrown: unknown): SyntaxFault {
  const { code, position, token, value } = thrown as Record<string, unknown>;
  if (typeof code !== 'string') {
    const isDeep = thrown instanceof RangeError;
    const fault = { position: 0, token: undefined, wanted: undefined };
    return { ...fault, code: isDeep ? 'too-deep' : 'bad-regex' };
  }
  return {
    code,
    position: typeof position === 'number' ? position : 0,
    token: token === undefined ? undefined : String(token),
    wanted: value === undefined ? undefined : String(value),
  };
}

function tupleMarks(raw: RawNode): TupleMarks {
  const stages = raw.stages ?? [];
  const positions = stages.flatMap(({ type, value = '' }, index) => {
    const after = stages.slice(0, index).filter((stage) => stage.type === 'filter').length;
    return type === 'index' ? [{ name: value, after }] : [];
  });
  return { focus: raw.focus, index: raw.index, parent: raw.ancestor?.label, positions };
}

/** Turns the tree of one source text into ours. */
class Converter {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  node(raw: RawNode): Node {
    const base = this.#base(raw);
    switch (raw.type) {
      case 'string':
      case 'number':
      case 'value':
        return { ...base, type: 'literal', value: raw.value as string | number | boolean | null };
      case 'regex':
        return { ...base, type: 'regex', regex: raw.value as RegExp };
      case 'name':
        return { ...base, type: 'name', name: String(raw.value) };
      case 'path':
        return this.#path(raw, base);
      case 'variable':
        return { ...base, type: 'variable', name: String(raw.value) };
      case 'wildcard':
      case 'descendant':
        return { ...base, type: raw.type };
      case 'parent':
        return { ...base, type: 'parent', label: raw.slot?.label ?? '' };
      case 'unary':
        return this.#unary(raw, base);
      case 'binary':
        return this.#binary(raw, base);
      case 'condition':
        return this.#condition(raw, base);
      case 'block':
        return { ...base, type: 'block', items: this.#list(raw.expressions) };
      case 'bind':
        return this.#bind(raw, base);
      case 'function':
        return this.#call(raw, base);
      case 'partial':
        return this.#partial(raw, base);
      case 'transform':
        return this.#transform(raw, base);
      case 'lambda':
        return raw.thunk ? this.#tailCall(raw, base) : this.#lambda(raw, base);
      case 'apply':
        return { ...base, type: 'apply', left: this.#part(raw.lhs), right: this.#part(raw.rhs) };
      case 'sort':
        return this.#sort(raw, base);
      default:
        return { ...base, type: 'unsupported', construct: `"${raw.type}"` };
    }
  }

  #base(raw: RawNode): Base {
    return {
      position: raw.position ?? 0,
      keepArray: raw.keepArray === true,
      predicates: this.#filters(raw.predicate),
      stages: this.#filters(raw.stages),
      isWhole: raw.consarray === true,
      ...(raw.group ? { group: this.#group(raw.group) } : {}),
      ...(raw.tuple ? { tuple: tupleMarks(raw) } : {}),
    };
  }

  #filters(raw: RawFilter[] | undefined): readonly Filter[] {
    if (raw === undefined) return noFilters;
    return raw.flatMap((filter) =>
      filter.expr ? [{ expression: this.node(filter.expr), position: filter.position }] : [],
    );
  }

  #group(raw: { lhs: [RawNode, RawNode][]; position: number }): Group {
    return { pairs: this.#pairs(raw.lhs), position: raw.position };
  }

  #pairs(raw: unknown): Pair[] {
    return (raw as [RawNode, RawNode][]).map(([key, value]) => [this.node(key), this.node(value)]);
  }

  #part(raw: unknown): Node {
    return this.node(raw as RawNode);
  }

  #list(raw: RawNode[] | undefined): Node[] {
    return (raw ?? []).map((part) => this.node(part));
  }

  #path(raw: RawNode, base: Base): PathNode {
    return {
      ...base,
      type: 'path',
      steps: this.#list(raw.steps),
      keepSingleton: raw.keepSingletonArray === true,
    };
  }

  #unary(raw: RawNode, base: Base): Node {
    if (raw.value === '[') return { ...base, type: 'array', items: this.#list(raw.expressions) };
    if (raw.value === '{') return { ...base, type: 'object', pairs: this.#pairs(raw.lhs) };
    return { ...base, type: 'negate', operand: this.#part(raw.expression) };
  }

  #binary(raw: RawNode, base: Base): BinaryNode {
    const operator = raw.value as Operator;
    return { ...base, type: 'binary', operator, left: this.#part(raw.lhs), right: this.#part(raw.rhs) };
  }

  /** `?`, `??` and `?:` are told apart by their text: the tree only has conditions. */
  #condition(raw: RawNode, base: Base): Node {
    const written = this.#source.slice(base.position - 2, base.position);
    const otherwise = raw.else === undefined ? undefined : this.node(raw.else);
    if ((written === '??' || written === '?:') && otherwise !== undefined) {
      // not `then`: that copy may end in tail calls, and whether they give a value has to be known here
      const left = written === '??' ? raw.condition?.arguments?.[0] : raw.condition;
      return { ...base, type: 'default', operator: written, left: this.#part(left), right: otherwise };
    }
    const then = this.#part(raw.then);
    return { ...base, type: 'condition', test: this.#part(raw.condition), then, otherwise };
  }

  #bind(raw: RawNode, base: Base): Node {
    const target = this.#part(raw.lhs) as VariableNode;
    return { ...base, type: 'bind', name: target.name, target, value: this.#part(raw.rhs) };
  }

  #call(raw: RawNode, base: Base): CallNode {
    return { ...base, type: 'call', procedure: this.#part(raw.procedure), args: this.#list(raw.arguments) };
  }

  #partial(raw: RawNode, base: Base): PartialNode {
    const args = (raw.arguments ?? []).map((arg) => (arg.type === 'operator' ? undefined : this.node(arg)));
    return { ...base, type: 'partial', procedure: this.#part(raw.procedure), args };
  }

  #transform(raw: RawNode, base: Base): TransformNode {
    const deletion = raw.delete && this.node(raw.delete);
    return {
      ...base,
      type: 'transform',
      pattern: this.#part(raw.pattern),
      update: this.#part(raw.update),
      deletion,
    };
  }

  #lambda(raw: RawNode, base: Base): LambdaNode {
    const params = (raw.arguments ?? []).map((param) => String(param.value));
    return {
      ...base,
      type: 'lambda',
      params,
      signature: raw.signature?.definition,
      body: this.#part(raw.body),
    };
  }

  #tailCall(raw: RawNode, base: Base): Node {
    const call = this.#part(raw.body);
    return call.type === 'call' ? { ...base, type: 'tail-call', call } : call;
  }

  #sort(raw: RawNode, base: Base): Node {
    const terms = (raw.terms ?? []).map(({ descending, expression }) => ({
      isDescending: descending,
      expression: this.node(expression),
    }));
    return { ...base, type: 'sort', terms };
  }
}

/** Never throws; a fault has the code and position of the jsonata package. */
export function parse(source: string): Parsed {
  try {
    const raw = jsonata(source).ast() as unknown as RawNode;
    return { node: new Converter(source).node(raw) };
  } catch (thrown) {
    return { fault: faultOf(thrown) };
  }
}
