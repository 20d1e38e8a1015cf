// What the formats say: which sources there are, and which devices each of them tells of. Asked again when a payload
// of theirs has changed; knows nothing of the devices of this house.
import { messageOf, type Timestamp, TopicTrie } from '../../base/index.ts';
import type { Discovered, DiscoveryFormat, DiscoveryProblem, TopicsView } from '../discovery/format.ts';
import type { DeviceDescription } from '../model/description.ts';

export interface Source {
  readonly format: DiscoveryFormat;
  readonly name: string;
  discovered: Discovered;
  /** Left alone until then, for formats that ask for it. */
  restsUntil: Timestamp;
}

/** What a source tells now, and told before. */
export interface Told {
  readonly source: Source;
  readonly before: readonly DeviceDescription[];
}

/** What sources tell of topics as they are, by format and name. */
export type Descriptions = ReadonlyMap<string, Discovered>;

const keyOf = (format: DiscoveryFormat, name: string): string => `${format.name}\n${name}`;
const nothing: Discovered = { devices: [], problems: [] };

export class Sources {
  readonly #topics: TopicsView;
  readonly #formats = new TopicTrie<DiscoveryFormat>();
  readonly #sources = new Map<string, Source>();
  readonly #problemed: (problem: DiscoveryProblem) => void;

  constructor(
    formats: readonly DiscoveryFormat[],
    topics: TopicsView,
    problemed: (problem: DiscoveryProblem) => void,
  ) {
    this.#topics = topics;
    this.#problemed = problemed;
    for (const format of formats) for (const filter of format.filters) this.#formats.add(filter, format);
  }

  /** The sources that a topic is part of. */
  of(topic: string): readonly Source[] {
    const sources: Source[] = [];
    for (const format of this.#formats.match(topic)) {
      const name = format.sourceOf(topic);
      if (name !== undefined) sources.push(this.get(format, name));
    }
    return sources.sort((a, b) => b.format.rank - a.format.rank);
  }

  get(format: DiscoveryFormat, name: string): Source {
    const key = keyOf(format, name);
    const source = this.#sources.get(key) ?? { format, name, discovered: nothing, restsUntil: 0 };
    this.#sources.set(key, source);
    return source;
  }

  /** For another registry over the same topics. */
  descriptions(): Descriptions {
    return new Map([...this.#sources].map(([key, { discovered }]) => [key, discovered]));
  }

  /** Asks the format, if it is not known what it would say; undefined while the source rests. */
  describe(source: Source, at: Timestamp, given?: Descriptions): Told | undefined {
    if (at < source.restsUntil) return undefined;
    const before = source.discovered.devices;
    const known = new Set(source.discovered.problems.map(textOf));
    source.restsUntil = at + (source.format.restMs ?? 0);
    source.discovered = given?.get(keyOf(source.format, source.name)) ?? this.#ask(source);
    for (const problem of source.discovered.problems)
      if (!known.has(textOf(problem))) this.#problemed(problem);
    return { source, before };
  }

  /** No format should throw; one that does must not disturb the message that it is asked by. */
  #ask({ format, name }: Source): Discovered {
    try {
      return format.describe(name, this.#topics);
    } catch (error) {
      const message = `${format.name}: internal error: ${messageOf(error)}`;
      return { devices: [], problems: [{ topic: name, path: '', code: 'internal', message }] };
    }
  }
}

function textOf({ topic, path, code, message }: DiscoveryProblem): string {
  return [topic, path, code, message].join('\n');
}
