// What a registry would leave to the next process, and what others told it: enough to make another one that knows the same.
import type { Brought } from '../discovery/brought.ts';
import type { Learned } from '../discovery/learned/learned.ts';
import type { Mappings } from '../discovery/mapping.ts';
import type { DeviceMappingRow, DevicePropertyRow, DeviceRow } from '../ports.ts';
import type { DeviceChange } from './changes.ts';
import type { Device } from './device.ts';
import type { Roster } from './roster.ts';

export interface LeftBehind {
  readonly devices: readonly DeviceRow[];
  readonly deviceProperties: readonly DevicePropertyRow[];
  readonly deviceMappings: readonly DeviceMappingRow[];
  /** What is told again by those who told it. */
  readonly deviceChanges: readonly DeviceChange[];
}

function propertiesOf({ id: device, states }: Device): DevicePropertyRow[] {
  return [...states].map(([property, { value, at, changedAt, topic, by }]) => {
    const { origin, id, cause = null } = by;
    return { device, property, value: JSON.stringify(value), at, changedAt, topic, origin, by: id, cause };
  });
}

export function leftBehind(from: {
  readonly roster: Roster;
  readonly mappings: Mappings;
  readonly learned: Learned;
  readonly brought: Brought;
}): LeftBehind {
  const devices = from.roster.list();
  const learned = [...from.learned.given()].map(([key, document]): DeviceChange => {
    return { change: 'learn', key, document };
  });
  const brought = [...from.brought.given()].map((one): DeviceChange => ({ change: 'bring', ...one }));
  return {
    devices: devices.map(({ row }) => row),
    deviceProperties: devices.flatMap(propertiesOf),
    deviceMappings: from.mappings.list().map(({ description, ...row }) => {
      return { ...row, document: JSON.stringify(description) };
    }),
    deviceChanges: [...learned, ...brought],
  };
}
