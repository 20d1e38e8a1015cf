// Calls of services of Home Assistant as actions of a rule: one entry of the table for each.

import { Untranslatable } from '../../expression/index.ts';
import { type Context, type Entry, entityIds, isEntry, listOf } from './context.ts';

/** A call with what it is given, the same for all ways to write one. */
export interface ServiceCall {
  readonly data: Entry;
  readonly entities: readonly string[];
}

type Service = (call: ServiceCall, context: Context) => readonly Entry[];

function commanded(context: Context, id: string, state: unknown, more?: Entry): Entry {
  const action = context.entity(id).set(state, more);
  if (action === undefined) throw new Untranslatable(`${id} needs a "command" in the file of entities`);
  return action;
}

/** Brightness of Home Assistant goes to 255. */
const lightData: Readonly<Record<string, (value: unknown, context: Context) => Entry>> = {
  brightness: (value, context) => ({ brightness: scaled(context.value(value)) }),
  brightness_pct: (value, context) => ({ brightness: context.value(value) }),
  color_temp: (value, context) => ({ color_temp: context.value(value) }),
  color_temp_kelvin: (value, context) => ({ color_temp_kelvin: context.value(value) }),
  rgb_color: (value) => ({ color: rgb(value) }),
  transition: (value, context) => ({ transition: context.value(value) }),
};

function scaled(value: unknown): unknown {
  return typeof value === 'number' ? Math.round((value / 255) * 100) : value;
}

function rgb(value: unknown): Entry {
  const [r, g, b] = listOf(value);
  return { r, g, b };
}

function details(data: Entry, context: Context): Entry {
  let made: Entry = {};
  for (const [name, value] of Object.entries(data)) {
    const translate = Object.hasOwn(lightData, name) ? lightData[name] : undefined;
    if (translate === undefined) context.remark('untranslated', `"${name}" of a light has no counterpart`);
    else made = { ...made, ...translate(value, context) };
  }
  return made;
}

const turned =
  (state: 'on' | 'off'): Service =>
  ({ entities, data }, context) => {
    const more = details(data, context);
    return entities.map((id) => commanded(context, id, state, more));
  };

const toggled: Service = ({ entities }, context) =>
  entities.map((id) => {
    const entity = context.entity(id);
    const [on, off] = [entity.stateHere('on'), entity.stateHere('off')].map((value) => JSON.stringify(value));
    const flipped = `{{ ${entity.read} = ${on} ? ${off} : ${on} }}`;
    return commanded(context, id, flipped);
  });

/** The state is the value of a field. */
const given =
  (field: string): Service =>
  ({ entities, data }, context) =>
    entities.map((id) => commanded(context, id, context.value(data[field])));

/** One state, and perhaps fields beside it. */
const put =
  (state: unknown, fields: Readonly<Record<string, string>> = {}): Service =>
  ({ entities, data }, context) => {
    const more = Object.fromEntries(
      Object.entries(fields).flatMap(([theirs, ours]) =>
        data[theirs] === undefined ? [] : [[ours, context.value(data[theirs])]],
      ),
    );
    return entities.map((id) => commanded(context, id, state, more));
  };

const counted =
  (sign: '+' | '-'): Service =>
  ({ entities }, context) =>
    entities.map((id) => {
      const { read } = context.entity(id);
      return commanded(context, id, `{{ ($exists(${read}) ? ${read} : 0) ${sign} 1 }}`);
    });

const published: Service = ({ data }, context) => {
  const { topic, payload, payload_template: template, qos, retain } = data;
  const value = context.value(template ?? payload ?? '');
  return [
    {
      publish: context.value(topic),
      payload: value,
      ...(qos !== undefined && { qos: Number(qos) }),
      ...(retain !== undefined && { retain }),
    },
  ];
};

const captured: Service = ({ data }, context) => {
  const { scene_id: scene, snapshot_entities: entities } = data;
  if (entities === undefined)
    throw new Untranslatable('a scene that is written out has no counterpart; set its devices');
  context.scenes.add(`scene.${String(scene)}`);
  const devices = entityIds(entities).flatMap((id) => {
    const action = context.entity(id).set(undefined);
    if (typeof action?.['set'] === 'string') return [action['set']];
    context.remark('untranslated', `${id} is no device whose state could be captured`);
    return [];
  });
  return [{ capture: String(scene), devices }];
};

const restored: Service = ({ entities }, context) =>
  entities.map((id) => {
    if (!context.scenes.has(id))
      throw new Untranslatable(`${id} is a scene of Home Assistant; set its devices`);
    return { restore: id.replace(/^scene\./, '') };
  });

const logged: Service = ({ data }, context) => [
  { log: context.value(data['message'] ?? data['name'] ?? '') },
];

/** Automations are rules with the name of their entity. */
const ofRules =
  (verb: 'run' | 'enable' | 'disable'): Service =>
  ({ entities }, context) =>
    entities.map((id) => {
      const rule = id.replace(/^automation\./, '').replaceAll('_', '-');
      context.remark('guessed', `${id} is taken for the rule "${rule}"`);
      return { [verb]: rule };
    });

const switches = [
  'light',
  'switch',
  'fan',
  'input_boolean',
  'homeassistant',
  'siren',
  'humidifier',
  'media_player',
  'climate',
];

const services: Readonly<Record<string, Service>> = {
  ...Object.fromEntries(
    switches.flatMap((domain) => [
      [`${domain}.turn_on`, turned('on')],
      [`${domain}.turn_off`, turned('off')],
      [`${domain}.toggle`, toggled],
    ]),
  ),
  'mqtt.publish': published,
  'input_number.set_value': given('value'),
  'number.set_value': given('value'),
  'input_text.set_value': given('value'),
  'input_select.select_option': given('option'),
  'select.select_option': given('option'),
  'counter.increment': counted('+'),
  'counter.decrement': counted('-'),
  'counter.reset': put(0),
  'cover.open_cover': put('open'),
  'cover.close_cover': put('closed'),
  'cover.stop_cover': put('stop'),
  'cover.set_cover_position': put(undefined, { position: 'position' }),
  'lock.lock': put('locked'),
  'lock.unlock': put('unlocked'),
  'fan.set_percentage': put(undefined, { percentage: 'percentage' }),
  'climate.set_temperature': put(undefined, { temperature: 'target' }),
  'climate.set_hvac_mode': given('hvac_mode'),
  'scene.create': captured,
  'scene.turn_on': restored,
  'logbook.log': logged,
  'system_log.write': logged,
  'automation.trigger': ofRules('run'),
  'automation.turn_on': ofRules('enable'),
  'automation.turn_off': ofRules('disable'),
};

const without: Readonly<Record<string, string>> = {
  script: 'a script has no counterpart: make a rule of it and `run` it',
  rest_command: 'its address stands in the configuration of Home Assistant: use `http`',
  shell_command: 'rules start no programs',
  persistent_notification: 'there are no notifications of its own: use `notify`',
  tts: 'there is no speech',
};

function notified(channel: string, { data }: ServiceCall, context: Context): Entry[] {
  context.remark('guessed', `notify.${channel} is taken for the channel "${channel}"`);
  const { title, message, data: more } = data;
  return [
    {
      notify: channel,
      message: context.value(message ?? ''),
      ...(title !== undefined && { title: context.value(title) }),
      ...(more !== undefined && { data: context.value(more) }),
    },
  ];
}

const targets = ['entity_id', 'device_id', 'area_id', 'floor_id', 'label_id'];

/** Target, data and templates of data in one. */
function callOf(entry: Entry): ServiceCall {
  const target = isEntry(entry['target']) ? entry['target'] : {};
  const { entity_id: inner, ...data } = {
    ...(isEntry(entry['data']) ? entry['data'] : {}),
    ...(isEntry(entry['data_template']) ? entry['data_template'] : {}),
  };
  for (const key of targets.slice(1)) {
    if (target[key] !== undefined || data[key] !== undefined)
      throw new Untranslatable(`"${key}" names things of Home Assistant; name entities`);
  }
  const entities = entityIds(target['entity_id'] ?? inner ?? entry['entity_id']);
  if (entities.some((id) => id.includes('{') || id === 'all'))
    throw new Untranslatable('entities that a template or "all" names have no counterpart');
  return { data, entities };
}

/** Throws `Untranslatable`. */
export function serviceActions(name: string, entry: Entry, context: Context): readonly Entry[] {
  const [domain = '', verb = ''] = name.split('.', 2);
  const call = callOf(entry);
  if (domain === 'notify') return notified(verb, call, context);
  const service = Object.hasOwn(services, name) ? services[name] : undefined;
  if (service === undefined)
    throw new Untranslatable(without[domain] ?? `the service "${name}" has no counterpart`);
  const actions = service(call, context);
  if (actions.length === 0) throw new Untranslatable(`"${name}" names no entity`);
  return actions;
}
