// What an entity of Home Assistant is here: a topic, as the file of entities says; else a variable of the house, the sun,
// or a device that is named like the entity. What was guessed is told.
import { z } from 'zod';

/** One entry of the file of entities. */
export const entityMapping = z.union([
  z.strictObject({
    topic: z.string().min(1),
    /** Of the value in the payload; absent: the payload is the value. */
    path: z.string().min(1).optional(),
    /** What the states of Home Assistant are here: `{ on: ON, off: OFF }`. */
    values: z.record(z.string(), z.unknown()).optional(),
    /** Where commands go: an object with `path`, or the value alone. */
    command: z.string().min(1).optional(),
  }),
  z.strictObject({
    device: z.string().min(1),
    property: z.string().min(1),
    values: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({ variable: z.string().min(1), values: z.record(z.string(), z.unknown()).optional() }),
]);

export type EntityMapping = z.output<typeof entityMapping>;
export type Action = Readonly<Record<string, unknown>>;

export interface Entity {
  readonly id: string;
  /** Reads its state, in JSONata. */
  readonly read: string;
  /** Where its state arrives as a message; absent: it can only be read. */
  readonly watch: { readonly topic: string; readonly path?: string } | undefined;
  /** What a state of Home Assistant is here. */
  stateHere(state: unknown): unknown;
  readAttribute(name: string): string;
  /** Undefined: it cannot be commanded. `state` is a word of Home Assistant. */
  set(state: unknown, more?: Action): Action | undefined;
  /** What the guess was. */
  readonly guess: string | undefined;
}

const isText = /^-?\d+(\.\d+)?$/;
const onOff = { on: true, off: false };
const presence = { home: true, not_home: false };
const guesses: Readonly<Record<string, { readonly property: string; readonly values?: Action }>> = {
  light: { property: 'on', values: onOff },
  switch: { property: 'on', values: onOff },
  fan: { property: 'on', values: onOff },
  siren: { property: 'on', values: onOff },
  humidifier: { property: 'on', values: onOff },
  media_player: { property: 'state' },
  binary_sensor: { property: 'on', values: onOff },
  sensor: { property: 'value' },
  number: { property: 'value' },
  select: { property: 'option' },
  cover: { property: 'state' },
  lock: { property: 'locked', values: { locked: true, unlocked: false } },
  climate: { property: 'mode' },
  person: { property: 'present', values: presence },
  device_tracker: { property: 'present', values: presence },
};
const variables: ReadonlySet<string> = new Set([
  ...['input_boolean', 'input_number', 'input_text', 'input_select', 'input_datetime', 'counter'],
]);

export const quoted = (text: string): string => JSON.stringify(text);
export const literal = (value: unknown): string =>
  typeof value === 'string' ? quoted(value) : JSON.stringify(value);

function mapped(values: Action | undefined): (state: unknown) => unknown {
  return (state) => {
    const text = String(state);
    if (values !== undefined && Object.hasOwn(values, text)) return values[text];
    return typeof state === 'string' && isText.test(state) ? Number(state) : state;
  };
}

function field(object: string, path: string): string {
  const names = path.split('.').map((name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``));
  return [object, ...names].join('.');
}

/** On topics brightness goes from 0 to 254, as lamps of Zigbee have it; devices of the house have percent. */
function inSteps(more: Action): Action {
  const { brightness } = more;
  return typeof brightness === 'number' ? { ...more, brightness: Math.round(brightness * 2.54) } : more;
}

function ofTopic(id: string, mapping: Extract<EntityMapping, { topic: string }>): Entity {
  const { topic, path, values, command } = mapping;
  const state = `$state(${quoted(topic)})`;
  const stateHere = mapped(values);
  return {
    id,
    read: path === undefined ? state : field(state, path),
    watch: { topic, ...(path !== undefined && { path }) },
    stateHere,
    readAttribute: (name) => field(state, name),
    set: (to, more = {}) => {
      if (command === undefined) return undefined;
      if (path === undefined) return { publish: command, payload: stateHere(to) };
      const state = to === undefined ? {} : { [path]: stateHere(to) };
      const payload = { ...state, ...inSteps(more) };
      return { publish: command, payload };
    },
    guess: undefined,
  };
}

function ofVariable(id: string, name: string, values: Action | undefined, guess?: string): Entity {
  const stateHere = mapped(values);
  return {
    id,
    // A switch that nobody has used yet is off.
    read: values === onOff ? `$var(${quoted(name)}, false)` : `$var(${quoted(name)})`,
    watch: { topic: `homerule/var/${name}` },
    stateHere,
    readAttribute: (attribute) => field(`$var(${quoted(name)})`, attribute),
    set: (to) => ({ var: { [name]: stateHere(to) } }),
    guess,
  };
}

function ofDevice(
  id: string,
  device: string,
  how: { property: string; values?: Action; guess?: string },
): Entity {
  const { property, values, guess } = how;
  const properties = `$device(${quoted(device)}).properties`;
  const stateHere = mapped(values);
  return {
    id,
    read: field(properties, property),
    watch: undefined,
    stateHere,
    readAttribute: (name) => field(properties, name),
    set: (to, more = {}) => ({
      set: device,
      properties: { ...(to !== undefined && { [property]: stateHere(to) }), ...more },
    }),
    guess,
  };
}

const sun: Entity = {
  id: 'sun.sun',
  read: '$sun().up',
  watch: undefined,
  stateHere: mapped({ above_horizon: true, below_horizon: false }),
  readAttribute: (name) => `$sun().${name}`,
  set: () => undefined,
  guess: undefined,
};

/** As the file of entities says, else guessed from the name. */
export function entityOf(id: string, mapping: EntityMapping | undefined): Entity {
  if (mapping !== undefined && 'topic' in mapping) return ofTopic(id, mapping);
  if (mapping !== undefined && 'variable' in mapping) return ofVariable(id, mapping.variable, mapping.values);
  if (mapping !== undefined)
    return ofDevice(id, mapping.device, {
      property: mapping.property,
      ...(mapping.values && { values: mapping.values }),
    });
  if (id === 'sun.sun') return sun;
  const [domain = '', name = id] = id.split('.', 2);
  if (variables.has(domain))
    return ofVariable(id, name, domain === 'input_boolean' ? onOff : undefined, `the variable "${name}"`);
  const { property, values } = guesses[domain] ?? { property: 'state' };
  const guess = `property "${property}" of the device "${name}"`;
  return ofDevice(id, name, { property, guess, ...(values && { values }) });
}
