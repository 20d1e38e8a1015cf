// Conditions: expressions and their all/any/not, compiled. How they are decided is in run/decide.ts.
import { nearest, shownValue } from '../../base/index.ts';
import { compilePlaced, type PlacedExpression, type TextContext } from './text.ts';

export type Condition =
  | { readonly kind: 'expression'; readonly part: PlacedExpression }
  | { readonly kind: 'all' | 'any'; readonly items: readonly Condition[] }
  | { readonly kind: 'not'; readonly items: readonly Condition[] };

const groups = ['all', 'any', 'not'] as const;
const maxDepth = 20;

interface Entry {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

function compileEntry(entry: Entry, context: TextContext): Condition | undefined {
  const { value, path } = entry;
  if (typeof value === 'string') {
    const part = compilePlaced(unwrapped(value, path, context), { path, offset: 0 }, context);
    return part && { kind: 'expression', part };
  }
  if (typeof value === 'boolean') return compileEntry({ ...entry, value: String(value) }, context);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return compileGroup({ ...entry, value }, context);
  context.findings.add({
    path,
    code: 'bad-condition',
    message: `expected a condition such as "payload.celsius > 28", got ${described(value)}`,
    params: { value: shownValue(value) },
  });
  return undefined;
}

function described(value: unknown): string {
  return value === null
    ? 'nothing'
    : Array.isArray(value)
      ? 'a list'
      : `${typeof value} ${JSON.stringify(value).slice(0, 60)}`;
}

/** A condition is an expression already: braces around it are taken off, with a word. */
function unwrapped(text: string, path: string, context: TextContext): string {
  const match = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(text);
  if (!match) return text;
  context.findings.add({
    path,
    code: 'needless-braces',
    severity: 'warning',
    message: 'a condition is an expression already; write it without {{ }}',
  });
  return match[1] ?? '';
}

function compileGroup(
  entry: Entry & { readonly value: object },
  context: TextContext,
): Condition | undefined {
  const { value, path, depth } = entry;
  const keys = Object.keys(value);
  const kind = groups.find((group) => group === keys[0]);
  if (keys.length !== 1 || kind === undefined) {
    const meant = nearest(keys[0] ?? '', groups);
    const hint = 'if this was meant as one expression, quote it';
    context.findings.add({
      path,
      code: 'bad-condition',
      message: `expected an expression, or one of all, any, not; got the keys ${keys.join(', ')}; ${hint}`,
      params: { why: 'keys', keys: keys.join(', ') },
      ...(meant && { suggestion: meant }),
    });
    return undefined;
  }
  if (depth >= maxDepth) {
    context.findings.add({
      path,
      code: 'too-deep',
      message: `conditions nest ${maxDepth} deep at the most`,
      params: { why: 'conditions', limit: String(maxDepth) },
    });
    return undefined;
  }
  const content: unknown = Reflect.get(value, kind);
  const list = Array.isArray(content) ? content : [content];
  const items = compileList(
    list,
    { path: `${path}.${kind}`, isList: Array.isArray(content), depth: depth + 1 },
    context,
  );
  return items && { kind, items };
}

function compileList(
  list: readonly unknown[],
  place: { readonly path: string; readonly isList: boolean; readonly depth: number },
  context: TextContext,
): Condition[] | undefined {
  const items = list.map((value, index) =>
    compileEntry(
      { value, path: place.isList ? `${place.path}[${index}]` : place.path, depth: place.depth },
      context,
    ),
  );
  const good = items.filter((item) => item !== undefined);
  return good.length === items.length ? good : undefined;
}

/** One condition or a list that must all hold; `undefined` with findings when something is wrong. */
export function compileCondition(value: unknown, path: string, context: TextContext): Condition | undefined {
  const isList = Array.isArray(value);
  const items = compileList(isList ? value : [value], { path, isList, depth: 0 }, context);
  if (items === undefined) return undefined;
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: 'all', items };
}
