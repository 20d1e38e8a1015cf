// Which kind of Bemfa device one of ours can be offered as, told by its well-known properties.
import type { BemfaKind } from '../../../src/base/index.ts';

/** What of a property matters here; those of the plugin contract fit. */
export interface OfferedProperty {
  readonly id: string;
  readonly kind: string;
  readonly isCommandable: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly string[];
}

const signs: readonly (readonly [kind: BemfaKind, commandable: readonly string[]])[] = [
  ['curtain', ['position', 'movement']],
  ['aircondition', ['target_temperature']],
  ['light', ['brightness', 'color', 'color_temperature']],
  ['fan', ['level', 'speed', 'oscillating']],
  ['switch', ['on']],
];
const measured: ReadonlySet<string> = new Set(['temperature', 'humidity', 'illuminance', 'pm25']);

/** The richest that fits; undefined when no speaker could do anything with it. */
export function kindOfDevice(properties: readonly OfferedProperty[]): BemfaKind | undefined {
  const commandable = new Set(properties.filter((property) => property.isCommandable).map(({ id }) => id));
  const found = signs.find(([, ids]) => ids.some((id) => commandable.has(id)));
  if (found !== undefined) return found[0];
  return properties.some(({ id }) => measured.has(id)) ? 'sensor' : undefined;
}
