// A device that a flow owns, as Home Assistant discovery announces one: so the house, and Home Assistant beside it, know
// it like any other. Its topics are `flows/DEVICE/…`.
import type { Row } from '../kinds/kind.ts';
import { PaletteError } from './errors.ts';
import { splitNames } from './settings.ts';

export interface OwnProperty {
  readonly id: string;
  readonly kind: string;
  readonly isCommandable: boolean;
  readonly unit: string;
  readonly options: readonly string[];
}

const slug = /^[a-z0-9][a-z0-9_-]{0,63}$/;

export function slugOf(text: string, what: string): string {
  if (slug.test(text)) return text;
  throw new PaletteError(
    'bad-settings',
    `${what} "${text}": expected lower-case letters, digits, - and _, at most 64`,
  );
}

/** Throws `bad-settings`. */
export function ownPropertyOf(row: Row): OwnProperty {
  const options = splitNames(String(row['options'] ?? ''));
  const property = {
    id: slugOf(String(row['property'] ?? ''), 'property'),
    kind: String(row['kind']),
    isCommandable: row['commandable'] === true || row['kind'] === 'button',
    unit: String(row['unit'] ?? '').trim(),
    options,
  };
  if (property.kind === 'choice' && options.length === 0)
    throw new PaletteError('bad-settings', `property "${property.id}": a choice needs options`);
  if (property.kind === 'number' && options.some((one) => !Number.isFinite(Number(one))))
    throw new PaletteError('bad-settings', `property "${property.id}": expected MIN,MAX or MIN,MAX,STEP`);
  return property;
}

const platforms: Readonly<Record<string, readonly [told: string, shown: string]>> = {
  boolean: ['switch', 'binary_sensor'],
  number: ['number', 'sensor'],
  choice: ['select', 'sensor'],
  text: ['text', 'sensor'],
  button: ['button', 'button'],
};

function rangeOf({ kind, options }: OwnProperty): object {
  if (kind === 'choice') return { options };
  if (kind !== 'number') return {};
  const [min, max, step] = options.map(Number);
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(step !== undefined && { step }),
  };
}

export class OwnDevice {
  readonly id: string;
  readonly #label: string;
  readonly #properties: readonly OwnProperty[];
  readonly #prefix: string;

  constructor(said: { id: string; label: string; prefix: string; properties: readonly OwnProperty[] }) {
    this.id = slugOf(said.id, 'device');
    this.#label = said.label === '' ? said.id : said.label;
    this.#properties = said.properties;
    this.#prefix = said.prefix;
  }

  get properties(): readonly OwnProperty[] {
    return this.#properties;
  }

  get announcementTopic(): string {
    return `${this.#prefix}/device/homerule-flow-${this.id}/config`;
  }

  get stateTopic(): string {
    return `flows/${this.id}/state`;
  }

  get availabilityTopic(): string {
    return `flows/${this.id}/availability`;
  }

  get commandFilter(): string {
    return `flows/${this.id}/set/+`;
  }

  announcement(): object {
    const components = this.#properties.map((property) => [property.id, this.#component(property)]);
    return {
      device: { identifiers: [`homerule-flow-${this.id}`], name: this.#label, manufacturer: 'Node-RED' },
      origin: { name: 'Homerule flows' },
      availability_topic: this.availabilityTopic,
      state_topic: this.stateTopic,
      components: Object.fromEntries(components),
    };
  }

  /** A value as the state topic holds it. Throws `bad-value`. */
  valueOf(id: string, value: unknown): unknown {
    const property = this.#find(id);
    const text = String(value);
    if (property.kind === 'boolean') return booleanText(id, value);
    if (property.kind === 'number') {
      if (value === '' || value === null || !Number.isFinite(Number(value)))
        throw badValue(id, 'a number', value);
      return Number(value);
    }
    if (property.kind === 'choice' && !property.options.includes(text))
      throw badValue(id, `one of ${property.options.join(', ')}`, value);
    return text;
  }

  /** What a command says; the property is the last level of its topic. */
  commandOf(topic: string, payload: string): { readonly property: string; readonly value: unknown } {
    const id = topic.slice(topic.lastIndexOf('/') + 1);
    const { kind } = this.#find(id);
    const value = kind === 'boolean' ? payload === 'ON' : kind === 'number' ? Number(payload) : payload;
    return { property: id, value };
  }

  #component(property: OwnProperty): object {
    const { id, kind, isCommandable, unit } = property;
    const [told = 'sensor', shown = 'sensor'] = platforms[kind] ?? [];
    return {
      platform: isCommandable ? told : shown,
      unique_id: `homerule-flow-${this.id}-${id}`,
      object_id: `${this.id}_${id}`,
      ...(id !== 'on' && { name: id }),
      ...(kind !== 'button' && { value_template: `{{ value_json.${id} }}` }),
      ...(isCommandable && { command_topic: `flows/${this.id}/set/${id}` }),
      ...(isCommandable && rangeOf(property)),
      ...(unit !== '' && { unit_of_measurement: unit }),
    };
  }

  #find(id: string): OwnProperty {
    const property = this.#properties.find((one) => one.id === id);
    if (property !== undefined) return property;
    const known = this.#properties.map((one) => one.id).join(', ');
    throw new PaletteError(
      'unknown-property',
      `device "${this.id}" has no property "${id}"; it has ${known}`,
    );
  }
}

function booleanText(id: string, value: unknown): 'ON' | 'OFF' {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === 'on') return 'ON';
  if (text === 'false' || text === 'off') return 'OFF';
  throw badValue(id, 'true or false', value);
}

function badValue(id: string, expected: string, value: unknown): PaletteError {
  return new PaletteError(
    'bad-value',
    `${id}: expected ${expected}, got ${JSON.stringify(value) ?? 'nothing'}`,
  );
}
