// Who looks on live. Items are handed over synchronously; adapters gather and bound them.
import { matchesFilter, parseFilter, type Undo } from '../base/index.ts';
import type { LiveChannel, LiveItems } from './contract.ts';

type Watcher = (item: unknown, key: string) => void;
type Wanted = (key: string, item: unknown) => boolean;

export class Watchers {
  readonly #byChannel = new Map<LiveChannel, Set<Watcher>>();

  /** `filter`: an MQTT filter for topics, `room:NAME` or `label:NAME` for devices, an exact key otherwise. Throws `bad-filter`. */
  add<Channel extends LiveChannel>(
    channel: Channel,
    filter: string | undefined,
    listener: (item: LiveItems[Channel]) => void,
  ): Undo {
    const isWanted = wantedBy(channel, filter);
    const watcher: Watcher = (item, key) => {
      if (isWanted(key, item)) listener(item as LiveItems[Channel]);
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

const group = /^(room|label):(.*)$/s;

/** What is forgotten was in any room, for nobody knows any more. */
function inGroup(by: string | undefined, name: string): Wanted {
  return (_key, item) => {
    const news = item as LiveItems['devices'];
    if (news.change === 'forgotten') return true;
    return by === 'room' ? news.device.room === name : news.device.labels.includes(name);
  };
}

function wantedBy(channel: LiveChannel, filter: string | undefined): Wanted {
  if (filter === undefined) return () => true;
  const [, by, name = ''] = (channel === 'devices' && group.exec(filter)) || [];
  if (by !== undefined) return inGroup(by, name);
  if (channel !== 'topics') return (key) => key === filter;
  const parsed = parseFilter(filter);
  return (topic) => matchesFilter(parsed, topic);
}
