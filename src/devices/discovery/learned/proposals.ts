// Devices that nobody announced, proposed from what topics were seen to say: JSON objects with known fields, scalars
// under one level. Never commandable: that takes a person's mapping. Few: a person should be glad of each.
import { enoughLooks } from '../../contract/contracts.ts';
import type { ContractFacts } from '../../contract/topic-contract.ts';
import type { PropertyDescription } from '../../model/description.ts';
import { propertyIdOf } from '../../model/names.ts';
import type { DeviceMapping } from '../mapping.ts';
import { nameOf, placeOf } from './grouping.ts';
import { learnedProperty, type SeenField } from './properties.ts';

export interface ProposalsHouse {
  contract(topic: string): ContractFacts | undefined;
  /** Of the format that describes a topic; undefined for none. */
  formatOf(topic: string): string | undefined;
  /** Whether a device may have said what the topic says now. */
  isSaidByDevice(topic: string): boolean;
  propose(key: string, mapping: DeviceMapping | null): void;
}

const mostDevices = 200;
const mostTopics = 50;
const mostProperties = 24;
const presenceNames = new Set(['availability', 'lwt', 'online', 'status', 'connected']);
const presenceWords = new Set(['online', 'offline', 'connected', 'disconnected', 'true', 'false']);
const presenceReading = "$lowercase(raw) in ['online','connected','true','{\"state\":\"online\"}']";

export class Proposals {
  readonly #house: ProposalsHouse;
  readonly #topics = new Map<string, Set<string>>();
  /** As JSON, so that only what is new is proposed. */
  readonly #proposed = new Map<string, string>();
  /** Looks at topics beyond the bound. */
  #refused = 0;

  constructor(house: ProposalsHouse) {
    this.#house = house;
  }

  counters(): Readonly<Record<string, number>> {
    return { devicesLearned: this.#proposed.size, devicesLearnedRefused: this.#refused };
  }

  /** Something of a topic is new. */
  look(topic: string): void {
    if (this.#proposed.size >= mostDevices && !this.#isKnown(topic)) {
      this.#refused++;
      return;
    }
    const facts = this.#house.contract(topic);
    if (facts === undefined || facts.count < enoughLooks || !this.#house.isSaidByDevice(topic)) return;
    const place = placeOf(topic, !Object.hasOwn(facts.fields, ''));
    if (place === undefined) return;
    const topics = this.#topics.get(place.source) ?? new Set();
    if (topics.size >= mostTopics) return;
    this.#topics.set(place.source, topics.add(topic));
    this.#propose(place.source, topics);
  }

  /** Part of a device that is proposed, whatever its payload. */
  #isKnown(topic: string): boolean {
    return [true, false].some((isWhole) => this.#proposed.has(placeOf(topic, isWhole)?.source ?? ''));
  }

  #propose(source: string, topics: ReadonlySet<string>): void {
    const mapping = this.#mappingOf(source, topics);
    const text = mapping && JSON.stringify(mapping);
    if (text === this.#proposed.get(source)) return;
    if (text === undefined || mapping === undefined) {
      this.#proposed.delete(source);
      return this.#house.propose(source, null);
    }
    this.#proposed.set(source, text);
    this.#house.propose(source, mapping);
  }

  /** Undefined: nothing that a person would call a device, or another format has it. */
  #mappingOf(source: string, topics: ReadonlySet<string>): DeviceMapping | undefined {
    const sorted = [...topics].sort((a, b) => (a < b ? -1 : 1));
    const owners = sorted.map((topic) => this.#house.formatOf(topic));
    if (owners.some((owner) => owner !== undefined && owner !== 'learned')) return undefined;
    const fields = sorted.flatMap((topic) => this.#fieldsOf(topic));
    const presence = fields.find((field) => isPresence(field));
    const properties = propertiesOf(fields.filter((field) => field !== presence));
    if (properties.length === 0) return undefined;
    const reports = presence && [{ topic: presence.topic, read: presenceReading }];
    return {
      name: nameOf(source),
      properties,
      ...(reports && { availability: { mode: 'latest', reports } }),
    };
  }

  #fieldsOf(topic: string): SeenField[] {
    const facts = this.#house.contract(topic);
    const place = facts && placeOf(topic, !Object.hasOwn(facts.fields, ''));
    if (facts === undefined || place === undefined) return [];
    const isKindOnly = place.levels.length === 1 && /^(SENSOR|STATE)$/.test(place.levels[0] ?? '');
    const levels = isKindOnly ? [] : place.levels;
    return Object.entries(facts.fields).map(([path, field]) => {
      const names = path === '' ? levels : [...levels, ...path.split('.')];
      return { topic, path, facts: field, names };
    });
  }
}

/** `…/availability`, `…/LWT`: whether the device is there. */
function isPresence({ names, path, facts }: SeenField): boolean {
  const isNamed = presenceNames.has((path === '' ? names.at(-1) : names.at(-2))?.toLowerCase() ?? '');
  const isState = path === '' || path === 'state';
  return (
    isNamed &&
    isState &&
    (facts.values?.every((value) => presenceWords.has(String(value).toLowerCase())) ?? false)
  );
}

/** None when not one of them is known by its name. */
function propertiesOf(fields: readonly SeenField[]): PropertyDescription[] {
  const learned = fields.flatMap((field) => {
    const one = learnedProperty(field);
    return one === undefined ? [] : [{ ...one, names: field.names }];
  });
  if (!learned.some(({ isKnown }) => isKnown)) return [];
  const known = learned.filter(({ isKnown }) => isKnown);
  const properties = new Map<string, PropertyDescription>();
  for (const { property, names } of [...known, ...learned.filter(({ isKnown }) => !isKnown)]) {
    const id = properties.has(property.id) ? propertyIdOf(names.join(' ')) : property.id;
    if (/^[a-z][a-z0-9_]{0,63}$/.test(id) && !properties.has(id) && properties.size < mostProperties)
      properties.set(id, { ...property, id });
  }
  return [...properties.values()];
}
