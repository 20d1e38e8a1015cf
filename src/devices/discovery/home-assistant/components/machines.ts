// Vacuum cleaners, lawn mowers, alarm panels and firmware updates.
import type { Command, PropertyDescription } from '../../../model/description.ts';
import { wellKnownProperties } from '../../../model/well-known.ts';
import { isEntry } from '../abbreviations.ts';
import type { Entity } from '../entity.ts';
import type { Convert } from '../templates.ts';
import { numberOf, orUnknown, payloadOf, wordFor } from '../words.ts';

type Words = readonly (readonly [word: unknown, meaning: string])[];

function told(entity: Entity, topicKey: string, words: Words): Command | undefined {
  return entity.command(topicKey, 'command_template', wordFor(words));
}

const cleaning = ['start', 'pause', 'stop', 'return_to_base', 'clean_spot', 'locate'];

export function vacuumOf(entity: Entity): PropertyDescription[] {
  const topic = entity.topic('state_topic');
  const within = (key: string) =>
    topic === undefined
      ? undefined
      : [
          entity.reportOf(topic, ({ payload }) =>
            isEntry(payload) ? (payload[key] ?? undefined) : undefined,
          ),
        ];
  const words = cleaning.map((name) => [entity.word(`payload_${name}`, name), name] as const);
  const speeds = entity.list('fan_speed_list');
  const fanTopic = entity.topic('set_fan_speed_topic');
  return [
    ...entity.part(
      'activity',
      { kind: 'choice', options: words.map(([, name]) => name) },
      { command: told(entity, 'command_topic', words) },
    ),
    ...entity.part('state', { kind: 'text' }, { reports: within('state') }),
    ...entity.part('battery', wellKnownProperties.battery, { reports: within('battery_level') }),
    ...(speeds === undefined && fanTopic === undefined
      ? []
      : entity.part(
          'fan_speed',
          { kind: 'choice', ...(speeds && { options: speeds }) },
          {
            reports: within('fan_speed'),
            command: fanTopic === undefined ? undefined : entity.commandOf(fanTopic, undefined),
          },
        )),
  ];
}

export function lawnMowerOf(entity: Entity): PropertyDescription[] {
  const buttons = ['start_mowing', 'pause', 'dock'].flatMap((name) =>
    entity.part(
      name,
      { kind: 'button' },
      { command: entity.command(`${name}_command_topic`, `${name}_command_template`, () => name) },
    ),
  );
  const reports = entity.report('activity_state_topic', 'activity_value_template', orUnknown());
  return [...entity.part('activity', { kind: 'text' }, { reports }), ...buttons];
}

const arming = {
  disarm: 'DISARM',
  arm_home: 'ARM_HOME',
  arm_away: 'ARM_AWAY',
  arm_night: 'ARM_NIGHT',
  arm_vacation: 'ARM_VACATION',
  arm_custom_bypass: 'ARM_CUSTOM_BYPASS',
  trigger: 'TRIGGER',
};

/** A panel that asks for a code can be looked at; it is not told anything, for nobody could enter the code. */
export function alarmOf(entity: Entity): PropertyDescription[] {
  const features = entity.list('supported_features');
  const words = Object.entries(arming).flatMap(([name, payload]) =>
    name === 'disarm' || features === undefined || features.includes(name)
      ? [[entity.word(`payload_${name}`, payload), name] as const]
      : [],
  );
  const hasCode = entity.options['code'] !== undefined;
  if (hasCode) entity.problem('code', 'not-supported', 'codes of alarm panels are not supported');
  return [
    ...entity.part(
      'state',
      { kind: 'text', role: 'alarm' },
      { reports: entity.report('state_topic', 'value_template', orUnknown()) },
    ),
    ...(hasCode
      ? []
      : entity.part(
          'arming',
          { kind: 'choice', options: words.map(([, name]) => name) },
          { command: told(entity, 'command_topic', words) },
        )),
  ];
}

/** State is an object, JSON text of one, or the installed version alone. */
function ofUpdate(pick: (state: Readonly<Record<string, unknown>>) => unknown): Convert {
  return (value) => {
    const state = typeof value === 'string' ? parsed(value) : value;
    return pick(isEntry(state) ? state : { installed_version: value });
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const version =
  (key: string) =>
  (state: Readonly<Record<string, unknown>>): unknown => {
    const value = state[key];
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };

function isOutdated(state: Readonly<Record<string, unknown>>): unknown {
  const [installed, latest] = [version('installed_version')(state), version('latest_version')(state)];
  return installed === undefined || latest === undefined ? undefined : installed !== latest;
}

function progress(state: Readonly<Record<string, unknown>>): unknown {
  return state['update_percentage'] === null ? null : numberOf(state['update_percentage']);
}

export function updateOf(entity: Entity): PropertyDescription[] {
  const topic = entity.topic('state_topic');
  const reported = (pick: (state: Readonly<Record<string, unknown>>) => unknown) => {
    const reading = entity.made('value_template', (template) =>
      entity.templates.readingOf(template, ofUpdate(pick)),
    );
    return topic === undefined || reading === undefined ? undefined : [entity.reportOf(topic, reading.made)];
  };
  const latest = entity.report('latest_version_topic', 'latest_version_template');
  const install = entity.options['payload_install'];
  const available = reported(isOutdated);
  if (available === undefined) return [];
  return [
    // told on two topics, it takes both to know
    ...(latest === undefined
      ? entity.part('update_available', { kind: 'boolean', role: 'update' }, { reports: available })
      : []),
    ...entity.part(
      'installed_version',
      { kind: 'text' },
      { reports: reported(version('installed_version')) },
    ),
    ...entity.part(
      'latest_version',
      { kind: 'text' },
      { reports: latest ?? reported(version('latest_version')) },
    ),
    ...entity.part('update_progress', { kind: 'number', unit: '%' }, { reports: reported(progress) }),
    ...(install === undefined
      ? []
      : entity.part(
          'install_update',
          { kind: 'button' },
          { command: entity.command('command_topic', 'command_template', () => payloadOf(install)) },
        )),
  ];
}
