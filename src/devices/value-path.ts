// A place inside a value, as `$since` and `$over` take it: `climate.temperature`, `rows[0].value`.

export type ValuePath = readonly string[];

export function parseValuePath(text: string): ValuePath {
  return text.split(/[.[\]]+/).filter((name) => name !== '');
}

/** Undefined when there is nothing at that place. */
export function valueAt(value: unknown, path: ValuePath): unknown {
  let at = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = Reflect.get(at, name);
  }
  return at;
}
