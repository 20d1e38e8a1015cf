// What becomes of a property of a Homie device in our model: id, name, limits, where it is reported and commanded.
import type { PropertyDescription } from '../../model/description.ts';
import { findKnownField } from '../../model/known-fields.ts';
import { propertyIdOf } from '../../model/names.ts';
import { wellKnownProperties } from '../../model/well-known.ts';
import { type HomieProperty, type Meaning, meaningOf } from './meaning.ts';
import { readingOf, writingOf } from './values.ts';

/** Names under which devices have a switch. */
const switchNames = new Set(['on', 'power', 'switch', 'state', 'onoff', 'on_off', 'relay']);
const brightnessNames = new Set(['brightness', 'dimmer', 'dim', 'intensity', 'level']);

/** The id of the property in our words, before it is known whether another of the device has it. */
function plainIdOf(property: HomieProperty, { kind, isPercent }: Meaning): string {
  const id = propertyIdOf(property.id);
  if (kind === 'boolean' && switchNames.has(id)) return 'on';
  if (kind === 'number' && isPercent && property.isSettable && brightnessNames.has(id)) return 'brightness';
  const known = findKnownField(id)?.id ?? id;
  const expected = Object.hasOwn(wellKnownProperties, known)
    ? Reflect.get(wellKnownProperties, known)
    : undefined;
  const isOther = expected !== undefined && (expected.kind !== kind || (expected.unit === '%' && !isPercent));
  return isOther ? `${propertyIdOf(property.node)}_${id}` : known;
}

function nameOf({ name, nodeName, id }: HomieProperty): string {
  return name || (nodeName ? `${nodeName} ${id}` : id);
}

/** Where it is reported and commanded. */
function endsOf(property: HomieProperty, { kind, codec }: Meaning): Partial<PropertyDescription> {
  const { topic, isSettable, isRetained } = property;
  const command = {
    topic: `${topic}/set`,
    write: writingOf(codec),
    qos: isRetained ? 1 : 0,
    retain: false,
  } as const;
  return {
    ...(kind !== 'button' && { reports: [{ topic, read: readingOf(codec) }] }),
    ...(isSettable && { command }),
  };
}

function limitsOf(meaning: Meaning): Partial<PropertyDescription> {
  const { min, max, step, options, unit } = meaning;
  return {
    ...(unit !== undefined && { unit }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(step !== undefined && { step }),
    ...(options && { options }),
  };
}

/** Throws a `homieFault` for what the convention does not allow. */
export function propertyOf(property: HomieProperty): PropertyDescription {
  const meaning = meaningOf(property);
  const id = plainIdOf(property, meaning);
  const known = findKnownField(id);
  const role = meaning.role ?? (known?.kind === meaning.kind ? known.role : undefined);
  return {
    id,
    name: nameOf(property),
    kind: meaning.kind,
    ...(role !== undefined && { role }),
    ...(known?.category && { category: known.category }),
    ...limitsOf(meaning),
    ...endsOf(property, meaning),
  };
}

/** The first of an id keeps it; those of later nodes say their node, then count. */
export class DistinctIds {
  readonly #taken = new Set<string>();

  give(property: PropertyDescription, node: string): PropertyDescription {
    const { id } = property;
    let free = this.#taken.has(id) ? `${id}_${propertyIdOf(node)}` : id;
    for (let count = 2; this.#taken.has(free); count++) free = `${id}_${propertyIdOf(node)}_${count}`;
    this.#taken.add(free);
    return free === id ? property : { ...property, id: free };
  }
}
