// A comparison about a property of a device, as rules write it.
import type { DevicePropertyView } from '../api/types.ts';

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

export function fieldOf(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name}\``;
}

export function literal(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

/** A comparison that fits what the property says now. */
export function propertyCondition(device: string, property: DevicePropertyView): string {
  const { id, short, kind, value, options = [] } = property;
  const place = `$device(${quoted(device)}).${fieldOf(short ?? id)}`;
  if (kind === 'boolean') return `${place} = true`;
  if (kind === 'number') return `${place} > ${typeof value === 'number' ? value : 0}`;
  return `${place} = ${literal(value ?? options[0] ?? '')}`;
}
