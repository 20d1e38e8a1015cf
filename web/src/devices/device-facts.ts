// What a list says of a device: which values come first, who is new, who matches a search, who shares a room.
import type { DevicePropertyView, DeviceView } from '../api/types.ts';

const newForMs = 3_600_000;
const lowBattery = 20;

export function isNew(device: DeviceView, now: number): boolean {
  return now - device.createdAt < newForMs;
}

/** What people look for first: neither settings, nor diagnostics, nor what is only ever told. */
export function isMain(property: DevicePropertyView): boolean {
  return property.category === undefined && property.kind !== 'button' && property.kind !== 'json';
}

/** The switch of the whole device, if it has one. */
export function mainSwitchOf(device: DeviceView): DevicePropertyView | undefined {
  const switches = device.properties.filter(
    ({ kind, commandable, category }) => kind === 'boolean' && commandable && category === undefined,
  );
  return switches.find(({ id, short }) => id === 'on' || short === 'on') ?? switches[0];
}

function isLowBattery({ role, id, kind, value }: DevicePropertyView): boolean {
  if (role !== 'battery' && id !== 'battery') return false;
  return kind === 'boolean' ? value === true : typeof value === 'number' && value <= lowBattery;
}

export function lowBatteryOf(device: DeviceView): DevicePropertyView | undefined {
  return device.properties.find(isLowBattery);
}

/** Known main values, without the main switch, which has a control of its own. */
export function chipsOf(device: DeviceView, most: number): readonly DevicePropertyView[] {
  const main = mainSwitchOf(device);
  const known = device.properties.filter(
    (one) => one !== main && isMain(one) && one.value !== undefined && !isLowBattery(one),
  );
  return known.slice(0, most);
}

/** Every word must occur in the name, id, key, room, model, maker or a label. */
export function matchesWords(device: DeviceView, words: string): boolean {
  const { name, id, key, room = '', manufacturer = '', model = '', labels } = device;
  const text = [name, id, key, room, manufacturer, model, ...labels].join('\n').toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export interface DeviceFilter {
  readonly q?: string;
  readonly room?: string;
  readonly label?: string;
}

export function isShown(device: DeviceView, { q = '', room, label }: DeviceFilter): boolean {
  if (room !== undefined && device.room !== room) return false;
  if (label !== undefined && !device.labels.includes(label)) return false;
  return matchesWords(device, q);
}

export interface DeviceGroup {
  /** Undefined: those without a room. */
  readonly room: string | undefined;
  /** Came within the hour and has no room yet. */
  readonly isNew: boolean;
  readonly devices: readonly DeviceView[];
}

/** The new ones without a room first, the latest on top, then rooms by name, the others without a room last. */
export function groupsOf(devices: readonly DeviceView[], language: string, now: number): DeviceGroup[] {
  const order = new Intl.Collator(language, { numeric: true });
  const sorted = devices.toSorted((a, b) => order.compare(a.name, b.name));
  const fresh = devices
    .filter((device) => device.room === undefined && isNew(device, now))
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const settled = Map.groupBy(
    sorted.filter((device) => !fresh.includes(device)),
    ({ room }) => room,
  );
  const rooms = [...settled.keys()].filter((room) => room !== undefined).toSorted(order.compare);
  const group = (room: string | undefined): DeviceGroup => {
    return { room, isNew: false, devices: settled.get(room) ?? [] };
  };
  const groups = [{ room: undefined, isNew: true, devices: fresh }, ...rooms.map(group), group(undefined)];
  return groups.filter((one) => one.devices.length > 0);
}

/** Distinct values for a filter, sorted as people of the language do. */
export function choicesOf(values: readonly (string | undefined)[], language: string): readonly string[] {
  const present = new Set(values.filter((value) => value !== undefined));
  return [...present].toSorted(new Intl.Collator(language, { numeric: true }).compare);
}
