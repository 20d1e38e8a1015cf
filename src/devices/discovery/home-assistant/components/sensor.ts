// Sensors of numbers, words and truths. A sensor is called by its own name within the device; what it is about is its role.
import type { PropertyDescription, PropertyKind } from '../../../model/description.ts';
import type { Entity } from '../entity.ts';
import { meaningOf, numberOf, orUnknown } from '../words.ts';

const inWords: ReadonlySet<string> = new Set(['enum', 'timestamp', 'date']);

function kindOf(entity: Entity): PropertyKind {
  const role = entity.role;
  if (entity.list('options') !== undefined || role === 'enum') return 'choice';
  if (role !== undefined) return inWords.has(role) ? 'text' : 'number';
  const counts = ['unit_of_measurement', 'state_class', 'suggested_display_precision'];
  return counts.some((key) => entity.options[key] !== undefined && entity.options[key] !== null)
    ? 'number'
    : 'text';
}

/** `tempc` and `batt` are short for what the sensor is about. */
function isShortFor(own: string, role: string | undefined): role is string {
  return (
    role !== undefined &&
    /^[a-z]{3,}$/.test(own) &&
    role.startsWith(own.slice(0, Math.max(3, own.length - 1)))
  );
}

export function sensorOf(entity: Entity): PropertyDescription[] {
  const kind = kindOf(entity);
  const role = entity.role;
  const unit = entity.text('unit_of_measurement');
  const options = entity.list('options');
  const { own } = entity;
  const id = isShortFor(own, role) ? role : own || role || 'value';
  const isOdd = kind === 'number' && (entity.text('value_template')?.includes('None') ?? true);
  const convert = isOdd ? orUnknown(numberOf) : undefined;
  return entity.property(id, entity.name ?? id, {
    more: {
      kind,
      ...(role !== undefined && role !== 'enum' && { role }),
      ...(unit !== undefined && { unit }),
      ...(options && kind === 'choice' && { options }),
      ...(id === 'battery' && kind === 'number' && unit === '%' && { min: 0, max: 100 }),
    },
    reports: entity.report('state_topic', 'value_template', convert),
  });
}

/** Names that would say the contrary of what the sensor reports, or that are those of a number. */
const otherNames: Readonly<Record<string, (role: string | undefined) => string>> = {
  contact: (role) => role ?? 'open',
  battery: () => 'battery_low',
};

export function binarySensorOf(entity: Entity): PropertyDescription[] {
  const role = entity.role;
  const own = entity.own || role || 'active';
  const other = Object.hasOwn(otherNames, own) ? otherNames[own] : undefined;
  const id = other?.(role) ?? own;
  const states = meaningOf([
    [entity.word('payload_on', 'ON'), true],
    [entity.word('payload_off', 'OFF'), false],
  ]);
  return entity.property(id, entity.name ?? id, {
    more: { kind: 'boolean', ...(role !== undefined && { role }) },
    reports: entity.report('state_topic', 'value_template', states),
  });
}
