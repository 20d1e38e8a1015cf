// Fans: on, speed in percent of their steps, presets, swinging and direction.
import type { PropertyDescription } from '../../../model/description.ts';
import { wellKnownProperties } from '../../../model/well-known.ts';
import type { Entity } from '../entity.ts';
import { meaningOf, numberOf, orUnknown, payloadOf, wordFor } from '../words.ts';

function speedOf(entity: Entity): PropertyDescription[] {
  const [min, max] = [entity.number('speed_range_min') ?? 1, entity.number('speed_range_max') ?? 100];
  const steps = Math.max(1, max - min + 1);
  const percent = (value: unknown): unknown => {
    const number = numberOf(value);
    return number === undefined ? undefined : Math.floor(((number - min + 1) * 100) / steps);
  };
  const step = (value: unknown): number => Math.ceil((Number(value) * steps) / 100 + min - 1);
  const reset = payloadOf(entity.word('payload_reset_percentage', 'None'));
  const known = orUnknown(percent);
  return entity.part('speed', wellKnownProperties.speed, {
    reports: entity.report('percentage_state_topic', 'percentage_value_template', (value) =>
      value === reset ? null : known(value),
    ),
    command: entity.command('percentage_command_topic', 'percentage_command_template', step),
  });
}

function onOf(entity: Entity): PropertyDescription[] {
  const meanings = [
    [entity.word('payload_on', 'ON'), true],
    [entity.word('payload_off', 'OFF'), false],
  ] as const;
  return entity.part('on', wellKnownProperties.on, {
    reports: entity.report('state_topic', 'state_value_template', meaningOf(meanings)),
    command: entity.command('command_topic', 'command_template', wordFor(meanings)),
  });
}

function oscillatingOf(entity: Entity): PropertyDescription[] {
  const meanings = [
    [entity.word('payload_oscillation_on', 'oscillate_on'), true],
    [entity.word('payload_oscillation_off', 'oscillate_off'), false],
  ] as const;
  return entity.part('oscillating', wellKnownProperties.oscillating, {
    reports: entity.report('oscillation_state_topic', 'oscillation_value_template', meaningOf(meanings)),
    command: entity.command('oscillation_command_topic', 'oscillation_command_template', wordFor(meanings)),
  });
}

function directionOf(entity: Entity): PropertyDescription[] {
  const meanings = ['forward', 'reverse'].map(
    (word) => [entity.word(`payload_direction_${word}`, word), word] as const,
  );
  return entity.part('direction', wellKnownProperties.direction, {
    reports: entity.report('direction_state_topic', 'direction_value_template', meaningOf(meanings)),
    command: entity.command('direction_command_topic', 'direction_command_template', wordFor(meanings)),
  });
}

export function fanOf(entity: Entity): PropertyDescription[] {
  const options = entity.list('preset_modes');
  const preset = entity.part(
    'preset',
    { kind: 'choice', ...(options && { options }) },
    {
      reports: entity.report('preset_mode_state_topic', 'preset_mode_value_template', orUnknown()),
      command: entity.command('preset_mode_command_topic', 'preset_mode_command_template'),
    },
  );
  return [...onOf(entity), ...speedOf(entity), ...preset, ...oscillatingOf(entity), ...directionOf(entity)];
}
