// What happens or is done without lasting: buttons, scenes, events, triggers of remotes.

import type { PropertyDescription, Reading } from '../../../model/description.ts';
import { propertyIdOf } from '../../../model/names.ts';
import { isEntry } from '../abbreviations.ts';
import type { Entity } from '../entity.ts';
import { payloadOf } from '../words.ts';

function pressed(entity: Entity, payload: unknown): PropertyDescription[] {
  const id = entity.own || entity.role || entity.component;
  return entity.property(id, entity.name ?? id, {
    more: { kind: 'button' },
    command: entity.command('command_topic', 'command_template', () => payloadOf(payload)),
  });
}

export function buttonOf(entity: Entity): PropertyDescription[] {
  return pressed(entity, entity.word('payload_press', 'PRESS'));
}

export function sceneOf(entity: Entity): PropertyDescription[] {
  return pressed(entity, entity.word('payload_on', 'ON'));
}

/** The template with which Zigbee2MQTT cuts an action up; the action as a whole says more. */
const cutsActions = /namespace\(r=\[\('action', action_value\)\]\)/;

function eventType(value: unknown): unknown {
  const whole = typeof value === 'string' ? parsed(value) : value;
  const type = isEntry(whole) ? whole['event_type'] : undefined;
  return type === '' || type === null ? undefined : type;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function eventOf(entity: Entity): PropertyDescription[] {
  const topic = entity.topic('state_topic');
  if (topic === undefined) return [];
  const id = entity.own || 'event';
  const role = entity.role;
  const template = entity.text('value_template');
  const isAction = template !== undefined && cutsActions.test(template);
  const action: Reading = ({ payload }) => {
    const value = isEntry(payload) ? payload['action'] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const reading = isAction
    ? { made: action }
    : entity.made('value_template', (given) => entity.templates.readingOf(given, eventType));
  if (reading === undefined) return [];
  const options = isAction ? undefined : entity.list('event_types');
  return entity.property(id, entity.name ?? id, {
    more: { kind: 'event', ...(role !== undefined && { role }), ...(options && { options }) },
    reports: [entity.reportOf(topic, reading.made)],
  });
}

/** Each trigger is an event of its own: other messages tell of the others. */
export function triggerOf(entity: Entity): PropertyDescription[] {
  const topic = entity.topic('topic');
  const [type = '', subtype = ''] = [entity.text('type'), entity.text('subtype')];
  if (topic === undefined) return [];
  const wanted = entity.options['payload'];
  const happened = wanted === undefined ? `${type} ${subtype}`.trim() : String(payloadOf(wanted));
  const isIt = (value: unknown): unknown =>
    wanted === undefined || String(value) === happened ? happened : undefined;
  const reading = entity.made('value_template', (template) => entity.templates.readingOf(template, isIt));
  if (reading === undefined) return [];
  const id = entity.own || propertyIdOf(`${type} ${subtype}`) || 'trigger';
  return entity.property(id, entity.name ?? `${type} ${subtype}`.trim(), {
    more: { kind: 'event', options: [happened] },
    reports: [entity.reportOf(topic, reading.made)],
  });
}
