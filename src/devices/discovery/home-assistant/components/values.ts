// Numbers, choices and texts that can be set.
import type { PropertyDescription } from '../../../model/description.ts';
import type { Entity } from '../entity.ts';
import { numberOf, orUnknown } from '../words.ts';

export function numberEntityOf(entity: Entity): PropertyDescription[] {
  const role = entity.role;
  const unit = entity.text('unit_of_measurement');
  const id = entity.own || role || 'value';
  const reset = entity.word('payload_reset', 'None');
  const known = orUnknown(numberOf);
  return entity.property(id, entity.name ?? id, {
    more: {
      kind: 'number',
      ...(role !== undefined && { role }),
      ...(unit !== undefined && { unit }),
      min: entity.number('min') ?? 1,
      max: entity.number('max') ?? 100,
      step: entity.number('step') ?? 1,
    },
    reports: entity.report('state_topic', 'value_template', (value) =>
      value === reset ? null : known(value),
    ),
    command: entity.command('command_topic', 'command_template'),
  });
}

export function selectOf(entity: Entity): PropertyDescription[] {
  const id = entity.own || 'choice';
  const options = entity.list('options');
  if (options === undefined) entity.problem('options', 'missing-option', 'a select needs its options');
  return entity.property(id, entity.name ?? id, {
    more: { kind: 'choice', ...(options && { options }) },
    reports: entity.report('state_topic', 'value_template'),
    command: entity.command('command_topic', 'command_template'),
  });
}

export function textOf(entity: Entity): PropertyDescription[] {
  const id = entity.own || 'text';
  return entity.property(id, entity.name ?? id, {
    more: { kind: 'text', max: entity.number('max') ?? 255 },
    reports: entity.report('state_topic', 'value_template'),
    command: entity.command('command_topic', 'command_template'),
  });
}
