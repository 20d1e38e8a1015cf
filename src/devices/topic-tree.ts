// Everything that was ever published, level by level: what `$states`, the topic browser and searches walk.
import type { TopicState } from './topic-state.ts';

/** One level of a topic; `state` when something was published on exactly this topic. */
export class TopicLevel {
  readonly name: string;
  readonly topic: string;
  readonly parent: TopicLevel | undefined;
  readonly children = new Map<string, TopicLevel>();
  state: TopicState | undefined;
  /** Topics with a state on this level and below. */
  topics = 0;

  constructor(name: string, parent: TopicLevel | undefined) {
    this.name = name;
    this.parent = parent;
    this.topic = parent?.parent === undefined ? name : `${parent.topic}/${name}`;
  }
}

/** Filter levels with `{name}` read as a named `+`. */
function isWild(level: string): boolean {
  return level === '+' || (level.startsWith('{') && level.endsWith('}'));
}

export class TopicTree {
  readonly root = new TopicLevel('', undefined);

  add(state: TopicState): TopicLevel {
    let level = this.root;
    for (const name of state.topic.split('/')) {
      let next = level.children.get(name);
      if (next === undefined) {
        next = new TopicLevel(name, level);
        level.children.set(name, next);
      }
      level = next;
    }
    level.state = state;
    for (let up: TopicLevel | undefined = level; up; up = up.parent) up.topics++;
    return level;
  }

  find(topic: string): TopicLevel | undefined {
    let level: TopicLevel | undefined = this.root;
    for (const name of topic.split('/')) level = level?.children.get(name);
    return level;
  }

  /** Every state under a filter, in order of topic. */
  match(filter: string): TopicState[] {
    return this.some(filter, Number.POSITIVE_INFINITY).sort((a, b) => (a.topic < b.topic ? -1 : 1));
  }

  /** So many of them, in no particular order. */
  some(filter: string, limit: number): TopicState[] {
    const found: TopicState[] = [];
    this.#collect(this.root, filter.split('/'), { states: found, limit });
    return found;
  }

  #collect(
    level: TopicLevel,
    filter: readonly string[],
    found: { readonly states: TopicState[]; readonly limit: number },
  ): void {
    if (found.states.length >= found.limit) return;
    const [name, ...rest] = filter;
    if (name === undefined || name === '#') {
      if (level.state) found.states.push(level.state);
      if (name === '#') for (const child of this.#wildChildren(level)) this.#collect(child, filter, found);
      return;
    }
    if (isWild(name)) {
      for (const child of this.#wildChildren(level)) this.#collect(child, rest, found);
      return;
    }
    const child = level.children.get(name);
    if (child) this.#collect(child, rest, found);
  }

  /** Wildcards at the first level do not reach `$` topics [MQTT-4.7.2-1]. */
  *#wildChildren(level: TopicLevel): Generator<TopicLevel> {
    for (const child of level.children.values()) {
      if (level !== this.root || !child.name.startsWith('$')) yield child;
    }
  }
}
