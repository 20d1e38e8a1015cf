// The devices of the house as plugins know them.
import {
  type BroughtDevice,
  broughtSchema,
  type Device,
  type PropertyDescription,
} from '../devices/index.ts';
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

/** Throws `plugin-bad-call` with where and what is wrong. */
function describedBy(devices: readonly unknown[]): readonly BroughtDevice[] {
  const { data, error } = broughtSchema.safeParse(devices);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw pluginError(
    'plugin-bad-call',
    `devices.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}`,
  );
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
      await running.house?.devices.set({ name: by, origin: 'bridge' }, id, { properties });
    },
    onChange: (hear) => propertyChanges.listen(hear, devices.roster.list()),
    describe: ({ plugin, source: name, devices: given }) => {
      const change = {
        change: 'bring',
        by: plugin,
        source: `${plugin}/${name}`,
        devices: describedBy(given),
      } as const;
      const by = `plugin/${plugin}`;
      running.live?.told({ kind: 'command', at: ground.clock.now(), command: { do: 'device', change }, by });
    },
  };
}
