// The devices of the house as plugins know them.
import type { Device, PropertyDescription } from '../devices/index.ts';
import {
  type PluginDevice,
  type PluginDirectory,
  type PluginProperty,
  pluginError,
} from '../plugins/index.ts';
import type { Base } from './parts.ts';

function propertyOf(device: Device, description: PropertyDescription): PluginProperty {
  const { id, kind, role, unit, min, max, options, command } = description;
  const value = device.states.get(id)?.value;
  return {
    id,
    kind,
    ...(role !== undefined && { role }),
    ...(unit !== undefined && { unit }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(options !== undefined && { options }),
    isCommandable: command !== undefined,
    ...(value !== undefined && value !== null && { value }),
  };
}

function pluginDeviceOf(device: Device): PluginDevice {
  const { id, name, room, online, row, description } = device;
  return {
    id,
    name,
    ...(room !== undefined && { room }),
    labels: row.labels,
    ...(online !== undefined && { online }),
    properties: description?.properties.map((property) => propertyOf(device, property)) ?? [],
  };
}

/** Throws `plugin-bad-call` for what the device cannot do. */
function checkWish({ home }: Base, id: string, properties: Readonly<Record<string, unknown>>): void {
  const plan = home.commandsFor(id, { properties });
  if (plan === undefined) throw pluginError('plugin-bad-call', `there is no device "${id}"`);
  const [first] = plan.unsupported;
  if (first !== undefined) throw pluginError('plugin-bad-call', `"${id}" cannot be told ${first}`);
}

export function pluginDirectoryOf(base: Base): PluginDirectory {
  const { devices, running, ground, propertyChanges } = base;
  return {
    list: () => devices.roster.list().map(pluginDeviceOf),
    find: (id) => {
      const device = devices.roster.find(id);
      return device && pluginDeviceOf(device);
    },
    set: async (id, properties, by) => {
      checkWish(base, id, properties);
      const command = { do: 'set', device: id, properties } as const;
      running.live?.decide({ kind: 'command', at: ground.clock.now(), command, by });
    },
    onChange: (hear) => propertyChanges.listen(hear, devices.roster.list()),
  };
}
