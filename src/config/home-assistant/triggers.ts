// Triggers of Home Assistant as triggers of a rule: one entry of the table for each kind.

import { Untranslatable } from '../../expression/index.ts';
import { withinLimits } from './conditions.ts';
import { type Context, type Entry, entityIds, isEntry, listOf, type Path } from './context.ts';
import { type Entity, literal, quoted } from './entity.ts';

interface Kind {
  readonly keys: readonly string[];
  readonly translate: (entry: Entry, context: Context) => readonly Entry[];
}

const only = (value: readonly unknown[]): unknown => (value.length === 1 ? value[0] : value);
const holding = (entry: Entry, context: Context): Entry =>
  entry['for'] === undefined ? {} : { for: context.duration(entry['for']) };

function ofState(entry: Entry, context: Context): Entry[] {
  return entityIds(entry['entity_id']).map((id) => {
    const entity = context.entity(id);
    context.triggers.push(entity);
    const hold = holding(entry, context);
    return entity.watch === undefined ? becoming(entry, entity, hold) : changing(entry, entity, hold);
  });
}

function changing(entry: Entry, { watch, stateHere }: Entity, hold: Entry): Entry {
  const attribute = entry['attribute'];
  const path = attribute === undefined ? watch?.path : String(attribute);
  const limit = (key: string, own: string): Entry => {
    const wanted = entry[key];
    if (wanted === undefined || wanted === null) return {};
    const values = listOf(wanted).map((each) => (attribute === undefined ? stateHere(each) : each));
    return { [own]: only(values) };
  };
  return {
    change: watch?.topic,
    ...(path !== undefined && { path }),
    ...limit('from', 'from'),
    ...limit('to', 'to'),
    ...limit('not_from', 'notFrom'),
    ...limit('not_to', 'notTo'),
    ...hold,
  };
}

/** An entity that can only be read: it turns to something. */
function becoming(entry: Entry, entity: Entity, hold: Entry): Entry {
  const needs = (what: string): Untranslatable =>
    new Untranslatable(`${what} needs the topic of ${entity.id} in the file of entities`);
  const to = listOf(entry['to']);
  if (to.length === 0) throw needs('any change');
  for (const key of ['from', 'not_from', 'not_to']) if (entry[key] !== undefined) throw needs(`"${key}"`);
  const attribute = entry['attribute'];
  const read = attribute === undefined ? entity.read : entity.readAttribute(String(attribute));
  const values = to.map((each) => literal(attribute === undefined ? entity.stateHere(each) : each));
  const is = values.length === 1 ? `${read} = ${values[0]}` : `${read} in [${values.join(', ')}]`;
  return { becomes: is, ...hold };
}

function ofNumber(entry: Entry, context: Context): Entry[] {
  return entityIds(entry['entity_id']).map((id) => {
    const entity = context.entity(id);
    context.triggers.push(entity);
    return { becomes: withinLimits(entry, entity, context), ...holding(entry, context) };
  });
}

function ofTime(entry: Entry, context: Context): Entry[] {
  const times = listOf(entry['at']).map((each) => {
    if (isEntry(each)) throw new Untranslatable('a time with an offset has no counterpart');
    const words = String(each);
    return /^\d{1,2}:\d{2}(:\d{2})?$/.test(words)
      ? words.padStart(words.indexOf(':') === 1 ? words.length + 1 : 0, '0')
      : `{{ ${context.entity(words).read} }}`;
  });
  const days = listOf(entry['weekday']);
  return times.map((at) => ({ at, ...(days.length > 0 && { days: only(days) }) }));
}

function ofPattern(entry: Entry): Entry[] {
  const fields = ['seconds', 'minutes', 'hours'];
  const first = fields.findIndex((field) => entry[field] !== undefined);
  const parts = fields.map((field, index) => {
    const value = entry[field];
    if (value === undefined) return index < first ? '0' : '*';
    return String(value).replace(/^\//, '*/');
  });
  return [{ cron: `${parts.join(' ')} * * *` }];
}

function ofSun(entry: Entry, context: Context): Entry[] {
  const offset = entry['offset'];
  return [{ sun: entry['event'], ...(offset !== undefined && { offset: context.duration(offset) }) }];
}

function ofMqtt(entry: Entry, context: Context): Entry[] {
  const { topic, payload, value_template: template } = entry;
  if (String(topic).includes('{{')) throw new Untranslatable('a topic with a template has no counterpart');
  const value = template === undefined ? undefined : context.condition(template);
  const when =
    payload === undefined
      ? undefined
      : `${value ?? 'raw'} = ${literal(value === undefined ? String(payload) : payload)}`;
  return [{ message: topic, ...(when !== undefined && { when }) }];
}

function ofEvent(entry: Entry, context: Context): Entry[] {
  const data = isEntry(entry['event_data']) ? Object.entries(entry['event_data']) : [];
  const when = data.map(([name, value]) => `payload.${name} = ${literal(value)}`).join(' and ');
  return listOf(entry['event_type']).map((name) => {
    context.remark(
      'note',
      `the event "${String(name)}" comes from rules, flows and the API, not from Home Assistant`,
    );
    return { event: name, ...(when !== '' && { when }) };
  });
}

function ofHouse(entry: Entry): Entry[] {
  if (entry['event'] === 'start') return [{ startup: true }];
  if (entry['event'] === 'shutdown') return [{ shutdown: true }];
  throw new Untranslatable('"event" takes start or shutdown');
}

function ofWebhook(entry: Entry, context: Context): Entry[] {
  context.remark('note', 'the address is /hooks/NAME and asks for a secret');
  const methods = listOf(entry['allowed_methods']);
  return [{ webhook: entry['webhook_id'], ...(methods.length > 0 && { methods }) }];
}

const kinds: Readonly<Record<string, Kind>> = {
  state: { keys: ['entity_id', 'from', 'to', 'not_from', 'not_to', 'for', 'attribute'], translate: ofState },
  numeric_state: {
    keys: ['entity_id', 'above', 'below', 'for', 'attribute', 'value_template'],
    translate: ofNumber,
  },
  time: { keys: ['at', 'weekday'], translate: ofTime },
  time_pattern: { keys: ['hours', 'minutes', 'seconds'], translate: ofPattern },
  sun: { keys: ['event', 'offset'], translate: ofSun },
  mqtt: { keys: ['topic', 'payload', 'value_template', 'qos'], translate: ofMqtt },
  event: { keys: ['event_type', 'event_data'], translate: ofEvent },
  homeassistant: { keys: ['event'], translate: ofHouse },
  webhook: { keys: ['webhook_id', 'allowed_methods', 'local_only'], translate: ofWebhook },
  template: {
    keys: ['value_template', 'for'],
    translate: (entry, context) => [
      { becomes: context.condition(entry['value_template']), ...holding(entry, context) },
    ],
  },
};

const without: Readonly<Record<string, string>> = {
  zone: 'there are no zones: let the tracker publish where somebody is',
  device: 'triggers of devices of Home Assistant name no topic: use the message that the device sends',
  geo_location: 'there are no places on a map',
  calendar: 'there are no appointments; days off stand in the configuration key "calendar"',
  conversation: 'there is no voice assistant',
  tag: 'tags come as messages: use `message`',
  persistent_notification: 'there are no notifications of its own',
};

function one(value: unknown, context: Context): Entry[] {
  if (!isEntry(value)) throw new Untranslatable('this is no trigger');
  const name = String(value['trigger'] ?? value['platform'] ?? '');
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined)
    throw new Untranslatable(without[name] ?? `the trigger ${quoted(name)} has no counterpart`);
  const { id, alias, enabled, variables } = value;
  if (variables !== undefined)
    context.remark('untranslated', '"variables" of one trigger have no counterpart');
  context.leftOver(value, [...kind.keys, 'trigger', 'platform', 'id', 'alias', 'enabled', 'variables']);
  return kind.translate(value, context).map((entry) => ({
    ...entry,
    ...(id !== undefined && { id: String(id) }),
    ...(alias !== undefined && { note: alias }),
    ...(typeof enabled === 'boolean' && { enabled }),
  }));
}

/** What cannot be translated is left out with a remark. */
export function triggersOf(value: unknown, context: Context, path: Path): Entry[] {
  return listOf(value).flatMap((each, index) => {
    const at = Array.isArray(value) ? [...path, index] : path;
    return context.at(at, () => one(each, context)) ?? [];
  });
}
