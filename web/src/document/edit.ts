// What can be done to a rule's document, and what becomes of its plain value. Knows nothing of text.
export type Path = readonly (string | number)[];

export type Edit =
  | { readonly do: 'set'; readonly path: Path; readonly value: unknown }
  | { readonly do: 'remove'; readonly path: Path }
  | { readonly do: 'insert'; readonly list: Path; readonly index: number; readonly value: unknown }
  /** `index` counts in the list as it is before; a list under what is moved is no place for it. */
  | { readonly do: 'move'; readonly from: Path; readonly list: Path; readonly index: number };

export type Tree = Readonly<Record<string, unknown>>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
    value,
  );
}

/** A list of entries; one entry alone counts as a list of one, nothing as none. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function withChild(value: unknown, key: string | number, change: (child: unknown) => unknown): unknown {
  if (Array.isArray(value) || typeof key === 'number') {
    const list = [...listOf(value)];
    list[Number(key)] = change(list[Number(key)]);
    return list;
  }
  const tree = isTree(value) ? value : {};
  const child = change(tree[key]);
  if (child !== undefined) return { ...tree, [key]: child };
  const { [key]: _, ...rest } = tree;
  return rest;
}

function changeAt(value: unknown, path: Path, change: (child: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  return withChild(value, key, (child) => changeAt(child, rest, change));
}

function without(value: unknown, path: Path): unknown {
  const last = path.at(-1);
  if (typeof last !== 'number') return changeAt(value, path, () => undefined);
  return changeAt(value, path.slice(0, -1), (list) => listOf(list).filter((_, index) => index !== last));
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, at) => path[at] === key);
}

/** Where `path` is after what stood at `gone` was taken out of its list. */
export function pathWithout(path: Path, gone: Path): Path {
  const last = gone.at(-1);
  const depth = gone.length - 1;
  const here = path[depth];
  if (typeof last !== 'number' || typeof here !== 'number') return path;
  if (!startsWith(path, gone.slice(0, -1)) || here <= last) return path;
  return path.with(depth, here - 1);
}

/** The place of a move once what moves was taken out. */
export function placeOf({ from, list, index }: Extract<Edit, { do: 'move' }>): { list: Path; index: number } {
  const place = pathWithout([...list, index], from);
  return { list: place.slice(0, -1), index: Number(place.at(-1)) };
}

/** Whether the edit means anything: nothing is moved into itself. */
export function isPossible(edit: Edit): boolean {
  return edit.do !== 'move' || !startsWith(edit.list, edit.from);
}

export function editValue(value: unknown, edit: Edit): unknown {
  switch (edit.do) {
    case 'set':
      return changeAt(value, edit.path, () => edit.value);
    case 'remove':
      return without(value, edit.path);
    case 'insert':
      return changeAt(value, edit.list, (list) => listOf(list).toSpliced(edit.index, 0, edit.value));
    case 'move': {
      const moved = valueAt(value, edit.from);
      const place = placeOf(edit);
      return editValue(without(value, edit.from), { do: 'insert', ...place, value: moved });
    }
  }
}

/** Where what stood at `path` is after the edit; undefined when it is gone. */
export function pathAfter(path: Path, edit: Edit): Path | undefined {
  if (edit.do === 'set') return path;
  if (edit.do === 'remove') return startsWith(path, edit.path) ? undefined : pathWithout(path, edit.path);
  if (edit.do === 'insert') return pathWith(path, edit);
  const place = placeOf(edit);
  if (startsWith(path, edit.from)) return [...place.list, place.index, ...path.slice(edit.from.length)];
  return pathWith(pathWithout(path, edit.from), place);
}

function pathWith(path: Path, { list, index }: { readonly list: Path; readonly index: number }): Path {
  const here = path[list.length];
  if (typeof here !== 'number' || here < index || !startsWith(path, list)) return path;
  return path.with(list.length, here + 1);
}

/** As problems name places: `actions[0].payload`. */
export function pathText(path: Path): string {
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');
}
