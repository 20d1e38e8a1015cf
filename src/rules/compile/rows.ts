// `each`: the rows for which the triggers of a rule exist, once per row; a row is bound to `params`.
import type { HomeView } from '../../expression/index.ts';
import { evaluate, evaluateValue } from '../run/evaluate.ts';
import type { CompileContext } from './context.ts';
import { compileText, type PlacedExpression } from './text.ts';
import { valueScope } from './value-scope.ts';

export type Row = Readonly<Record<string, unknown>>;

const maxRows = 1000;
/** Options of triggers that are conditions, or may read more than the row: they are compiled as they are. */
const laterOptions: ReadonlySet<string> = new Set(['when', 'becomes', 'at', 'for']);

export interface CompiledRows {
  /** As written in the document. */
  readonly rows?: readonly Row[];
  /** Gives the rows; for devices, which come and go. */
  readonly expression?: PlacedExpression;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects as they are; other values become `{ value }`. */
function rowOf(value: unknown): Row {
  return isRow(value) ? value : { value };
}

export function compileRows(written: unknown, context: CompileContext): CompiledRows {
  if (written === undefined) return {};
  if (typeof written === 'string') {
    const source = written.replace(/^\s*\{\{([\s\S]*)\}\}\s*$/, '$1').trim();
    const node = context.value(`{{ ${source} }}`, 'each');
    return node?.kind === 'expression' ? { expression: node.part } : {};
  }
  if (!Array.isArray(written)) {
    const message = 'each is a list of rows, or an expression that gives one';
    return context.report({ path: 'each', code: 'bad-value', message, params: { why: 'each' } }) ?? {};
  }
  if (written.length > maxRows)
    context.report({
      path: 'each',
      code: 'too-long',
      message: `each has more than ${maxRows} rows`,
      params: { why: 'rows', limit: String(maxRows) },
    });
  return { rows: written.slice(0, maxRows).map(rowOf) };
}

/** The rows of an expression as the house is now; none for a missing value. Throws RunError. */
export function rowsNow(
  part: PlacedExpression,
  view: { readonly home: HomeView; readonly at: number },
): readonly Row[] {
  const scope = { values: [], read: () => undefined, seed: 0, ...view };
  const value = evaluate(part, { scope, record: undefined });
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).slice(0, maxRows).map(rowOf);
}

/** An entry with what its templates say of the row. */
export function filledIn(
  value: unknown,
  place: { readonly row: Row; readonly path: string },
  context: CompileContext,
): unknown {
  const { row, path } = place;
  if (Array.isArray(value))
    return value.map((item, index) => filledIn(item, { row, path: `${path}[${index}]` }, context));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        laterOptions.has(key) ? item : filledIn(item, { row, path: `${path}.${key}` }, context),
      ]),
    );
  }
  return typeof value === 'string' && value.includes('{{') ? filledText(value, place, context) : value;
}

function filledText(
  text: string,
  { row, path }: { readonly row: Row; readonly path: string },
  context: CompileContext,
): unknown {
  const { findings, watched } = context;
  const node = compileText(text, path, { names: ['params'], findings, watched });
  if (node === undefined) return text;
  try {
    return evaluateValue(node, { scope: valueScope(row), record: undefined });
  } catch (error) {
    const message = `for the row ${JSON.stringify(row).slice(0, 80)}: ${error instanceof Error ? error.message : String(error)}`;
    context.report({ path, code: 'bad-row', message, params: { row: JSON.stringify(row).slice(0, 80) } });
    return text;
  }
}
