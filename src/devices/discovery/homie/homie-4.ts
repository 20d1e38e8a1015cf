// Devices that follow the Homie convention 3 or 4: every attribute is a retained topic of its own under `homie/ID`.
// https://homieiot.github.io/specification/spec-core-v4_0_0/
import type { Discovered, DiscoveryFormat, DiscoveryProblem, TopicsView } from '../format.ts';
import { discoveredOf, type HomieDevice, isHomieId, isThere, nothing, textAt } from './device.ts';
import type { HomieProperty } from './meaning.ts';

type Declared = HomieDevice['properties'][number];

const deviceAttributes = ['$homie', '$name', '$state', '$nodes', '$implementation', '$fw/version'];
const nodeAttributes = ['$name', '$properties'];
const propertyAttributes = ['$name', '$datatype', '$format', '$settable', '$retained', '$unit'];

/** `base` is the topic above all devices, `homie` as a rule. */
export function homie4(base = 'homie'): DiscoveryFormat {
  const baseLevels = base.split('/').length;
  return {
    name: 'homie-4',
    filters: [
      ...deviceAttributes.map((attribute) => `${base}/+/${attribute}`),
      ...nodeAttributes.map((attribute) => `${base}/+/+/${attribute}`),
      ...propertyAttributes.map((attribute) => `${base}/+/+/+/${attribute}`),
    ],
    rank: 30,
    sourceOf: (topic) => {
      const id = topic.startsWith(`${base}/`) ? topic.split('/')[baseLevels] : undefined;
      return id !== undefined && isHomieId(id) ? `${base}/${id}` : undefined;
    },
    describe: (source, topics) => new Reader(source, topics).read(),
  };
}

/** Reads the attributes of one device. */
class Reader {
  readonly #source: string;
  readonly #topics: TopicsView;
  readonly #problems: DiscoveryProblem[] = [];
  /** A device in `init` has not told everything yet. */
  readonly #isWhole: boolean;

  constructor(source: string, topics: TopicsView) {
    this.#source = source;
    this.#topics = topics;
    this.#isWhole = this.#text('$state') !== 'init';
  }

  read(): Discovered {
    const version = this.#text('$homie');
    if (version === undefined || this.#text('$state') === undefined) return nothing;
    if (!/^[34]\./.test(version)) {
      this.#problem(
        '$homie',
        'homie-version',
        `Homie ${version} is not supported; 3 and 4 are, and 5 in its own topics`,
      );
      return { devices: [], problems: this.#problems };
    }
    const properties = this.#list('$nodes').flatMap((node) => this.#node(node));
    const device: HomieDevice = {
      id: this.#source.slice(this.#source.lastIndexOf('/') + 1),
      name: this.#text('$name'),
      version: this.#text('$fw/version'),
      model: this.#text('$implementation'),
      availability: {
        mode: 'latest',
        reports: [{ topic: `${this.#source}/$state`, read: ({ raw }) => isThere(raw) }],
      },
      properties,
    };
    return discoveredOf(device, this.#problems);
  }

  #node(node: string): Declared[] {
    return this.#list(`${node}/$properties`).flatMap((id) => this.#property(node, id));
  }

  #property(node: string, id: string): Declared[] {
    const at = (attribute: string): string | undefined => this.#text(`${node}/${id}/$${attribute}`);
    const topic = `${this.#source}/${node}/${id}`;
    const datatype = at('datatype');
    if (datatype === undefined) {
      if (this.#isWhole)
        this.#problem(`${node}/${id}/$datatype`, 'homie-attribute', 'the property has no datatype');
      return [];
    }
    const property: HomieProperty = {
      version: 4,
      topic,
      node,
      nodeName: this.#text(`${node}/$name`),
      id,
      name: at('name'),
      datatype,
      format: at('format'),
      unit: at('unit'),
      isSettable: at('settable') === 'true',
      isRetained: at('retained') !== 'false',
    };
    return [{ property, place: (attribute) => ({ topic: `${topic}/$${attribute}`, path: '' }) }];
  }

  #list(attribute: string): string[] {
    const ids = (this.#text(attribute) ?? '').split(',').filter((id) => id !== '');
    return ids.filter((id) => {
      if (!isHomieId(id))
        this.#problem(attribute, 'homie-attribute', `"${id}" is no id of Homie 4: a to z, 0 to 9 and -`);
      return isHomieId(id);
    });
  }

  #text(attribute: string): string | undefined {
    return textAt(this.#topics, `${this.#source}/${attribute}`);
  }

  #problem(attribute: string, code: string, message: string): void {
    this.#problems.push({ topic: `${this.#source}/${attribute}`, path: '', code, message });
  }
}
