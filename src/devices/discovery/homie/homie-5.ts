// Devices that follow the Homie convention 5: one JSON document at `homie/5/ID/$description`. What is illegal in it is
// left out with the object that it stands in, as the convention asks; unknown fields, `$log`, `$alert` and `$target`
// (what a device was told and will come to) are no part of a description.
import type { Availability } from '../../model/description.ts';
import type { Discovered, DiscoveryFormat, DiscoveryProblem, TopicsView } from '../format.ts';
import { discoveredOf, type HomieDevice, isHomieId, isThere, nothing, textAt } from './device.ts';
import type { HomieProperty } from './meaning.ts';

type Declared = HomieDevice['properties'][number];
type Fields = Readonly<Record<string, unknown>>;

/** `domain` is the first level of all topics, `homie` as a rule. */
export function homie5(domain = 'homie'): DiscoveryFormat {
  const base = `${domain}/5`;
  return {
    name: 'homie-5',
    filters: [`${base}/+/$description`, `${base}/+/$state`],
    rank: 30,
    sourceOf: (topic) => {
      const source = topic.slice(0, topic.lastIndexOf('/'));
      return topic.startsWith(`${base}/`) && isHomieId(source.slice(base.length + 1)) ? source : undefined;
    },
    describe: (source, topics) => new Reader(base, source).read(topics),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the document of one device. */
class Reader {
  readonly #base: string;
  readonly #source: string;
  readonly #problems: DiscoveryProblem[] = [];

  constructor(base: string, source: string) {
    this.#base = base;
    this.#source = source;
  }

  read(topics: TopicsView): Discovered {
    const payload = topics.payload(`${this.#source}/$description`);
    if (payload === undefined || payload.bytes.length === 0) return nothing;
    if (textAt(topics, `${this.#source}/$state`) === undefined) return nothing;
    const document = payload.value;
    const version = isFields(document) ? document['homie'] : undefined;
    if (!isFields(document) || typeof version !== 'string' || !/^5\.\d+$/.test(version)) {
      this.#problem('homie', 'homie-description', 'a JSON object with "homie": "5.x" was expected');
      return { devices: [], problems: this.#problems };
    }
    return discoveredOf(this.#device(document), this.#problems);
  }

  #device(document: Fields): HomieDevice {
    const root = this.#text(document, 'root', '');
    const nodes = this.#children(document, 'nodes', '');
    return {
      id: this.#source.slice(this.#base.length + 1),
      name: this.#text(document, 'name', ''),
      model: this.#text(document, 'type', ''),
      via: this.#text(document, 'parent', '') ?? root,
      availability: this.#availability(root),
      properties: nodes.flatMap(([id, node]) => this.#node(id, node)),
    };
  }

  /** A lost root took its children with it; nobody will say so in their own topics. */
  #availability(root: string | undefined): Availability {
    const own = { topic: `${this.#source}/$state`, read: ({ raw }: { raw: string }) => isThere(raw) };
    if (root === undefined) return { mode: 'latest', reports: [own] };
    const ofRoot = {
      topic: `${this.#base}/${root}/$state`,
      read: ({ raw }: { raw: string }) => (raw === '' ? undefined : raw !== 'lost'),
    };
    return { mode: 'all', reports: [own, ofRoot] };
  }

  #node(node: string, fields: Fields): Declared[] {
    const path = `nodes/${node}`;
    const nodeName = this.#text(fields, 'name', path);
    return this.#children(fields, 'properties', path).flatMap(([id, property]) =>
      this.#property({ node, nodeName, id }, property),
    );
  }

  #property(at: Pick<HomieProperty, 'node' | 'nodeName' | 'id'>, fields: Fields): Declared[] {
    const path = `nodes/${at.node}/properties/${at.id}`;
    const datatype = this.#text(fields, 'datatype', path);
    if (datatype === undefined) {
      this.#problem(`${path}/datatype`, 'homie-attribute', 'the property has no datatype');
      return [];
    }
    const property: HomieProperty = {
      ...at,
      version: 5,
      topic: `${this.#source}/${at.node}/${at.id}`,
      name: this.#text(fields, 'name', path),
      datatype,
      format: this.#text(fields, 'format', path),
      unit: this.#text(fields, 'unit', path),
      isSettable: fields['settable'] === true,
      isRetained: fields['retained'] !== false,
    };
    const topic = `${this.#source}/$description`;
    return [{ property, place: (attribute) => ({ topic, path: `${path}/${attribute}` }) }];
  }

  /** The objects of a field by id, without those that the convention does not allow. */
  #children(fields: Fields, field: string, path: string): [string, Fields][] {
    const children = fields[field] ?? {};
    const at = path === '' ? field : `${path}/${field}`;
    if (!isFields(children)) {
      this.#problem(at, 'homie-attribute', 'an object was expected');
      return [];
    }
    const kept: [string, Fields][] = [];
    for (const [id, child] of Object.entries(children)) {
      if (isHomieId(id) && isFields(child)) kept.push([id, child]);
      else if (isFields(child))
        this.#problem(`${at}/${id}`, 'homie-attribute', `"${id}" is no id: a to z, 0 to 9 and -`);
      else this.#problem(`${at}/${id}`, 'homie-attribute', 'an object was expected');
    }
    return kept;
  }

  #text(fields: Fields, field: string, path: string): string | undefined {
    const value = fields[field];
    if (value === undefined || typeof value === 'string') return value;
    this.#problem(path === '' ? field : `${path}/${field}`, 'homie-attribute', 'text was expected');
    return undefined;
  }

  #problem(path: string, code: string, message: string): void {
    this.#problems.push({ topic: `${this.#source}/$description`, path, code, message });
  }
}
