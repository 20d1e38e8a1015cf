// What a field that was only ever seen becomes as a property. Kinds, roles and units are said of known names alone, and
// only when the values fit them.
import type { FieldFacts } from '../../contract/field.ts';
import type { PropertyDescription } from '../../model/description.ts';
import { findKnownField, isPlausible, type KnownField } from '../../model/known-fields.ts';
import { propertyIdOf } from '../../model/names.ts';
import { wellKnownProperties } from '../../model/well-known.ts';

export interface SeenField {
  readonly topic: string;
  /** Names from the outermost in, the last one being what it is called. */
  readonly names: readonly string[];
  readonly path: string;
  readonly facts: FieldFacts;
}

export interface LearnedProperty {
  readonly property: PropertyDescription;
  /** Its name says what it is. */
  readonly isKnown: boolean;
}

const switchWords = new Set(['on', 'off', 'true', 'false', '0', '1']);

function isSwitch({ types, values }: FieldFacts): boolean {
  if (types.every((type) => type === 'boolean')) return true;
  return (
    values !== undefined &&
    values.length > 0 &&
    values.every((value) => switchWords.has(String(value).toLowerCase()))
  );
}

function isNumber({ types }: FieldFacts): boolean {
  return types.includes('number') && types.every((type) => type === 'number' || type === 'null');
}

/** The known field of that name, when the values are of its kind; units only when they are in its range. */
function fittingField(name: string, facts: FieldFacts): KnownField | undefined {
  // "POWER" is watts for one maker and on or off for another.
  const isPowerSwitch = /^power\d*$/i.test(name) && !facts.types.includes('number') && isSwitch(facts);
  const known = findKnownField(isPowerSwitch ? 'on' : name);
  if (known?.kind === 'boolean') return isSwitch(facts) ? known : undefined;
  if (known?.kind !== 'number' || !isNumber(facts)) return undefined;
  return isPlausible(known, facts.min ?? 0, facts.max ?? 0) ? known : undefined;
}

/** `payload.temperature`; undefined for the payload itself. */
function readingOf(path: string): string | undefined {
  if (path === '') return undefined;
  const names = path.split('.').map((name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``));
  return `payload.${names.join('.')}`;
}

/** Numbers in `relay/0` are no names. */
function wordsOf(names: readonly string[]): readonly string[] {
  return names.filter((name) => !/^\d+$/.test(name));
}

/** Numbers that are not what a name of ours means do not get the name. */
function plainId(name: string, kind: string): string {
  const id = propertyIdOf(name);
  const isTaken = Object.hasOwn(wellKnownProperties, id) || findKnownField(name) !== undefined;
  return isTaken && kind === 'number' ? `${id}_raw` : id;
}

function kindOf(facts: FieldFacts): 'number' | 'boolean' | 'text' | undefined {
  if (isNumber(facts)) return 'number';
  if (facts.types.every((type) => type === 'boolean')) return 'boolean';
  return facts.types.every((type) => type === 'text') ? 'text' : undefined;
}

/** Undefined for what nobody would look at: lists, values of no one type, parts of unknown things. */
export function learnedProperty({ topic, names, path, facts }: SeenField): LearnedProperty | undefined {
  const words = wordsOf(names);
  const name = words.at(-1);
  if (name === undefined) return undefined;
  const read = readingOf(path);
  const reports = [read === undefined ? { topic } : { topic, read }];
  const known = fittingField(name, facts);
  if (known !== undefined) {
    const { id, kind, role, unit, category } = known;
    const said = { ...(role && { role }), ...(unit && { unit }), ...(category && { category }) };
    return { property: { id, name: words.join(' '), kind, ...said, reports }, isKnown: true };
  }
  const kind = kindOf(facts);
  if (kind === undefined || path.includes('.')) return undefined;
  const id = plainId(name, kind);
  return id === '' ? undefined : { property: { id, name: words.join(' '), kind, reports }, isKnown: false };
}
