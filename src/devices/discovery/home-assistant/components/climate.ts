// Thermostats, air conditioners, water heaters and humidifiers: what is measured, what is wanted, and how.
import type { PropertyDescription } from '../../../model/description.ts';
import { type WellKnownProperty, wellKnownProperties } from '../../../model/well-known.ts';
import type { Entity } from '../entity.ts';
import { meaningOf, numberOf, orUnknown, wordFor } from '../words.ts';

const number = orUnknown(numberOf);

interface Setting {
  readonly id: WellKnownProperty;
  /** What its options begin with: `fan_mode` of `fan_mode_state_topic`. */
  readonly key: string;
  readonly templateKey?: string;
}

function choiceOf(
  entity: Entity,
  setting: Setting,
  options: readonly string[] | undefined,
): PropertyDescription[] {
  const { id, key, templateKey = `${key}_state_template` } = setting;
  return entity.part(
    id,
    { kind: 'choice', ...(options && { options }) },
    {
      reports: entity.report(`${key}_state_topic`, templateKey, orUnknown()),
      command: entity.command(`${key}_command_topic`, `${key}_command_template`),
    },
  );
}

function temperaturesOf(entity: Entity): PropertyDescription[] {
  const unit = entity.text('temperature_unit') === 'F' ? '°F' : '°C';
  const [min, max] = [entity.number('min_temp'), entity.number('max_temp')];
  const more = {
    kind: 'number',
    role: 'temperature',
    unit,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    step: entity.number('temp_step') ?? 1,
  } as const;
  const targets = [
    ['target_temperature', 'temperature'],
    ['target_temperature_low', 'temperature_low'],
    ['target_temperature_high', 'temperature_high'],
  ] as const;
  return [
    ...entity.part(
      'temperature',
      { kind: 'number', role: 'temperature', unit },
      { reports: entity.report('current_temperature_topic', 'current_temperature_template', number) },
    ),
    ...targets.flatMap(([id, key]) =>
      entity.part(id, more, {
        reports: entity.report(`${key}_state_topic`, `${key}_state_template`, number),
        command: entity.command(`${key}_command_topic`, `${key}_command_template`),
      }),
    ),
  ];
}

function humidityOf(entity: Entity): PropertyDescription[] {
  const [min, max] = [entity.number('min_humidity'), entity.number('max_humidity')];
  return [
    ...entity.part('humidity', wellKnownProperties.humidity, {
      reports: entity.report('current_humidity_topic', 'current_humidity_template', number),
    }),
    ...entity.part(
      'target_humidity',
      {
        ...wellKnownProperties.target_humidity,
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
      },
      {
        reports: entity.report('target_humidity_state_topic', 'target_humidity_state_template', number),
        command: entity.command('target_humidity_command_topic', 'target_humidity_command_template'),
      },
    ),
  ];
}

function actionOf(entity: Entity): PropertyDescription[] {
  return entity.part('action', wellKnownProperties.action, {
    reports: entity.report('action_topic', 'action_template', orUnknown()),
  });
}

function powerOf(entity: Entity): PropertyDescription[] {
  const meanings = [
    [entity.word('payload_on', 'ON'), true],
    [entity.word('payload_off', 'OFF'), false],
  ] as const;
  return entity.part('on', wellKnownProperties.on, {
    reports: entity.report('power_state_topic', 'power_state_template', meaningOf(meanings)),
    command: entity.command('power_command_topic', 'power_command_template', wordFor(meanings)),
  });
}

const climateModes = ['auto', 'off', 'cool', 'heat', 'dry', 'fan_only'];
const waterModes = ['off', 'eco', 'electric', 'gas', 'heat_pump', 'high_demand', 'performance'];

export function climateOf(entity: Entity): PropertyDescription[] {
  const fans = entity.list('fan_modes') ?? ['auto', 'low', 'medium', 'high'];
  const presets = { id: 'preset', key: 'preset_mode', templateKey: 'preset_mode_value_template' } as const;
  return [
    ...powerOf(entity),
    ...choiceOf(entity, { id: 'mode', key: 'mode' }, entity.list('modes') ?? climateModes),
    ...temperaturesOf(entity),
    ...humidityOf(entity),
    ...actionOf(entity),
    ...choiceOf(entity, { id: 'fan_mode', key: 'fan_mode' }, fans),
    ...choiceOf(entity, { id: 'swing_mode', key: 'swing_mode' }, entity.list('swing_modes') ?? ['on', 'off']),
    ...choiceOf(entity, presets, entity.list('preset_modes')),
  ];
}

export function waterHeaterOf(entity: Entity): PropertyDescription[] {
  return [
    ...powerOf(entity),
    ...choiceOf(entity, { id: 'mode', key: 'mode' }, entity.list('modes') ?? waterModes),
    ...temperaturesOf(entity),
  ];
}

export function humidifierOf(entity: Entity): PropertyDescription[] {
  const meanings = [
    [entity.word('payload_on', 'ON'), true],
    [entity.word('payload_off', 'OFF'), false],
  ] as const;
  const on = entity.part('on', wellKnownProperties.on, {
    reports: entity.report('state_topic', 'state_value_template', meaningOf(meanings)),
    command: entity.command('command_topic', 'command_template', wordFor(meanings)),
  });
  const mode = choiceOf(entity, { id: 'mode', key: 'mode' }, entity.list('modes'));
  return [...on, ...humidityOf(entity), ...mode, ...actionOf(entity)];
}
