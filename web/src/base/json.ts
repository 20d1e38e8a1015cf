// Reading and printing JSON for people.
export type JsonPath = string;

/** Deeper values are shown as the text that they are: every walk through one is a recursion. */
const mostLevels = 200;

function isDeeper(value: unknown, levels: number): boolean {
  if (!isContainer(value)) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}

/** The value of a text that is JSON, or the text itself, as the engine reads payloads. */
export function parsePayload(text: string): unknown {
  if (!/^\s*(?:[[{"]|-?\d|true|false|null)/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isDeeper(value, mostLevels) ? text : value;
  } catch {
    return text;
  }
}

/** On one line, cut to a length. */
export function inline(value: unknown, longest = 160): string {
  const text = value === undefined ? '' : (JSON.stringify(value) ?? String(value));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

export function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null;
}

/** Fields of an object or items of an array. */
export function fieldsOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
  return isContainer(value) ? Object.entries(value) : [];
}

/** Paths (`/a/0`) of the leaves that differ or are new; the root is ''. */
export function changedPaths(before: unknown, after: unknown, at: JsonPath = ''): Set<JsonPath> {
  if (!isContainer(after) || !isContainer(before)) {
    return new Set(JSON.stringify(before) === JSON.stringify(after) ? [] : [at]);
  }
  const earlier = new Map(fieldsOf(before));
  const changed = new Set<JsonPath>();
  for (const [name, value] of fieldsOf(after)) {
    for (const path of changedPaths(earlier.get(name), value, `${at}/${name}`)) changed.add(path);
  }
  return changed;
}

/** The order of keys does not count; a key without a value is none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (!isContainer(a) || !isContainer(b)) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [fieldsOf(a), new Map(fieldsOf(b))];
  return (
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && sameJson(value, right.get(name)))
  );
}
