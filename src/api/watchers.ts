// Who looks on live. Items are handed over synchronously; adapters gather and bound them.
import { matchesFilter, parseFilter, type Undo } from '../base/index.ts';
import type { LiveChannel, LiveItems } from './contract.ts';

type Watcher = (item: unknown, key: string) => void;

export class Watchers {
  readonly #byChannel = new Map<LiveChannel, Set<Watcher>>();

  /** `filter`: an MQTT filter for topics, an exact key otherwise. Throws `bad-filter`. */
  add<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: (item: LiveItems[Channel]) => void,
  ): Undo {
    const isWanted = wantedBy(channel, filter);
    const watcher: Watcher = (item, key) => {
      if (isWanted(key)) listener(item as LiveItems[Channel]);
    };
    const watchers = this.#byChannel.get(channel) ?? new Set();
    this.#byChannel.set(channel, watchers.add(watcher));
    return () => void watchers.delete(watcher);
  }

  /** Whether anybody looks at a channel. */
  areThere(channel: LiveChannel): boolean {
    return (this.#byChannel.get(channel)?.size ?? 0) > 0;
  }

  /** `key` is what filters look at: the topic, or the rule's id. The item is only made when somebody looks. */
  tell<Channel extends LiveChannel>(channel: Channel, key: string, make: () => LiveItems[Channel]): void {
    const watchers = this.#byChannel.get(channel);
    if (watchers === undefined || watchers.size === 0) return;
    const item = make();
    for (const watcher of watchers) watcher(item, key);
  }
}

function wantedBy(channel: LiveChannel, filter: string | undefined): (key: string) => boolean {
  if (filter === undefined) return () => true;
  if (channel !== 'topics') return (key) => key === filter;
  const parsed = parseFilter(filter);
  return (topic) => matchesFilter(parsed, topic);
}
