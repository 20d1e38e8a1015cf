// Where a topic goes: from here to the remote and back. The first line that matches decides.
import { matchesFilter, topicFault } from '../base/index.ts';
import type { TopicLine } from './topic-line.ts';

export interface Mapped {
  readonly topic: string;
  /** The most that its line allows. */
  readonly qos: 0 | 1 | 2;
}

/** `homerule/...` belongs to a house as `$...` does to a broker: wildcards do not reach it. */
function firstLevel(topic: string): string {
  const end = topic.indexOf('/');
  return end < 0 ? topic : topic.slice(0, end);
}

const isHouses = (topic: string): boolean => firstLevel(topic) === 'homerule';

function matches(filter: string, topic: string): boolean {
  if (isHouses(topic) && !isHouses(filter)) return false;
  return matchesFilter(filter, topic);
}

/** A topic that only the house itself may publish to. */
const isReserved = (topic: string): boolean => topic.startsWith('$') || isHouses(topic);

export class TopicMap {
  readonly #out: readonly TopicLine[];
  readonly #in: readonly TopicLine[];

  constructor(lines: readonly TopicLine[]) {
    this.#out = lines.filter(({ direction }) => direction !== 'in');
    this.#in = lines.filter(({ direction }) => direction !== 'out');
  }

  /** What to listen to in the house. */
  get localFilters(): readonly string[] {
    return [...new Set(this.#out.map(({ localFilter }) => localFilter))];
  }

  /** What to subscribe to at the remote, and with which QoS. */
  get remoteFilters(): ReadonlyMap<string, 0 | 1 | 2> {
    const filters = new Map<string, 0 | 1 | 2>();
    for (const { remoteFilter, qos } of this.#in) {
      const known = filters.get(remoteFilter);
      if (known === undefined || known < qos) filters.set(remoteFilter, qos);
    }
    return filters;
  }

  toRemote(topic: string): Mapped | undefined {
    const line = this.#out.find(({ localFilter }) => matches(localFilter, topic));
    if (line === undefined) return undefined;
    const mapped = line.remotePrefix + topic.slice(line.localPrefix.length);
    return topicFault(mapped) === undefined ? { topic: mapped, qos: line.qos } : undefined;
  }

  /** Undefined for what no line asks for, and for what would end up where only the house publishes. */
  toLocal(topic: string): Mapped | undefined {
    const line = this.#in.find(({ remoteFilter }) => matches(remoteFilter, topic));
    if (line === undefined) return undefined;
    const mapped = line.localPrefix + topic.slice(line.remotePrefix.length);
    return topicFault(mapped) === undefined && !isReserved(mapped)
      ? { topic: mapped, qos: line.qos }
      : undefined;
  }

  /** Whether what is published there under this topic comes back, unless the remote spares us that. */
  comesBack(remoteTopic: string): boolean {
    return this.#in.some(({ remoteFilter }) => matches(remoteFilter, remoteTopic));
  }
}
