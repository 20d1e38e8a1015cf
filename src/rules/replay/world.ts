// A world: what rules see of a house, built from plain rows. Nothing in it knows a disk, a broker or
// the time: all that it tells follows from what it was given and what it heard since.
import {
  type CalendarDays,
  type Descriptions,
  type Device,
  type DeviceChange,
  type DeviceDirectory,
  type DeviceMappingRow,
  type DevicePropertyRow,
  type DeviceRow,
  type DiscoveryFormat,
  type DiscoveryProblem,
  Home,
  leftBehind,
  type Place,
  Registry,
  type SecretRow,
  type StateLimits,
  type StateRow,
  TopicStates,
  type VariableRow,
  type Variables,
} from '../../devices/index.ts';
import type { FunctionLookup } from '../../expression/index.ts';
import type { WorldRows } from './memory-rows.ts';

export interface WorldSettings {
  /** IANA name of the time zone. */
  readonly zone: string;
  readonly place?: Place | undefined;
  /** Of expressions, offered by others than the house. */
  readonly functions?: FunctionLookup;
  readonly calendar?: CalendarDays;
  /** Devices are read from topics by these, and by hand. Absent: there are none, but those of a directory. */
  readonly formats?: readonly DiscoveryFormat[] | undefined;
  /** Who knows the devices in place of a registry. */
  readonly directory?: DeviceDirectory | undefined;
  readonly limits?: StateLimits;
  /** What discovery complains of. */
  problem?(problem: DiscoveryProblem): void;
  /** It was described, reported, was told or was edited. */
  deviceChanged?(device: Device): void;
}

/** What a house was left as. Nothing of it is changed. */
export interface GivenState {
  readonly states?: Iterable<StateRow>;
  readonly variables?: Iterable<VariableRow>;
  readonly secrets?: Iterable<SecretRow>;
  readonly devices?: Iterable<DeviceRow>;
  readonly deviceProperties?: Iterable<DevicePropertyRow>;
  readonly deviceMappings?: Iterable<DeviceMappingRow>;
  /** What formats say of the very states: then they are not asked. */
  readonly descriptions?: Descriptions | undefined;
  /** What was told of devices and is kept by those who told it. */
  readonly deviceChanges?: Iterable<DeviceChange>;
}

export interface World {
  readonly states: TopicStates;
  readonly home: Home;
  /** Undefined without formats. */
  readonly devices: Registry | undefined;
}

const limits: StateLimits = { topics: 100_000, payloadBytes: 65_536, topicsPerClient: 100_000 };
const mostDevices = 10_000;

/** Where its rows go is up to the caller. */
export function worldOf(settings: WorldSettings, rows: WorldRows, given: GivenState): World {
  const { zone, place, calendar, directory } = settings;
  const states = new TopicStates(rows.states, settings.limits ?? limits);
  const devices = registryOf(settings, rows, states);
  const known = devices ?? directory;
  const home = new Home({
    ...{ states, rows, zone, place },
    ...(calendar && { calendar }),
    ...(known && { devices: known }),
  });
  states.load(given.states ?? []);
  devices?.load({
    devices: given.devices ?? [],
    properties: given.deviceProperties ?? [],
    mappings: given.deviceMappings ?? [],
    descriptions: given.descriptions,
  });
  for (const change of given.deviceChanges ?? []) devices?.change(change, 0, '');
  home.variables.load(given.variables ?? []);
  home.secrets.load(given.secrets ?? []);
  return { states, home, devices };
}

interface Leaving extends Pick<World, 'states' | 'devices'> {
  readonly variables: Variables;
}

/** What a world leaves to another one; but for secrets, which nobody sees. Shared, not copied: nobody changes a state. */
export function leftOf({ states, variables, devices }: Leaving): GivenState {
  return {
    states,
    variables: variables.list().map(({ value, ...row }) => ({ ...row, value: JSON.stringify(value) })),
    ...(devices && leftBehind(devices)),
  };
}

function registryOf(settings: WorldSettings, rows: WorldRows, states: TopicStates): Registry | undefined {
  const { formats } = settings;
  if (formats === undefined) return undefined;
  return new Registry({
    ...{ formats, states, rows, most: mostDevices },
    observer: {
      deviceChanged: (device) => settings.deviceChanged?.(device),
      deviceForgotten: () => undefined,
      problem: (problem) => settings.problem?.(problem),
    },
  });
}
