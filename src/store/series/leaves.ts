// What of a payload has a history: the payload itself, or the fields of its JSON, each with its path.
import type { Word } from './block.ts';

export interface Leaf {
  /** Names joined by dots, indexes of lists among them; empty: the payload itself. */
  readonly path: string;
  /** Undefined: something else, such as null or a long text. */
  readonly value: number | Word | undefined;
}

/** Leaves of one payload that are looked at. */
const mostLeaves = 64;
const mostLevels = 6;
const mostItems = 16;
/** Longer texts are no states. */
const longestWord = 32;
const largestPayload = 64 * 1024;
const unnameable = /[.[\]]/;

/** JSON begins with a bracket, a quote, a digit, a minus, t, f or n. */
function mayBeJson(text: string): boolean {
  return /^[\s{["\-0-9tfn]/.test(text);
}

function valueOfPayload(text: string): unknown {
  if (!mayBeJson(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function wordOrNumber(value: unknown): number | Word | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value || 0 : undefined;
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && value !== '' && value.length <= longestWord ? value : undefined;
}

function walk(value: unknown, place: { readonly path: string; readonly level: number }, found: Leaf[]): void {
  if (found.length >= mostLeaves) return;
  const { path, level } = place;
  if (typeof value !== 'object' || value === null) {
    found.push({ path, value: wordOrNumber(value) });
    return;
  }
  if (level === mostLevels) return;
  const entries = Array.isArray(value) ? value.slice(0, mostItems).entries() : Object.entries(value);
  for (const [name, child] of entries) {
    const key = String(name);
    if (key === '' || unnameable.test(key)) continue;
    walk(child, { path: path === '' ? key : `${path}.${key}`, level: level + 1 }, found);
  }
}

export function leavesOf(payload: Uint8Array): Leaf[] {
  if (payload.length === 0 || payload.length > largestPayload) return [];
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const found: Leaf[] = [];
  walk(valueOfPayload(bytes.toString()), { path: '', level: 0 }, found);
  return found;
}

/** As people write it, `rows[0].value`, to as it is kept, `rows.0.value`. */
export function keptPath(path: string): string {
  return path
    .split(/[.[\]]+/)
    .filter((name) => name !== '')
    .join('.');
}
