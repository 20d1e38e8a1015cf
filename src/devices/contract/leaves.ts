// What a payload consists of: its scalar values by path (`climate.temperature`, as `value-path.ts` reads them), bounded.

export type ScalarType = 'number' | 'text' | 'boolean' | 'null' | 'list' | 'object';

export interface Leaf {
  /** Empty for the payload itself. */
  readonly path: string;
  readonly type: ScalarType;
  readonly value: unknown;
}

const mostLeaves = 64;
const deepest = 4;

function typeOf(value: unknown): ScalarType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      return 'object';
    default:
      return 'text';
  }
}

/** Names that a path cannot hold, or that only few have, are no fields. */
function isField(name: string): boolean {
  return name !== '' && name.length <= 64 && !/[.[\]]/.test(name);
}

function gather(leaves: Leaf[], value: unknown, at: { readonly path: string; readonly depth: number }): void {
  if (leaves.length >= mostLeaves) return;
  const type = typeOf(value);
  if (type !== 'object' || typeof value !== 'object' || value === null || at.depth >= deepest) {
    leaves.push({ path: at.path, type, value: type === 'list' || type === 'object' ? undefined : value });
    return;
  }
  for (const [name, child] of Object.entries(value)) {
    if (isField(name))
      gather(leaves, child, { path: at.path === '' ? name : `${at.path}.${name}`, depth: at.depth + 1 });
  }
}

export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  gather(leaves, value, { path: '', depth: 0 });
  return leaves;
}
