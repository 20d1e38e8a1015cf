// The way back: our own devices and rules as Home Assistant's discovery announces them. Their topics are the uniform ones,
// `homerule/devices/ID/state` and `set`; templates there pick and make the fields.

import type { PropertyDescription } from '../../model/description.ts';
import type { Device } from '../../registry/device.ts';
import { ownNode } from './home-assistant.ts';

export interface Announcement {
  readonly topic: string;
  readonly payload: object;
}

/** Roles that Home Assistant has too, for numbers. */
const deviceClasses: ReadonlySet<string> = new Set([
  ...[
    'temperature',
    'humidity',
    'battery',
    'illuminance',
    'power',
    'energy',
    'voltage',
    'current',
    'pressure',
  ],
  ...[
    'carbon_dioxide',
    'signal_strength',
    'apparent_power',
    'power_factor',
    'frequency',
    'distance',
    'moisture',
  ],
]);
const truths: ReadonlySet<string> = new Set([
  ...[
    'motion',
    'occupancy',
    'door',
    'window',
    'garage_door',
    'opening',
    'moisture',
    'smoke',
    'gas',
    'tamper',
  ],
  ...[
    'vibration',
    'presence',
    'connectivity',
    'problem',
    'safety',
    'sound',
    'battery',
    'light',
    'lock',
    'running',
  ],
]);

/** Its discovery topics hold letters, digits, `-` and `_` only. */
export function objectOf(id: string): string {
  return id.replaceAll(/[^a-zA-Z0-9_-]/gu, (letter) => `u${(letter.codePointAt(0) ?? 0).toString(16)}`);
}

const origin = { name: 'Homerule' };
const house = { topic: 'homerule/status' };
const field = (id: string): string => `value_json['${id}']`;
const made = (id: string, value: string): string => `{"${id}": ${value}}`;

type Fields = Readonly<Record<string, unknown>>;

function rangeOf({ min, max, step }: PropertyDescription): Fields {
  return {
    min: min ?? -1_000_000,
    max: max ?? 1_000_000,
    ...(step !== undefined && { step }),
    mode: 'box',
  };
}

function classOf({ role }: PropertyDescription, known: ReadonlySet<string>): Fields {
  return role !== undefined && known.has(role) ? { device_class: role } : {};
}

/** A component for a property that can be told, by its kind. */
function commandedOf(property: PropertyDescription): Fields | undefined {
  const { id, kind, options, max, unit } = property;
  const read = { value_template: `{{ ${field(id)} }}` };
  const text = { command_template: made(id, '{{ value | tojson }}') };
  switch (kind) {
    case 'boolean':
      return {
        platform: 'switch',
        value_template: `{{ 'ON' if ${field(id)} else 'OFF' }}`,
        command_template: made(id, `{{ 'true' if value == 'ON' else 'false' }}`),
      };
    case 'number':
      return {
        platform: 'number',
        ...read,
        command_template: made(id, '{{ value }}'),
        ...rangeOf(property),
        ...(unit !== undefined && { unit_of_measurement: unit }),
      };
    case 'choice':
      return { platform: 'select', ...read, ...text, options: options ?? [] };
    case 'text':
    case 'color':
      return { platform: 'text', ...read, ...text, ...(max !== undefined && { max: Math.min(max, 255) }) };
    case 'button':
      return { platform: 'button', payload_press: made(id, 'true') };
    case 'event':
    case 'json':
      return undefined;
  }
}

function reportedOf(property: PropertyDescription): Fields | undefined {
  const { id, kind, unit } = property;
  if (kind === 'boolean')
    return {
      platform: 'binary_sensor',
      value_template: `{{ 'ON' if ${field(id)} else 'OFF' }}`,
      ...classOf(property, truths),
    };
  if (kind === 'event' || kind === 'button' || kind === 'json') return undefined;
  return {
    platform: 'sensor',
    value_template: `{{ ${field(id)} }}`,
    ...(unit !== undefined && { unit_of_measurement: unit }),
    ...(kind === 'number' && classOf(property, deviceClasses)),
  };
}

/** On, brightness and colours together are a light. */
const ofLight = ['on', 'brightness', 'color', 'color_temperature'];

function lightOf(properties: ReadonlyMap<string, PropertyDescription>): Fields {
  const has = (id: string): boolean => properties.has(id);
  const temperature = properties.get('color_temperature');
  const brightness = `{% if brightness is defined %}, "brightness": {{ (brightness / 2.55) | round | int }}{% endif %}`;
  const color = `{% if red is defined %}, "color": "#{{ '%02x%02x%02x' | format(red, green, blue) }}"{% endif %}`;
  const kelvin = `{% if color_temp is defined %}, "color_temperature": {{ color_temp }}{% endif %}`;
  const channel = (at: number): string => `{{ ${field('color')}[${at}:${at + 2}] | int(base=16) }}`;
  return {
    platform: 'light',
    schema: 'template',
    name: null,
    state_template: `{{ 'on' if ${field('on')} else 'off' }}`,
    command_on_template: `{"on": true${has('brightness') ? brightness : ''}${has('color') ? color : ''}${temperature ? kelvin : ''}}`,
    command_off_template: '{"on": false}',
    ...(has('brightness') && {
      brightness_template: `{{ (${field('brightness')} * 2.55) | round | int }}`,
    }),
    ...(has('color') && {
      red_template: channel(1),
      green_template: channel(3),
      blue_template: channel(5),
    }),
    ...(temperature && {
      color_temp_kelvin: true,
      color_temp_template: `{{ ${field('color_temperature')} }}`,
      ...(temperature.min !== undefined && { min_kelvin: temperature.min }),
      ...(temperature.max !== undefined && { max_kelvin: temperature.max }),
    }),
  };
}

function componentsOf(id: string, properties: readonly PropertyDescription[]): Record<string, Fields> {
  const told = new Map(
    properties.filter(({ command }) => command !== undefined).map((each) => [each.id, each]),
  );
  const isLight = told.has('on') && (told.has('brightness') || told.has('color'));
  const components: Record<string, Fields> = {};
  if (isLight) components['light'] = { ...lightOf(told), unique_id: `homerule_${id}_light` };
  for (const property of properties) {
    if (isLight && ofLight.includes(property.id)) continue;
    const fields = property.command === undefined ? reportedOf(property) : commandedOf(property);
    if (fields === undefined) continue;
    const { category, name } = property;
    components[property.id] = {
      name: property.id === 'on' ? null : name,
      ...fields,
      unique_id: `homerule_${id}_${property.id}`,
      ...(category !== undefined && { entity_category: category === 'setting' ? 'config' : 'diagnostic' }),
    };
  }
  return components;
}

/** Read only: Home Assistant takes no category `config` of what it cannot set. */
function withAllowedCategory(components: Record<string, Fields>): Record<string, Fields> {
  const sensors: ReadonlySet<unknown> = new Set(['sensor', 'binary_sensor']);
  return Object.fromEntries(
    Object.entries(components).map(([key, fields]) => {
      const isOdd = sensors.has(fields['platform']) && fields['entity_category'] === 'config';
      return [key, isOdd ? { ...fields, entity_category: 'diagnostic' } : fields];
    }),
  );
}

/** Formats that Home Assistant reads by itself. */
const known: ReadonlySet<string> = new Set(['home-assistant', 'tasmota']);

export function deviceTopicOf(id: string, prefix: string): string {
  return `${prefix}/device/${ownNode}/${objectOf(id)}/config`;
}

/** Undefined: it is gone, hidden, or Home Assistant knows it already. */
export function deviceAnnouncement(device: Device, prefix: string): Announcement | undefined {
  const { id, description, row } = device;
  if (description === undefined || row.hidden || known.has(row.format)) return undefined;
  const { room, name } = device;
  const components = withAllowedCategory(componentsOf(id, description.properties));
  if (Object.keys(components).length === 0) return undefined;
  const { manufacturer, model } = description;
  const state = `homerule/devices/${id}/state`;
  const own = {
    topic: state,
    value_template: `{{ 'offline' if value_json.online is defined and not value_json.online else 'online' }}`,
  };
  const payload = {
    device: {
      identifiers: [`homerule_${id}`],
      name,
      ...(manufacturer !== undefined && { manufacturer }),
      ...(model !== undefined && { model }),
      ...(room !== undefined && { suggested_area: room }),
    },
    origin,
    availability: description.availability === undefined ? [house] : [house, own],
    availability_mode: 'all',
    state_topic: state,
    command_topic: `homerule/devices/${id}/set`,
    components,
  };
  return { topic: deviceTopicOf(id, prefix), payload };
}

export function ruleTopicOf(id: string, prefix: string): string {
  return `${prefix}/device/${ownNode}/rule_${objectOf(id)}/config`;
}

/** A switch that enables the rule, and a button that runs it. */
export function ruleAnnouncement(rule: { id: string; name: string }, prefix: string): Announcement {
  const { id, name } = rule;
  const payload = {
    device: { identifiers: ['homerule_rules'], name: 'Homerule', model: 'Rules' },
    origin,
    availability: [house],
    components: {
      [`rule_${objectOf(id)}_enabled`]: {
        platform: 'switch',
        name,
        unique_id: `homerule_rule_${id}_enabled`,
        state_topic: `homerule/rules/${id}/state`,
        value_template: `{{ 'ON' if value_json.enabled else 'OFF' }}`,
        command_topic: `homerule/rules/${id}/set`,
        command_template: `{"enabled": {{ 'true' if value == 'ON' else 'false' }}}`,
        entity_category: 'config',
      },
      [`rule_${objectOf(id)}_run`]: {
        platform: 'button',
        name: `${name}: run`,
        unique_id: `homerule_rule_${id}_run`,
        command_topic: `homerule/rules/${id}/run`,
      },
    },
  };
  return { topic: ruleTopicOf(id, prefix), payload };
}
