// The single values inside a JSON value, and how an expression and the history name them.
import { fieldsOf, isContainer } from './json.ts';

export interface Leaf {
  /** Names of fields, and numbers of items as numbers. */
  readonly parts: readonly (string | number)[];
  readonly value: unknown;
}

function* walk(value: unknown, parts: Leaf['parts']): Generator<Leaf> {
  if (!isContainer(value)) {
    yield { parts, value };
    return;
  }
  for (const [name, child] of fieldsOf(value))
    yield* walk(child, [...parts, Array.isArray(value) ? Number(name) : name]);
}

/** At most `most`, so that a huge payload cannot stall the page. */
export function leavesOf(value: unknown, most = 200): readonly Leaf[] {
  const leaves: Leaf[] = [];
  for (const leaf of walk(value, [])) {
    if (leaves.length >= most) break;
    leaves.push(leaf);
  }
  return leaves;
}

const plainName = /^[A-Za-z_]\w*$/;

/** `payload.rooms[0].celsius`, with backticks around names that need them. */
export function jsonataOf(parts: Leaf['parts']): string {
  return parts.reduce<string>((path, part) => {
    if (typeof part === 'number') return `${path}[${part}]`;
    return `${path}.${plainName.test(part) ? part : `\`${part}\``}`;
  }, 'payload');
}

/** As the history names its series; empty for the payload itself. */
export function seriesPathOf(parts: Leaf['parts']): string {
  return parts.join('.');
}
