// Who a discovery message speaks of: the device, and what of the device its properties are called. A name must not depend
// on what else is announced, for each message is read alone.
import { propertyIdOf, slugOf } from '../../model/names.ts';
import { type Entry, isEntry } from './abbreviations.ts';

export interface Identity {
  readonly key: string;
  readonly slug: string;
  readonly name?: string;
  readonly room?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly version?: string;
  readonly via?: string;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Its identifiers, then its connections. */
export function identifiersOf(device: Entry): string[] {
  const identifiers = listOf(device['identifiers']).map(textOf);
  const connections = listOf(device['connections']).map((each) => textOf(listOf(each)[1]));
  return [...identifiers, ...connections].filter((each) => each !== undefined);
}

/** A message that names no device is one by itself. */
export function identityOf(options: Entry, object: string): Identity {
  const device = isEntry(options['device']) ? options['device'] : {};
  const [identifier] = identifiersOf(device);
  const alone = textOf(options['unique_id']) ?? textOf(options['object_id']) ?? object;
  const name = textOf(device['name']) ?? (identifier === undefined ? textOf(options['name']) : undefined);
  const told = {
    room: textOf(device['suggested_area']),
    manufacturer: textOf(device['manufacturer']),
    model: textOf(device['model']),
    version: textOf(device['sw_version']),
    via: textOf(device['via_device']),
    name,
  };
  const key = identifier ?? alone;
  return { key, slug: slugOf(name ?? key) || slugOf(key) || 'device', ...defined(told) };
}

function defined(told: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const made: Record<string, string> = {};
  for (const [key, value] of Object.entries(told)) if (value !== undefined) made[key] = value;
  return made;
}

/** Letters and digits that were drawn by lot. */
const opaque = /^[0-9a-f]{6,}$|^[0-9a-f]{4,}(_[0-9a-f]{4,})+$/;

function without(words: string, prefixes: readonly string[]): string {
  for (const prefix of prefixes) {
    if (prefix === '') continue;
    if (words === prefix) return '';
    if (words.startsWith(`${prefix}_`)) return without(words.slice(prefix.length + 1), prefixes);
    if (words.endsWith(`_${prefix}`)) return without(words.slice(0, -prefix.length - 1), prefixes);
  }
  return words;
}

/**
 * What an entity is called within its device: its object of the topic, without the names and numbers of the device.
 * Empty: it is what the device is there for, because it has no name of its own or that of the device or its kind, or
 * because no device is named.
 */
export function ownWords(options: Entry, { component, object, node }: Place): string {
  const device = isEntry(options['device']) ? options['device'] : {};
  const deviceName = textOf(device['name']);
  const name = options['name'];
  if (identifiersOf(device).length === 0) return '';
  if (name === null || name === '' || (name !== undefined && name === deviceName)) return '';
  const room = textOf(device['suggested_area']);
  const names = [deviceName ?? '', room ?? '', node ?? '', ...identifiersOf(device)];
  const prefixes = names.map((each) => propertyIdOf(each));
  const plain = identifiersOf(device).map((each) => propertyIdOf(each).replaceAll('_', ''));
  const given = propertyIdOf(object);
  const words = without(
    given,
    [...prefixes, ...plain].sort((a, b) => b.length - a.length),
  );
  const called = typeof name === 'string' && opaque.test(words) ? propertyIdOf(name) : words;
  return without(called, [component]);
}

export interface Place {
  readonly component: string;
  readonly object: string;
  readonly node: string | undefined;
}
