// The paths whose changes somebody asks about (`$since(topic, path)`), and when each changed.
import { isDeepStrictEqual } from 'node:util';
import type { Timestamp } from '../base/index.ts';
import type { Payload } from './payload.ts';
import type { TopicState } from './topic-state.ts';
import { parseValuePath, type ValuePath, valueAt } from './value-path.ts';

/** Of one topic; what is asked about beyond them is as old as the value as a whole. */
const mostPaths = 32;
const mostTopics = 10_000;

type Changes = Readonly<Record<string, Timestamp>>;

interface News {
  readonly topic: string;
  readonly at: Timestamp;
  readonly payload: Payload;
}

export class WatchedPaths {
  readonly #topics = new Map<string, Map<string, ValuePath>>();

  /** False when it is watched already, or may not be. */
  add(topic: string, path: string): boolean {
    const paths = this.#topics.get(topic) ?? new Map<string, ValuePath>();
    if (paths.has(path) || paths.size >= mostPaths) return false;
    if (paths.size === 0 && this.#topics.size >= mostTopics) return false;
    this.#topics.set(topic, paths.set(path, parseValuePath(path)));
    return true;
  }

  /** When each path of a topic changed, after a message that changed its value. */
  // hot: test/bench/engine.ts
  changes(state: TopicState | undefined, news: News): Changes | undefined {
    const paths = this.#topics.size === 0 ? undefined : this.#topics.get(news.topic);
    if (paths === undefined) return state?.pathChanges;
    const changes: Record<string, Timestamp> = { ...state?.pathChanges };
    for (const [path, names] of paths) {
      const isSame =
        state !== undefined &&
        isDeepStrictEqual(valueAt(state.payload.value, names), valueAt(news.payload.value, names));
      if (!isSame) changes[path] = news.at;
    }
    return changes;
  }
}
