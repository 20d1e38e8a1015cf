// What a device says of one property, or of all of them as one object, and the facts that a message carries about it.
import type { DevicePropertyView, DeviceView } from '../../../../src/api/contract.ts';

export interface Reading {
  /** Undefined: not known. */
  readonly value: unknown;
  /** When it was said. */
  readonly at: number;
  /** Since when it is so. */
  readonly changedAt: number;
  readonly property?: DevicePropertyView;
}

export function findProperty({ properties }: DeviceView, name: string): DevicePropertyView | undefined {
  return properties.find(({ id }) => id === name) ?? properties.find(({ short }) => short === name);
}

function latest(times: readonly (number | undefined)[]): number {
  return Math.max(0, ...times.map((time) => time ?? 0));
}

function wholeOf(device: DeviceView): Reading {
  const known = device.properties.filter(({ value }) => value !== undefined);
  const value = Object.fromEntries(known.map((property) => [property.id, property.value]));
  return {
    value: known.length === 0 ? undefined : Object.freeze(value),
    at: latest(known.map(({ at }) => at)),
    changedAt: latest(known.map(({ changedAt }) => changedAt)),
  };
}

/** Undefined when the device has no such property. */
export function readingOf(device: DeviceView, name: string): Reading | undefined {
  if (name === '') return wholeOf(device);
  const property = findProperty(device, name);
  if (property === undefined) return undefined;
  const { value, at = 0, changedAt = at } = property;
  return { value, at, changedAt, property };
}

/** For `msg.homerule`; the run that led to it goes on as its cause. */
export function factsOf(device: DeviceView, { property, at, changedAt }: Reading): object {
  const { cause, depth } = property?.by ?? {};
  return {
    device: device.id,
    deviceName: device.name,
    ...(device.room !== undefined && { room: device.room }),
    ...(property !== undefined && { property: property.id }),
    ...(property?.unit !== undefined && { unit: property.unit }),
    ...(property?.by !== undefined && { by: property.by }),
    ...(cause !== undefined && { cause }),
    ...(depth !== undefined && { depth }),
    at,
    changedAt,
  };
}

export function isSameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
