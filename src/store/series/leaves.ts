// What of a payload has a history: the payload itself, or the fields of its JSON, each with its path.
import type { Word } from './block.ts';
import { longestWord } from './tail.ts';

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
export const largestPayload = 64 * 1024;

/** A name with one of these in it would be taken for a path. */
function isNameable(name: string): boolean {
  return name !== '' && !name.includes('.') && !name.includes('[') && !name.includes(']');
}

/** JSON begins with a bracket, a quote, a digit, a minus, t, f or n; most that has a history with the first. */
function mayBeJson(text: string): boolean {
  return text.startsWith('{') || /^[\s["\-0-9tfn]/.test(text);
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

class Leaves {
  readonly found: Leaf[] = [];

  // hot: for every message of the journal, in the worker; test/bench/engine.ts
  walk(value: unknown, path: string, level: number): void {
    if (this.found.length >= mostLeaves) return;
    if (typeof value !== 'object' || value === null) {
      this.found.push({ path, value: wordOrNumber(value) });
      return;
    }
    if (level === mostLevels) return;
    const names = Object.keys(value);
    const count = Array.isArray(value) ? Math.min(names.length, mostItems) : names.length;
    for (let at = 0; at < count; at++) {
      const name = names[at] ?? '';
      if (!isNameable(name)) continue;
      this.walk(Reflect.get(value, name), path === '' ? name : `${path}.${name}`, level + 1);
    }
  }
}

export function leavesOf(payload: Uint8Array): Leaf[] {
  if (payload.length === 0 || payload.length > largestPayload) return [];
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const leaves = new Leaves();
  leaves.walk(valueOfPayload(bytes.toString()), '', 0);
  return leaves.found;
}

/** As people write it, `rows[0].value`, to as it is kept, `rows.0.value`. */
export function keptPath(path: string): string {
  return path
    .split(/[.[\]]+/)
    .filter((name) => name !== '')
    .join('.');
}
