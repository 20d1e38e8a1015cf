// First rules about devices that are there: a motion lights a lamp, warmth starts a fan, a door left open is told.
import type { DevicePropertyView, DeviceView } from '../api/types.ts';
import { mainSwitchOf } from '../devices/device-facts.ts';
import { propertyCondition } from '../form/property-condition.ts';

export type TemplateName = 'motion' | 'seen' | 'warm' | 'hot' | 'open' | 'evening';

interface Source {
  readonly device: DeviceView;
  readonly property: DevicePropertyView;
}

export interface RuleTemplate {
  readonly name: TemplateName;
  /** The devices that it is about, for its words. */
  readonly from: string;
  readonly to: string;
  /** The text of the rule under a name that a person can read. */
  readonly text: (title: string) => string;
}

const text = JSON.stringify;

function sourceIn(
  devices: readonly DeviceView[],
  kind: DevicePropertyView['kind'],
  roles: readonly string[],
): Source | undefined {
  for (const device of devices) {
    const property = device.properties.find(
      (one) =>
        one.reported &&
        one.kind === kind &&
        [one.id, one.short, one.role].some((name = '') => roles.includes(name)),
    );
    if (property) return { device, property };
  }
  return undefined;
}

/** What can be switched, a lamp before a plug, one of the same room before the others. */
function switchFor(
  devices: readonly DeviceView[],
  room: string | undefined,
  wanted: RegExp,
): Source | undefined {
  const found = devices.flatMap((device) => {
    const property = mainSwitchOf(device);
    return property?.commandable ? [{ device, property }] : [];
  });
  const rank = ({ device, property }: Source): number =>
    (wanted.test(`${device.name} ${device.id} ${property.role ?? ''}`) ? 2 : 0) +
    (device.room === room ? 1 : 0);
  return found.toSorted((a, b) => rank(b) - rank(a))[0];
}

function set({ device, property }: Source, on: boolean): string {
  return `  - set: ${text(device.id)}\n    properties: { ${text(property.short ?? property.id)}: ${on} }\n`;
}

function becomes({ device, property }: Source, condition?: string): string {
  const place = condition ?? propertyCondition(device.id, property);
  return `triggers:\n  - becomes: ${text(place)}\n`;
}

const lamp = /light|lamp|bulb|灯/i;
const fan = /fan|plug|socket|风扇|空调|插座/i;
const openings = ['door', 'window', 'opening', 'garage_door'];

function named(title: string, rest: string): string {
  return `name: ${text(title)}\n${rest}`;
}

function log(title: string): string {
  return `actions:\n  - log: ${text(title)}\n`;
}

/** What was only learned from its messages takes no commands: then a rule tells. */
function motion(devices: readonly DeviceView[]): RuleTemplate | undefined {
  const from = sourceIn(devices, 'boolean', ['motion', 'occupancy', 'presence']);
  if (from === undefined) return undefined;
  const to = switchFor(devices, from.device.room, lamp);
  const names = { from: from.device.name, to: to?.device.name ?? '' };
  if (to === undefined)
    return { name: 'seen', ...names, text: (title) => named(title, becomes(from) + log(title)) };
  const rest = `mode: restart\n${becomes(from)}actions:\n${set(to, true)}  - delay: 5m\n${set(to, false)}`;
  return { name: 'motion', ...names, text: (title) => named(title, rest) };
}

function warm(devices: readonly DeviceView[]): RuleTemplate | undefined {
  const source = sourceIn(devices, 'number', ['temperature']);
  if (source === undefined) return undefined;
  const { device } = source;
  const start = `${becomes({ device, property: { ...source.property, value: 28 } })}    hysteresis: 1\n`;
  const to = switchFor(devices, device.room, fan);
  const names = { from: device.name, to: to?.device.name ?? '' };
  if (to === undefined) return { name: 'hot', ...names, text: (title) => named(title, start + log(title)) };
  return { name: 'warm', ...names, text: (title) => named(title, `${start}actions:\n${set(to, true)}`) };
}

/** A field called contact is true when closed; what says that it is a door is true when open. */
function open(devices: readonly DeviceView[]): RuleTemplate | undefined {
  const door = sourceIn(devices, 'boolean', openings);
  const contact = door ?? sourceIn(devices, 'boolean', ['contact']);
  if (contact === undefined) return undefined;
  const isOpen = propertyCondition(contact.device.id, contact.property);
  const start = becomes(contact, door ? isOpen : isOpen.replace(/true$/, 'false'));
  const names = { from: contact.device.name, to: '' };
  return { name: 'open', ...names, text: (title) => named(title, `${start}    for: 10m\n${log(title)}`) };
}

function evening(devices: readonly DeviceView[]): RuleTemplate | undefined {
  const to = switchFor(devices, undefined, lamp);
  if (to === undefined) return undefined;
  const rest = `triggers:\n  - at: "19:00"\nactions:\n${set(to, true)}`;
  return { name: 'evening', from: '', to: to.device.name, text: (title) => named(title, rest) };
}

/** Three at most; none in a house where nothing was heard yet. */
export function templatesFor(devices: readonly DeviceView[]): readonly RuleTemplate[] {
  return [motion, warm, open, evening].flatMap((make) => make(devices) ?? []).slice(0, 3);
}
