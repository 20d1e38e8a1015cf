// Dependencies while they are gathered, and those of several expressions together.
import type { ClockComparison, Dependencies } from '../contract.ts';

type Path = readonly string[];

/** Names of one kind, until one comes that is not known. */
class KeySet {
  #keys: Set<string> | undefined = new Set();

  /** Undefined: it may be any. */
  add(key: string | undefined): void {
    if (key === undefined) this.#keys = undefined;
    else this.#keys?.add(key);
  }

  addFrom(keys: readonly string[] | 'all'): void {
    if (keys === 'all') this.add(undefined);
    else for (const key of keys) this.add(key);
  }

  get result(): readonly string[] | 'all' {
    return this.#keys === undefined ? 'all' : [...this.#keys];
  }

  get isExact(): boolean {
    return this.#keys !== undefined;
  }
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.length < path.length && outer.every((name, index) => name === path[index]);
}

export class DependencySet {
  readonly #paths = new Map<string, Path>();
  readonly topics = new KeySet();
  readonly variables = new KeySet();
  readonly devices = new KeySet();
  readonly labels = new KeySet();
  readonly comparisons: ClockComparison[] = [];
  #tick: 'second' | 'minute' | undefined;
  isRandom = false;
  isDynamic = false;
  readsSeen = false;

  addPath(path: Path): void {
    this.#paths.set(JSON.stringify(path), path);
  }

  addTick(tick: 'second' | 'minute'): void {
    this.#tick = this.#tick === 'second' ? 'second' : tick;
  }

  addAll(): void {
    this.addPath([]);
    for (const keys of [this.topics, this.variables, this.devices, this.labels]) keys.add(undefined);
    this.addTick('second');
    this.readsSeen = true;
    this.isRandom = true;
  }

  addFrom(one: Dependencies): void {
    const { paths, topics, variables, devices, labels, clock } = one;
    for (const path of paths === 'all' ? [[]] : paths) this.addPath(path);
    this.topics.addFrom(topics);
    this.variables.addFrom(variables);
    this.devices.addFrom(devices);
    this.labels.addFrom(labels);
    this.comparisons.push(...(clock?.comparisons ?? []));
    if (clock?.tick !== undefined) this.addTick(clock.tick);
    this.isRandom ||= one.isRandom;
    this.isDynamic ||= one.isDynamic;
    this.readsSeen ||= one.readsSeen;
  }

  result(): Dependencies {
    const { topics, variables, devices, labels, comparisons, isRandom, readsSeen } = this;
    const readsClock = comparisons.length > 0 || this.#tick !== undefined;
    return {
      paths: this.#outerPaths(),
      topics: topics.result,
      variables: variables.result,
      devices: devices.result,
      labels: labels.result,
      readsSeen,
      ...(readsClock && { clock: { comparisons, ...(this.#tick !== undefined && { tick: this.#tick }) } }),
      isRandom,
      isDynamic: this.isDynamic || ![topics, variables, devices, labels].every(({ isExact }) => isExact),
    };
  }

  /** Without those that lie within others. */
  #outerPaths(): readonly Path[] | 'all' {
    const paths = [...this.#paths.values()];
    if (paths.some(({ length }) => length === 0)) return 'all';
    return paths.filter((path) => !paths.some((outer) => isWithin(path, outer)));
  }
}

/** What any of several expressions depends on. */
export function mergedDependencies(all: Iterable<Dependencies>): Dependencies {
  const merged = new DependencySet();
  for (const one of all) merged.addFrom(one);
  return merged.result();
}
