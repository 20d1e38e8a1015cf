// The kinds of entries as the server tells them, and what a new entry of a kind begins as.
import { parse } from 'yaml';
import type { FieldKind, KindFacts, KindOption } from '../api/types.ts';
import { isTree, type Tree } from '../document/edit.ts';

export type Role = 'triggers' | 'conditions' | 'actions';

/** The verb of one kind may be an option of another (`wait` of `run`): then it is that. */
export function kindOf(kinds: readonly KindFacts[], entry: unknown): KindFacts | undefined {
  if (!isTree(entry)) return undefined;
  const found = kinds.filter(({ verb }) => Object.hasOwn(entry, verb));
  const isOption = (kind: KindFacts): boolean =>
    found.some((other) => other !== kind && other.options.some(({ name }) => name === kind.verb));
  return found.find((kind) => !isOption(kind));
}

/** Options that hold further steps; they are shown below the row, not among its fields. */
export function isBlock({ field }: KindOption): boolean {
  return field === 'actions' || field === 'branches' || field === 'lists';
}

/** What people have to say themselves: an example would only be in the way. */
const ownWords: ReadonlySet<FieldKind> = new Set<FieldKind>([
  ...(['text', 'value', 'condition', 'filter', 'topic', 'device', 'rule', 'event', 'client'] as const),
  ...(['channel', 'call', 'flow', 'webhook', 'capture', 'watches'] as const),
]);

function firstValue({ field, name }: KindOption, example: Tree): unknown {
  if (ownWords.has(field)) return '';
  if (field === 'actions') return [];
  if (field === 'lists') return [[], []];
  if (field === 'branches') return [newBranch()];
  return example[name] ?? startOf(field);
}

/** Made of pairs: an object that is written with `then` looks like a promise. */
export function newBranch(): Tree {
  return Object.fromEntries([
    ['when', ''],
    ['then', []],
  ]);
}

/** What an option begins as when it is added. */
export function startOf(field: FieldKind, choices: KindOption['choices'] = []): unknown {
  switch (field) {
    case 'flag':
      return true;
    case 'number':
      return 1;
    case 'choice':
      return choices[0] ?? '';
    case 'duration':
      return '1m';
    case 'actions':
      return [];
    case 'names':
    case 'properties':
      return {};
    case 'days':
      return ['weekdays'];
    case 'overdue':
      return 'skip';
    case 'onError':
      return 'continue';
    case 'confirm':
      return { state: '', within: '5s' };
    default:
      return '';
  }
}

export function newEntry({ verb, example, options }: KindFacts): Tree {
  const parsed: unknown = parse(example);
  const shown = isTree(parsed) ? parsed : {};
  const needed = options.filter(({ required, name }) => required || (name === 'then' && verb === 'if'));
  return Object.fromEntries(needed.map((option) => [option.name, firstValue(option, shown)]));
}
