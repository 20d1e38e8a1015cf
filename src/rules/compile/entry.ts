// Finding the kind of an entry by its verb key: exactly one, and the nearest known one when it is none.
import { nearest, shownValue } from '../../base/index.ts';
import { pathOf } from '../model/problem.ts';
import type { CompileContext } from './context.ts';

interface Kind {
  readonly verb: string;
  /** Its verb and its options. */
  readonly keys: readonly string[];
}

export interface Entry<K extends Kind> {
  readonly kind: K;
  readonly entry: object;
}

/** A list of entries; one entry alone counts as a list of one. */
export function entriesOf(value: unknown, path: string, context: CompileContext): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return [value];
  context.report({
    path,
    code: 'bad-value',
    message: `expected a list, got ${value === null ? 'nothing' : typeof value}`,
    params: { why: 'type', types: 'array', value: shownValue(value) },
  });
  return [];
}

function an(what: string): string {
  return `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
}

/** The verb of one kind may be an option of another (`wait` of `run`): then it is that. */
function withoutOptions<K extends Kind>(found: readonly K[]): readonly K[] {
  return found.filter((kind) => !found.some((other) => other !== kind && other.keys.includes(kind.verb)));
}

/** The kind and the entry, or undefined with a finding. */
export function entryAt<K extends Kind>(
  value: unknown,
  place: { path: string; what: string; kinds: readonly K[] },
  context: CompileContext,
): Entry<K> | undefined {
  const { path, what, kinds } = place;
  const verbs = kinds.map((kind) => kind.verb);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return context.report({
      path,
      code: 'bad-value',
      message: `expected ${an(what)} with one of the verbs ${verbs.join(', ')}`,
      params: { why: what, known: verbs.join(', ') },
    });
  }
  const keys = Object.keys(value);
  const found = withoutOptions(kinds.filter((kind) => keys.includes(kind.verb)));
  const [kind, second] = found;
  if (kind !== undefined && second === undefined) return { kind, entry: value };
  if (second !== undefined) {
    return context.report({
      path,
      code: 'two-verbs',
      message: `one ${what} has one verb, this has ${found.map((each) => each.verb).join(' and ')}`,
      params: { why: what, found: found.map((each) => each.verb).join(', ') },
    });
  }
  return reportUnknown(keys, { path, what, verbs }, context);
}

function reportUnknown(
  keys: readonly string[],
  place: { path: string; what: string; verbs: readonly string[] },
  context: CompileContext,
): undefined {
  const { path, what, verbs } = place;
  const [key] = keys;
  const suggestion = keys.map((each) => nearest(each, verbs)).find((each) => each !== undefined);
  return context.report({
    path: key === undefined ? path : pathOf(path, key),
    isKey: key !== undefined,
    code: 'unknown-verb',
    message: `${key === undefined ? 'an empty entry' : `"${key}"`} is no verb of ${an(what)}; known: ${verbs.join(', ')}`,
    params: { key: key ?? '', known: verbs.join(', ') },
    ...(suggestion !== undefined && { suggestion }),
  });
}
