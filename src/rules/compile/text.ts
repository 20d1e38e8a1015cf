// Strings of a document that may hold `{{ expression }}`, compiled: constant, one typed value, or text made of parts.
import {
  compileExpression,
  type Expression,
  type ExpressionProblem,
  type FunctionLookup,
  type Watched,
} from '../../expression/index.ts';
import type { Finding, Findings } from '../model/problem.ts';

/** An expression with its place in the document. */
export interface PlacedExpression {
  readonly path: string;
  readonly expression: Expression;
}

export type ValueNode =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'expression'; readonly part: PlacedExpression }
  | { readonly kind: 'text'; readonly path: string; readonly parts: readonly (string | PlacedExpression)[] }
  | { readonly kind: 'list'; readonly items: readonly ValueNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, ValueNode])[] };

export interface TextContext {
  readonly names: readonly string[];
  readonly findings: Findings;
  /** Gathers what the house must keep for the expressions. */
  readonly watched: Watched[];
  /** Gathers the expressions themselves. */
  readonly placed?: PlacedExpression[];
  /** Whether secrets may become a part of the value; only where it is neither traced nor kept. */
  readonly secrets?: 'used';
  /** Whether `$at` may not be read. */
  readonly past?: 'refused';
  readonly functions?: FunctionLookup;
}

export interface Place {
  readonly path: string;
  /** Characters from the start of the string at `path` to the start of the expression. */
  readonly offset: number;
}

/** Syntax trouble, as opposed to a name that is not known: the text may go on past this `}}`. */
function isSyntax(code: string): boolean {
  return /^S0/.test(code);
}

/** What a problem of an expression is made of. */
export function paramsOf({
  token,
  params,
}: Pick<ExpressionProblem, 'token' | 'params'>): Pick<Finding, 'params'> {
  if (token === undefined && params === undefined) return {};
  return { params: { ...params, ...(token !== undefined && { token }) } };
}

/** Compiles one expression; what is wrong with it becomes findings. */
export function compilePlaced(
  source: string,
  place: Place,
  context: TextContext,
): PlacedExpression | undefined {
  const { expression, problems } = compileExpression(source, {
    names: context.names,
    ...(context.secrets !== undefined && { secrets: context.secrets }),
    ...(context.past !== undefined && { past: context.past }),
    ...(context.functions !== undefined && { functions: context.functions }),
  });
  for (const { code, message, position, severity, suggestion, ...made } of problems) {
    context.findings.add({
      path: place.path,
      code,
      message,
      severity,
      offset: place.offset + position,
      ...paramsOf(made),
      ...(suggestion !== undefined && { suggestion }),
    });
  }
  if (expression === undefined) return undefined;
  context.watched.push(...expression.watched);
  const placed = { path: place.path, expression };
  context.placed?.push(placed);
  return placed;
}

interface Found {
  readonly source: string;
  /** Where the text goes on, past the braces. */
  readonly end: number;
}

/** Looks for the end of one expression; nested braces need a few, a hostile text would ask for thousands. */
const maxCloses = 50;

/** The expression that begins at `start`: up to the first `}}` where JSONata parses, else up to the first `}}`. */
function findExpression(text: string, start: number, names: readonly string[]): Found | undefined {
  let first: Found | undefined;
  let close = text.indexOf('}}', start);
  for (let count = 0; close >= 0 && count < maxCloses; count++) {
    const found = { source: text.slice(start, close), end: close + 2 };
    first ??= found;
    const { problems } = compileExpression(found.source, { names });
    if (!problems.some((problem) => isSyntax(problem.code))) return found;
    close = text.indexOf('}}', close + 1);
  }
  return first;
}

function cut(text: string, path: string, context: TextContext): (string | PlacedExpression)[] | undefined {
  const parts: (string | PlacedExpression)[] = [];
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const found = findExpression(text, open + 2, context.names);
    if (found === undefined) {
      context.findings.add({ path, code: 'open-template', message: '"{{" without "}}"', offset: open });
      return undefined;
    }
    if (open > at) parts.push(text.slice(at, open));
    const indent = found.source.length - found.source.trimStart().length;
    const part = compilePlaced(found.source.trim(), { path, offset: open + 2 + indent }, context);
    if (part === undefined) return undefined;
    parts.push(part);
    at = found.end;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

/** Compiles a string; `undefined` when something was wrong (the findings say what). */
export function compileText(text: string, path: string, context: TextContext): ValueNode | undefined {
  if (!text.includes('{{')) return { kind: 'constant', value: text };
  const parts = cut(text, path, context);
  if (parts === undefined) return undefined;
  // Alone but for whitespace (the line end of a block scalar) it keeps its type.
  const [only, second] = parts.filter((part) => typeof part !== 'string' || part.trim() !== '');
  if (only !== undefined && second === undefined && typeof only !== 'string')
    return { kind: 'expression', part: only };
  return { kind: 'text', path, parts };
}

/** Compiles any value of a document, strings inside lists and maps included. */
export function compileValue(value: unknown, path: string, context: TextContext): ValueNode | undefined {
  if (typeof value === 'string') return compileText(value, path, context);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileValue(item, `${path}[${index}]`, context));
    const good = items.filter((item) => item !== undefined);
    if (good.length < items.length) return undefined;
    return good.every((item) => item.kind === 'constant')
      ? { kind: 'constant', value }
      : { kind: 'list', items: good };
  }
  if (typeof value === 'object' && value !== null) return compileMap(value, path, context);
  return { kind: 'constant', value };
}

function compileMap(value: object, path: string, context: TextContext): ValueNode | undefined {
  const entries: (readonly [string, ValueNode])[] = [];
  let isGood = true;
  for (const [key, item] of Object.entries(value)) {
    const node = compileValue(item, `${path}.${key}`, context);
    if (node === undefined) isGood = false;
    else entries.push([key, node]);
  }
  if (!isGood) return undefined;
  return entries.every(([, node]) => node.kind === 'constant')
    ? { kind: 'constant', value }
    : { kind: 'map', entries };
}
