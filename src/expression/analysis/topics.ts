// Which topics an argument such as `'home/' & params.room & '/lux'` can name, as one filter.
import { filterFault } from '../../base/index.ts';
import { isBare, type Node, type PathNode } from '../ast.ts';

export interface TopicPlace {
  /** Names of the bindings, when they are known. */
  readonly names: ReadonlySet<string> | undefined;
  readonly bound: ReadonlySet<string>;
  /** Empty at the root. */
  readonly context: readonly string[] | undefined;
}

export interface TopicFilter {
  readonly filter: string;
  /** One topic, or a filter as it is written. */
  readonly isExact: boolean;
}

/** A written text, whatever brackets stand around it. */
export function literalText(node: Node): string | undefined {
  return node.type === 'literal' && isBare(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** `params.room`: a level of a topic, so there is no slash in it. */
function isLevel({ steps }: PathNode, { names, bound, context }: TopicPlace): boolean {
  const [first, second] = steps;
  if (steps.length !== 2 || first === undefined || second?.type !== 'name' || !steps.every(isBare))
    return false;
  if (names?.has('params') !== true) return false;
  if (first.type === 'name') return first.name === 'params' && context?.length === 0;
  return first.type === 'variable' && first.name === 'params' && !bound.has('params');
}

/** What is not known: one level at most, or anything. No topic holds either. */
const oneLevel = '\u0000';
const anything = '\u0001';

function patternOf(node: Node, place: TopicPlace): string {
  if (!isBare(node)) return anything;
  if (node.type === 'literal') return String(node.value);
  if (node.type === 'binary' && node.operator === '&')
    return patternOf(node.left, place) + patternOf(node.right, place);
  const [only, ...others] = node.type === 'block' ? node.items : [];
  if (only !== undefined && others.length === 0) return patternOf(only, place);
  return node.type === 'path' && isLevel(node, place) ? oneLevel : anything;
}

const isOpen = (text: string): boolean => text.includes(oneLevel) || text.includes(anything);

function filterLevel(level: string): string {
  const isNamed = level.startsWith('{') && level.endsWith('}') && level.length > 2;
  return isNamed || level.includes(oneLevel) ? '+' : level;
}

/** A filter for everything that a pattern can stand for; undefined when that is any topic. */
function filterFor(pattern: string): string | undefined {
  const levels = pattern.split('/');
  const [first = ''] = levels;
  // in the first place a wildcard would leave out the topics that begin with $
  if (isOpen(first)) return undefined;
  const end = levels.findIndex((level) => level.includes(anything));
  const known = end < 0 ? levels : [...levels.slice(0, end), '#'];
  const filter = known.map(filterLevel).join('/');
  return filterFault(filter) === undefined ? filter : undefined;
}

/** Undefined: it may be any topic. */
export function topicFilterOf(node: Node, place: TopicPlace): TopicFilter | undefined {
  const pattern = patternOf(node, place);
  const filter = filterFor(pattern);
  return filter === undefined ? undefined : { filter, isExact: !isOpen(pattern) };
}
