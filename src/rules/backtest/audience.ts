// What a rule hears and reads of the house: of a record all other messages can be passed over. Says too much rather than
// too little.
import { TopicTrie } from '../../base/index.ts';
import { variableTopic } from '../compile/reads.ts';
import type { CompiledRule } from '../compile/rule.ts';
import type { ValueNode } from '../compile/text.ts';

/** Bindings that tell whose a message is: of a device's report only who knows devices can say. */
const authors: ReadonlySet<string> = new Set(['origin', 'by']);
/** Of the trigger as a whole, what tells nothing of that. */
const plainOfTrigger: ReadonlySet<string> = new Set(['topic', 'params', 'payload', 'value', 'verb', 'id']);
/** One field of the latest message that is not `by`; anything less plain counts as a look at the author. */
const plainLast = /\$last\(\s*(?:"[^"()]*"|'[^'()]*'|[\w.]+)\s*\)\.(?:value|at|previous)\b/gu;

function tellsAuthor([name = '', field = '']: readonly string[]): boolean {
  return name === 'trigger' ? !plainOfTrigger.has(field) : authors.has(name);
}

export interface Audience {
  /** Undefined: any message may matter. */
  readonly filters: readonly string[] | undefined;
  /** The world needs devices, and so every message. */
  readonly readsDevices: boolean;
}

/** All topics that a template may name, as one filter. */
export function filterOf(node: ValueNode): string {
  if (node.kind === 'constant') return String(node.value);
  const [head] = node.kind === 'text' ? node.parts : [];
  const known = typeof head === 'string' ? head.split('/').slice(0, -1) : [];
  return [...known, '#'].join('/');
}

/** No topic holds it. */
const oneLevel = '\u0000';
const param = /^\$?(?:trigger\.)?params\.[\p{L}_][\p{L}\p{N}_]*$/u;

/** The topics that it will name as a rule: a level of the trigger's topic is one level here. */
export function usualFilterOf(node: ValueNode): string {
  if (node.kind !== 'text') return filterOf(node);
  const levels: string[] = [];
  const parts = node.parts.map((part) =>
    typeof part === 'string' || !param.test(part.expression.source) ? part : oneLevel,
  );
  const end = parts.findIndex((part) => typeof part !== 'string');
  const known = parts
    .slice(0, end < 0 ? parts.length : end)
    .join('')
    .split('/');
  for (const level of end < 0 ? known : known.slice(0, -1))
    levels.push(level.includes(oneLevel) ? '+' : level);
  return (end < 0 ? levels : [...levels, '#']).join('/');
}

/** Whether it matters to the rule who says something. */
export function readsAuthors({ expressions, triggers }: CompiledRule): boolean {
  const asksOrigin = triggers.some(
    ({ source }) => source.on === 'topic' && source.demand.origin !== undefined,
  );
  return (
    asksOrigin ||
    expressions.some(
      ({ expression: { source, dependencies } }) =>
        dependencies.paths === 'all' ||
        dependencies.paths.some(tellsAuthor) ||
        source.replaceAll(plainLast, '').includes('$last'),
    )
  );
}

export function readsDevices(rule: CompiledRule): boolean {
  return (
    rule.heard.readsDevices ||
    rule.expressions.some(({ expression: { dependencies } }) => {
      const { devices, labels } = dependencies;
      return devices.length > 0 || labels.length > 0;
    }) ||
    readsAuthors(rule)
  );
}

/** Undefined: any. */
function filtersOf(rule: CompiledRule): readonly string[] | undefined {
  if (rule.triggersNow !== undefined) return undefined;
  const filters = [...rule.heard.filters, ...rule.watched.map(({ topic }) => topic)];
  for (const { expression } of rule.expressions) {
    const { topics, variables } = expression.dependencies;
    if (topics === 'all' || variables === 'all') return undefined;
    filters.push(...topics, ...variables.map(variableTopic));
  }
  for (const touch of rule.touches)
    if (touch.does === 'confirm') filters.push(filterOf(touch.topic));
    else if (touch.does === 'publish') filters.push(usualFilterOf(touch.topic));
  return filters;
}

export function audienceOf(rules: readonly CompiledRule[]): Audience {
  const filters = rules.map(filtersOf);
  const isAny = filters.includes(undefined);
  return {
    filters: isAny ? undefined : filters.flatMap((each) => each ?? []),
    readsDevices: rules.some(readsDevices),
  };
}

/** Whether a topic is one of theirs. */
export function wanting(filters: readonly string[] | undefined): (topic: string) => boolean {
  if (filters === undefined) return () => true;
  const trie = new TopicTrie<true>();
  for (const filter of filters) trie.add(filter, true);
  return (topic) => trie.match(topic).size > 0;
}
