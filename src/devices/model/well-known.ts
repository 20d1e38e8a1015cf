// Names and units that mean the same for every device, whatever its format: rules and pages rely on them.
import type { PropertyDescription, PropertyKind } from './description.ts';

interface WellKnown {
  readonly kind: PropertyKind;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly options?: readonly string[];
}

export const wellKnownProperties = {
  /** Lamps, plugs, switches, fans, sirens, whole appliances. */
  on: { kind: 'boolean' },
  brightness: { kind: 'number', unit: '%', min: 0, max: 100 },
  color: { kind: 'color' },
  color_temperature: { kind: 'number', unit: 'K' },
  effect: { kind: 'choice' },
  /** Of covers and valves: 0 closed, 100 open. */
  position: { kind: 'number', unit: '%', min: 0, max: 100 },
  tilt: { kind: 'number', unit: '%', min: 0, max: 100 },
  /** Tells a cover what to do. */
  movement: { kind: 'choice', options: ['open', 'close', 'stop'] },
  locked: { kind: 'boolean' },
  /** Of climates. */
  mode: { kind: 'choice' },
  temperature: { kind: 'number', unit: '°C' },
  target_temperature: { kind: 'number', unit: '°C' },
  target_temperature_low: { kind: 'number', unit: '°C' },
  target_temperature_high: { kind: 'number', unit: '°C' },
  humidity: { kind: 'number', unit: '%', min: 0, max: 100 },
  target_humidity: { kind: 'number', unit: '%', min: 0, max: 100 },
  /** What a climate is doing: heating, cooling, idle. */
  action: { kind: 'text' },
  fan_mode: { kind: 'choice' },
  swing_mode: { kind: 'choice' },
  preset: { kind: 'choice' },
  /** Of fans. */
  speed: { kind: 'number', unit: '%', min: 0, max: 100 },
  oscillating: { kind: 'boolean' },
  direction: { kind: 'choice', options: ['forward', 'reverse'] },
  battery: { kind: 'number', unit: '%', min: 0, max: 100 },
} as const satisfies Readonly<Record<string, WellKnown>>;

export type WellKnownProperty = keyof typeof wellKnownProperties;

/** A description of a well-known property; what `more` says stands above the table. */
export function wellKnown(
  id: WellKnownProperty,
  more: Omit<PropertyDescription, 'id' | 'kind' | 'name'> & { readonly name?: string },
): PropertyDescription {
  return { ...wellKnownProperties[id], id, name: id, ...more };
}
