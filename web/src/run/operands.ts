// Chooses which parts of an expression to show: those that a reader compares, without the steps in between.
import type { TraceExpression } from '../api/types.ts';

type Part = TraceExpression['parts'][number];

export interface Operand {
  readonly source: string;
  /** In the expression, behind its last character. */
  readonly end: number;
  readonly value?: unknown;
  readonly isMissing: boolean;
  /** 0 for the sides of the outermost operator; deeper ones explain those. */
  readonly depth: number;
}

const continued = /^\s*(?:[.[(&+*/-]|and\b|or\b)/;

/** `payload` of `payload.celsius`, or `a & b` of `a & b & c`. */
function isBeginningOf(part: Part, whole: Part): boolean {
  if (part === whole || part.start !== whole.start || part.end >= whole.end) return false;
  return continued.test(whole.source.slice(part.end - part.start));
}

function isWhole(part: Part, source: string): boolean {
  return part.source.trim() === source.trim();
}

function isFunction(part: Part): boolean {
  return /^\$\w+$/.test(part.source) && part.value === undefined;
}

export function operandsOf(expression: Pick<TraceExpression, 'source' | 'parts'>): readonly Operand[] {
  const bySpan = new Map(expression.parts.map((part) => [`${part.start}-${part.end}`, part]));
  const parts = [...bySpan.values()].filter((part) => !isWhole(part, expression.source) && !isFunction(part));
  const shown = parts
    .filter((part) => !parts.some((whole) => isBeginningOf(part, whole)))
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const around: Part[] = [];
  return shown.map((part) => {
    while (around.length > 0 && (around.at(-1)?.end ?? 0) < part.end) around.pop();
    const depth = around.length;
    around.push(part);
    return {
      source: part.source,
      end: part.end,
      value: part.value,
      isMissing: part.value === undefined,
      depth,
    };
  });
}
