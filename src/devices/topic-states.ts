// State of every topic: what a rule sees is exactly what the message it is woken by left behind.
import { hash } from 'node:crypto';
import type { Timestamp } from '../base/index.ts';
import type { Watched } from '../expression/index.ts';
import { Past } from './past/past.ts';
import { Payload, sameBytes } from './payload.ts';
import type { StateRow, StateRows } from './ports.ts';
import type { TopicState } from './topic-state.ts';
import { type TopicLevel, TopicTree } from './topic-tree.ts';
import { parseValuePath, valueAt } from './value-path.ts';
import { WatchedPaths } from './watched-paths.ts';

export interface StateLimits {
  /** Topics kept; a new one beyond is not kept and counted. */
  readonly topics: number;
  /** Bytes of one value; of a larger one only length and hash are kept. */
  readonly payloadBytes: number;
  /** New topics that one client may bring; more are not kept and counted. */
  readonly topicsPerClient: number;
}

/** A message as this room needs it. */
export interface StateMessage {
  readonly topic: string;
  readonly at: Timestamp;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly origin: string;
  readonly by: string;
  readonly depth?: number;
  readonly cause?: string | undefined;
}

/** What a message did to its topic. */
export interface StateUpdate {
  readonly state: TopicState;
  /** Undefined when the topic never spoke before. */
  readonly previous: TopicState | undefined;
  /** Equal bytes are no change. */
  readonly isChanged: boolean;
}

export class TopicStates implements Iterable<TopicState> {
  readonly tree = new TopicTree();
  readonly past = new Past((topic) => this.find(topic));
  readonly #levels = new Map<string, TopicLevel>();
  readonly #rows: StateRows;
  readonly #limits: StateLimits;
  /** Topics that each client brought. */
  readonly #broughtBy = new Map<string, number>();
  readonly #paths = new WatchedPaths();
  #refused = 0;

  constructor(rows: StateRows, limits: StateLimits) {
    this.#rows = rows;
    this.#limits = limits;
  }

  get size(): number {
    return this.#levels.size;
  }

  /** Messages on topics beyond the limit, whose state was not kept. */
  get refused(): number {
    return this.#refused;
  }

  /** Puts back what the last process left; before the first update. */
  load(rows: Iterable<StateRow>): void {
    for (const row of rows) {
      for (const path of Object.keys(row.pathChanges ?? {})) this.#paths.add(row.topic, path);
      this.#keep(stateOf(row));
    }
  }

  /** Those of all topics, in the order in which they came. */
  *[Symbol.iterator](): Generator<TopicState> {
    for (const { state } of this.#levels.values()) if (state !== undefined) yield state;
  }

  find(topic: string): TopicState | undefined {
    return this.#levels.get(topic)?.state;
  }

  /** What it keeps of the payload stands in it as it came: see `Payload.detach`. */
  // hot: test/bench/engine.ts
  update(message: StateMessage, payload: Payload): StateUpdate {
    const level = this.#levels.get(message.topic);
    const previous = level?.state;
    const isSmall = payload.bytes.length <= this.#limits.payloadBytes;
    const digest = isSmall ? undefined : hash('sha1', payload.bytes);
    const isChanged = previous === undefined || !isSame(previous, payload, digest);
    const state: TopicState = {
      topic: message.topic,
      payload: previous !== undefined && !isChanged ? previous.payload : isSmall ? payload : new Payload(),
      bytes: payload.bytes.length,
      digest,
      at: message.at,
      changedAt: previous !== undefined && !isChanged ? previous.changedAt : message.at,
      previous: isChanged ? previous?.payload : previous.previous,
      pathChanges: isChanged
        ? this.#paths.changes(previous, { topic: message.topic, at: message.at, payload })
        : previous.pathChanges,
      qos: message.qos,
      retain: message.retain,
      origin: message.origin,
      by: message.by,
      messages: (previous?.messages ?? 0) + 1,
      depth: message.depth ?? 0,
      cause: message.cause,
    };
    if (level !== undefined) level.state = state;
    else if (this.#hasRoomFor(message)) this.#keep(state);
    else {
      this.#refused++;
      return { state, previous, isChanged };
    }
    this.#rows.put(state);
    if (this.past.size > 0) this.past.hear(message.topic, payload, message.at);
    return { state, previous, isChanged };
  }

  /** The latest message of a topic counts as somebody else's: it answers what they wanted. */
  attribute(state: TopicState, { origin, by }: Pick<StateMessage, 'origin' | 'by'>): TopicState {
    const attributed = { ...state, origin, by };
    const level = this.#levels.get(state.topic);
    if (level === undefined || level.state !== state) return attributed;
    level.state = attributed;
    this.#rows.put(attributed);
    return attributed;
  }

  state(topic: string): unknown {
    return this.#levels.get(topic)?.state?.payload.value;
  }

  states(filter: string): { topic: string; params: Record<string, string>; value: unknown; at: Timestamp }[] {
    const names = namedLevels(filter);
    return this.tree.match(filter).map((state) => ({
      topic: state.topic,
      params: paramsOf(names, state.topic),
      value: state.payload.value,
      at: state.at,
    }));
  }

  /** Of a path that nobody asked about before: the earliest since when it can have been as it is. */
  changedAt(topic: string, path?: string): Timestamp | undefined {
    const level = this.#levels.get(topic);
    const state = level?.state;
    if (state === undefined || path === undefined) return state?.changedAt;
    if (valueAt(state.payload.value, parseValuePath(path)) === undefined) return undefined;
    this.watchPath(topic, path);
    return level?.state?.pathChanges?.[path] ?? state.changedAt;
  }

  /** What rules will ask about the past, so that it is kept before they do. */
  watch(
    watched: readonly Watched[],
    { at: now, seq }: { readonly at: Timestamp; readonly seq: number },
  ): void {
    for (const { topic, path, keepMs } of watched) {
      if (keepMs !== undefined) this.past.want({ topic, path, now, keepMs, seq });
      else if (path !== undefined) this.watchPath(topic, path);
    }
  }

  /** From now on it is known when what is at `path` changes. */
  watchPath(topic: string, path: string): void {
    if (!this.#paths.add(topic, path)) return;
    const level = this.#levels.get(topic);
    if (level?.state === undefined) return;
    const { state } = level;
    const pathChanges = { [path]: state.changedAt, ...state.pathChanges };
    level.state = { ...state, pathChanges };
  }

  /** Counts a new topic for the client that brought it. */
  #hasRoomFor(message: StateMessage): boolean {
    if (this.#levels.size >= this.#limits.topics) return false;
    if (message.origin !== 'client') return true;
    const brought = this.#broughtBy.get(message.by) ?? 0;
    if (brought >= this.#limits.topicsPerClient) return false;
    this.#broughtBy.set(message.by, brought + 1);
    return true;
  }

  #keep(state: TopicState): void {
    this.#levels.set(state.topic, this.tree.add(state));
  }
}

/** Equal bytes are no change; of values too big to keep, equal length and hash. */
function isSame(previous: TopicState, payload: Payload, digest: string | undefined): boolean {
  if (previous.bytes !== payload.bytes.length) return false;
  return digest === undefined ? sameBytes(previous.payload.bytes, payload.bytes) : previous.digest === digest;
}

/** One that is read already is shared: nobody changes it. */
function payloadOf(kept: StateRow['payload']): Payload {
  return kept instanceof Payload ? kept : new Payload(kept.bytes);
}

function stateOf(row: StateRow): TopicState {
  const { previous, payload } = row;
  return {
    ...row,
    payload: payloadOf(payload),
    previous: previous && payloadOf(previous),
    digest: undefined,
    messages: 0,
    depth: 0,
    cause: undefined,
  };
}

/** `{room}` levels of a filter, with their place. */
export function namedLevels(filter: string): readonly { readonly name: string; readonly level: number }[] {
  const names: { name: string; level: number }[] = [];
  for (const [level, text] of filter.split('/').entries()) {
    if (text.startsWith('{') && text.endsWith('}')) names.push({ name: text.slice(1, -1), level });
  }
  return names;
}

/** The values of the named levels in a topic that matched. */
export function paramsOf(
  names: readonly { readonly name: string; readonly level: number }[],
  topic: string,
): Record<string, string> {
  const params: Record<string, string> = {};
  if (names.length === 0) return params;
  const levels = topic.split('/');
  for (const { name, level } of names) params[name] = levels[level] ?? '';
  return params;
}
