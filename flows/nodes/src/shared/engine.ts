// What all nodes of one house share: its live connection, its requests and the presents that they follow. It is open
// as long as somebody uses it.
import type { DeviceNews, DeviceView, TopicView } from '../../../../src/api/contract.ts';
import type { BackoffOptions } from './backoff.ts';
import type { Clock, Undo } from './clock.ts';
import { PaletteError } from './errors.ts';
import { freeze } from './freeze.ts';
import type { Home } from './home.ts';
import { LiveLink } from './live-link.ts';
import { type Listener, Present, type Source } from './present.ts';
import { Requests } from './requests.ts';

export interface EngineOptions {
  readonly home: Home;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly warn: (text: string) => void;
}

/** Which devices: one by its id, or all of a room or with a label. */
export interface Selector {
  readonly by: 'device' | 'room' | 'label';
  readonly name: string;
  /** Each message of theirs, not only the latest of a tenth of a second. */
  readonly every: boolean;
}

interface TopicSelector {
  readonly topic: string;
  readonly every: boolean;
}

/** Of one page. */
const pageSize = 1000;
/** Devices that are read at most. */
const mostPages = 20;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

function isMissing(error: unknown): boolean {
  return error instanceof PaletteError && error.status === 404;
}

export class Engine {
  readonly link: LiveLink;
  readonly requests: Requests;
  readonly #clock: Clock;
  readonly #devices = new Map<string, Present<DeviceView>>();
  readonly #topics = new Map<string, Present<TopicView>>();
  #users = 0;
  #dropped = 0;

  constructor({ home, clock, backoff, warn }: EngineOptions) {
    this.#clock = clock;
    this.link = new LiveLink({ home, clock, backoff, warn });
    this.requests = new Requests({ home, clock });
  }

  get isConnected(): boolean {
    return this.link.state.phase === 'connected';
  }

  get isUnused(): boolean {
    return this.#users === 0;
  }

  /** Counts one user; the connection opens with the first and closes with the last. */
  use(): Undo {
    if (this.#users++ === 0) this.link.open();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.#users === 0) this.link.close();
    };
  }

  /** Lost on the way: items that the house dropped, requests that were too many, what a node could not keep up with. */
  get lost(): number {
    return this.link.counters.lagged + this.requests.refused + this.#dropped;
  }

  /** A node had too much to do for what it heard. */
  dropped(): void {
    this.#dropped++;
  }

  followDevices(selector: Selector, listener: Listener<DeviceView>): Undo {
    const { by, name } = selector;
    const filter = by === 'device' ? name : `${by}:${name}`;
    return this.#follow(this.#devices, this.#deviceSource(filter, selector), listener);
  }

  followTopic(selector: TopicSelector, listener: Listener<TopicView>): Undo {
    return this.#follow(this.#topics, this.#topicSource(selector), listener);
  }

  async device(id: string, timeoutMs?: number): Promise<DeviceView> {
    const limit = timeoutMs === undefined ? {} : { timeoutMs };
    return freeze(await this.requests.ask<DeviceView>(`/devices/${encodeURIComponent(id)}`, limit));
  }

  /** All devices of a room or with a label, or that a search finds; without any, all. */
  async devices(query: { room?: string; label?: string; search?: string }): Promise<readonly DeviceView[]> {
    const found: DeviceView[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const asked = { ...query, limit: pageSize, cursor };
      const { items, next } = await this.requests.ask<Page<DeviceView>>('/devices', { query: asked });
      found.push(...items);
      if (next === undefined) break;
      cursor = next;
    }
    return freeze(found);
  }

  #follow<Item>(presents: Map<string, Present<Item>>, source: Source<Item>, listener: Listener<Item>): Undo {
    const key = JSON.stringify([source.filter, source.every]);
    const present = presents.get(key) ?? new Present(source, this.link, this.#clock);
    presents.set(key, present);
    const undo = present.listen(listener);
    return () => {
      undo();
      if (!present.isUnused || presents.get(key) !== present) return;
      presents.delete(key);
      present.close();
    };
  }

  #deviceSource(filter: string, { by, name, every }: Selector): Source<DeviceView> {
    return {
      channel: 'devices',
      ...{ filter, every },
      keyOf: ({ id }) => id,
      ageOf: ({ seen = 0, properties }) => Math.max(seen, ...properties.map(({ at = 0 }) => at)),
      newsOf: (live) => {
        const news = live as DeviceNews;
        if (news.change === 'forgotten') return { gone: news.id };
        return { item: news.device, ...(news.said !== undefined && { said: news.said }) };
      },
      read: () => (by === 'device' ? this.#readOne(() => this.device(name)) : this.devices({ [by]: name })),
    };
  }

  #topicSource({ topic, every }: TopicSelector): Source<TopicView> {
    const path = `/topics/${encodeURIComponent(topic)}`;
    return {
      channel: 'topics',
      ...{ filter: topic, every },
      keyOf: (view) => view.topic,
      ageOf: ({ at }) => at,
      newsOf: (live) => ({ item: live as TopicView }),
      read: () => this.#readOne(async () => freeze(await this.requests.ask<TopicView>(path))),
    };
  }

  /** What is not there (yet) is no failure: it may come. */
  async #readOne<Item>(read: () => Promise<Item>): Promise<readonly Item[]> {
    try {
      return [await read()];
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}
