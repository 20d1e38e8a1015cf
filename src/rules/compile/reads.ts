// What conditions and values read of the house: when none of it changed, their result is the same.
import { type Dependencies, mergedDependencies } from '../../expression/index.ts';
import type { Condition } from './condition.ts';
import type { PlacedExpression, ValueNode } from './text.ts';

/** Of which devices something is read. */
export interface DeviceReads {
  readonly ids: readonly string[];
  /** Of all devices that have one of them. */
  readonly labels: readonly string[];
  /** Of whatever device there is. */
  readonly isAny: boolean;
  /** Whether it counts, too, that a device speaks and says nothing new. */
  readonly isSeenRead: boolean;
}

export interface Reads {
  /** Bindings, as far as they are known. */
  readonly names: readonly string[];
  /** Filters of the topics whose state is read; a persistent variable is a topic, too. */
  readonly topics: readonly string[];
  readonly devices: DeviceReads;
  /** Any message may change the result. */
  readonly isAll: boolean;
  /** How the clock alone may change the result: one entry for each expression that reads it. */
  readonly clocks: readonly NonNullable<Dependencies['clock']>[];
}

/** Where persistent variables are published. */
export const variableTopic = (name: string): string => `homerule/var/${name}`;

function expressionsOf(condition: Condition): readonly PlacedExpression[] {
  return condition.kind === 'expression' ? [condition.part] : condition.items.flatMap(expressionsOf);
}

function expressionsIn(node: ValueNode): readonly PlacedExpression[] {
  switch (node.kind) {
    case 'constant':
      return [];
    case 'expression':
      return [node.part];
    case 'text':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'list':
      return node.items.flatMap(expressionsIn);
    case 'map':
      return node.entries.flatMap(([, item]) => expressionsIn(item));
  }
}

function topicsOf({ topics, variables }: Dependencies): readonly string[] | 'all' {
  if (topics === 'all' || variables === 'all') return 'all';
  return [...topics, ...variables.map(variableTopic)];
}

function devicesOf({ devices, labels, readsSeen }: Dependencies): DeviceReads {
  const isAny = devices === 'all' || labels === 'all';
  return { ids: isAny ? [] : devices, labels: isAny ? [] : labels, isAny, isSeenRead: readsSeen };
}

function readsOfAll(parts: readonly PlacedExpression[]): Reads {
  const dependencies = parts.map(({ expression }) => expression.dependencies);
  const devices = devicesOf(mergedDependencies(dependencies));
  const topics = dependencies.map(topicsOf);
  const isAll = topics.includes('all');
  const clocks = dependencies.map(({ clock }) => clock).filter((clock) => clock !== undefined);
  const names = dependencies.flatMap(({ paths }) =>
    paths === 'all' ? [] : paths.flatMap(([name = '']) => name),
  );
  return { names, topics: isAll ? [] : [...new Set(topics.flat())], devices, isAll, clocks };
}

export function readsOfCondition(condition: Condition): Reads {
  return readsOfAll(expressionsOf(condition));
}

export function readsOfValue(node: ValueNode): Reads {
  return readsOfAll(expressionsIn(node));
}
