// What is known of topics from what was heard on them: for those who check what people write against it. Complete only
// where a contract says so: a device may say tomorrow what it never said.
import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../base/index.ts';
import type { TopicContracts } from './contract/contracts.ts';
import { allValuesAt } from './contract/topic-contract.ts';
import type { TopicLevel, TopicTree } from './topic-tree.ts';
import { parseValuePath, valueAt } from './value-path.ts';

/** Topics and names that are looked at for one question. */
const maxTopics = 200;
const maxNames = 2000;
const maxValues = 20;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A payload that is no record, or a binary one, has no fields. */
function namesOf(value: unknown): readonly string[] | undefined {
  return isRecord(value) && !Object.hasOwn(value, '$binary') ? Object.keys(value) : undefined;
}

export class HeardTopics {
  readonly #tree: TopicTree;
  readonly #contracts: Pick<TopicContracts, 'find'> | undefined;

  constructor(tree: TopicTree, contracts?: Pick<TopicContracts, 'find'>) {
    this.#tree = tree;
    this.#contracts = contracts;
  }

  get isEmpty(): boolean {
    return this.#tree.root.topics === 0;
  }

  has(filter: string): boolean {
    return this.#tree.some(filter, 1).length > 0;
  }

  /** The filter with the nearest names in place of those that were never heard there. */
  nearest(filter: string): string | undefined {
    const levels = filter.split('/');
    const meant: string[] = [];
    let reached: readonly TopicLevel[] = [this.#tree.root];
    for (const level of levels) {
      if (level === '#') return [...meant, level].join('/');
      const name = level === '+' ? level : nameBelow(reached, level);
      if (name === undefined) return undefined;
      meant.push(name);
      reached = below(reached, name);
    }
    const isHeard = reached.some(({ state }) => state !== undefined);
    return isHeard ? meant.join('/') : undefined;
  }

  /** Names of fields; undefined when some payload has none, or none was heard. */
  fields(filter: string): readonly string[] | undefined {
    const names = this.#payloads(filter).map(namesOf);
    if (names.length === 0 || names.includes(undefined)) return undefined;
    const learned = this.#facts(filter).flatMap((facts) => Object.keys(facts?.fields ?? {}));
    const roots = learned.map((path) => path.split('.')[0] ?? '').filter((name) => name !== '');
    return [...new Set([...names.flatMap((each) => each ?? []), ...roots])];
  }

  values(
    filter: string,
    path: string | undefined,
  ): { readonly values: readonly unknown[]; readonly isComplete: boolean } | undefined {
    const all = this.#allValues(filter, path ?? '');
    if (all !== undefined) return { values: all, isComplete: true };
    const steps = path === undefined ? [] : parseValuePath(path);
    const values: unknown[] = [];
    for (const payload of this.#payloads(filter)) {
      const value = valueAt(payload, steps);
      if (value === undefined || values.some((each) => isDeepStrictEqual(each, value))) continue;
      if (values.push(value) >= maxValues) break;
    }
    return values.length === 0 ? undefined : { values, isComplete: false };
  }

  #facts(filter: string) {
    return this.#tree.some(filter, maxTopics).map(({ topic }) => this.#contracts?.find(topic));
  }

  /** Undefined when some topic may still say something else. */
  #allValues(filter: string, path: string): readonly unknown[] | undefined {
    const values = this.#facts(filter).map((facts) => facts && allValuesAt(facts, path));
    if (values.length === 0 || values.length >= maxTopics || values.includes(undefined)) return undefined;
    return [...new Set(values.flatMap((each) => each ?? []))];
  }

  /** The latest of each topic, and what was before it. */
  #payloads(filter: string): unknown[] {
    return this.#tree
      .some(filter, maxTopics)
      .flatMap(({ payload, previous }) => [
        payload.value,
        ...(previous === undefined ? [] : [previous.value]),
      ]);
  }
}

function below(levels: readonly TopicLevel[], name: string): readonly TopicLevel[] {
  const found = levels.flatMap(({ children }) => {
    if (name === '+') return [...children.values()].slice(0, maxTopics);
    return children.get(name) ?? [];
  });
  return found.slice(0, maxTopics);
}

/** The name itself where it is known, else the one that it is most like. */
function nameBelow(levels: readonly TopicLevel[], name: string): string | undefined {
  if (levels.some(({ children }) => children.has(name))) return name;
  const names = levels.flatMap(({ children }) => [...children.keys()].slice(0, maxNames));
  return nearest(name, names.slice(0, maxNames));
}
