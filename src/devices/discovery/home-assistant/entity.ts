// One entity of a discovery message on its way into properties: its options by name, its topics and templates. What is
// wrong in it is a problem with its place, and that part is left out.
import { topicFault } from '../../../base/index.ts';
import { Untranslatable } from '../../../expression/index.ts';
import type { Command, PropertyDescription, Reading, Report, Writing } from '../../model/description.ts';
import { propertyIdOf } from '../../model/names.ts';
import type { DiscoveryProblem } from '../format.ts';
import type { Entry } from './abbreviations.ts';
import { ownWords, type Place } from './identity.ts';
import type { Convert, Templates } from './templates.ts';
import { numberOf } from './words.ts';

export interface EntityPlace extends Place {
  /** The topic of the message. */
  readonly topic: string;
  /** In the message, with `/` at the end; empty for the whole. */
  readonly path: string;
}

type More = Omit<PropertyDescription, 'id' | 'name' | 'reports' | 'command' | 'category'>;

/** What all entities of a message share. */
export interface EntityHouse {
  readonly templates: Templates;
  readonly problems: DiscoveryProblem[];
}

export class Entity {
  readonly templates: Templates;
  readonly component: string;
  /** What it is called within its device; empty: it is the device's main one. */
  readonly own: string;
  readonly options: Entry;
  readonly #place: EntityPlace;
  readonly #problems: DiscoveryProblem[];

  constructor(options: Entry, place: EntityPlace, { templates, problems }: EntityHouse) {
    this.templates = templates;
    this.component = place.component;
    this.options = options;
    this.own = ownWords(options, place);
    this.#place = place;
    this.#problems = problems;
  }

  get name(): string | undefined {
    return this.text('name');
  }

  /** What it is about: its device class. */
  get role(): string | undefined {
    const role = propertyIdOf(this.text('device_class') ?? '');
    return role === '' ? undefined : role;
  }

  get category(): PropertyDescription['category'] {
    const category = this.options['entity_category'];
    if (category === 'config') return 'setting';
    if (category === 'diagnostic' || this.options['enabled_by_default'] === false) return 'diagnostic';
    return undefined;
  }

  text(key: string): string | undefined {
    const value = this.options[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  number(key: string): number | undefined {
    return numberOf(this.options[key]);
  }

  isSet(key: string): boolean {
    return this.options[key] === true;
  }

  /** A payload; null takes the default away. */
  word(key: string, otherwise: unknown): unknown {
    const value = this.options[key];
    return value === undefined ? otherwise : value;
  }

  list(key: string): readonly string[] | undefined {
    const value = this.options[key];
    return Array.isArray(value) ? value.map(String) : undefined;
  }

  problem(key: string, code: string, message: string): void {
    const { topic, path } = this.#place;
    this.#problems.push({ topic, path: `${path}${key}`, code, message });
  }

  topic(key: string): string | undefined {
    const topic = this.text(key);
    if (topic === undefined || topicFault(topic) === undefined) return topic;
    this.problem(key, 'bad-topic', `"${topic}" is no topic`);
    return undefined;
  }

  /** What a template makes; undefined with a problem when it is beyond the translation. */
  made<Made>(key: string, make: (template: string | undefined) => Made): { readonly made: Made } | undefined {
    try {
      return { made: make(this.text(key)) };
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      this.problem(key, 'untranslatable-template', error.message);
      return undefined;
    }
  }

  report(topicKey: string, templateKey: string, convert?: Convert): readonly Report[] | undefined {
    const topic = this.topic(topicKey);
    if (topic === undefined) return undefined;
    const reading = this.made(templateKey, (template) => this.templates.readingOf(template, convert));
    if (reading === undefined) return undefined;
    return [this.reportOf(topic, reading.made)];
  }

  reportOf(topic: string, read: Reading | undefined): Report {
    return { topic, ...(read !== undefined && { read }) };
  }

  command(topicKey: string, templateKey: string, convert?: Convert): Command | undefined {
    const topic = this.topic(topicKey);
    if (topic === undefined) return undefined;
    const writing = this.made(templateKey, (template) => this.templates.writingOf(template, convert));
    return writing && this.commandOf(topic, writing.made);
  }

  commandOf(topic: string, write: Writing | undefined, group?: string): Command {
    const qos = this.number('qos');
    return {
      topic,
      ...(write !== undefined && { write }),
      ...((qos === 0 || qos === 1 || qos === 2) && { qos }),
      ...(this.isSet('retain') && { retain: true }),
      ...(group !== undefined && { group }),
    };
  }

  /** `on`, or `on_left` of an entity that is not the main one. */
  idOf(base: string): string {
    return this.own === '' ? base : `${base}_${this.own}`;
  }

  /** A property of several: `brightness`, `brightness_left`. None when it can neither be read nor written. */
  part(
    base: string,
    more: More,
    ways: { reports?: readonly Report[] | undefined; command?: Command | undefined },
  ): PropertyDescription[] {
    const called = this.own === '' ? base : `${this.name ?? this.own} ${base}`;
    // Not `on`: a main entity that comes later would take it over, and rules would switch something else.
    const short = this.own === '' || base === 'on' ? {} : { short: base };
    return this.property(this.idOf(base), called.replaceAll('_', ' '), {
      more: { ...short, ...more },
      ...ways,
    });
  }

  property(
    id: string,
    name: string,
    how: { more: More; reports?: readonly Report[] | undefined; command?: Command | undefined },
  ): PropertyDescription[] {
    const { more, reports, command } = how;
    if (reports === undefined && command === undefined) return [];
    const { category } = this;
    return [
      {
        id,
        name,
        ...more,
        ...(reports && { reports }),
        ...(command && { command }),
        ...(category && { category }),
      },
    ];
  }
}
