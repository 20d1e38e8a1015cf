// Properties of devices and their values in words. Names that makers gave stay as they are.
import type { DevicePropertyView } from '../api/types.ts';
import { inline } from '../base/json.ts';
import type { Language } from './language.ts';
import { formatQuantity } from './quantity.ts';
import type { TextKey } from './texts.ts';
import type { Say } from './use-words.ts';

type CodeIn<Group extends string> = TextKey extends infer Key
  ? Key extends `${Group}.${infer Code}`
    ? Code
    : never
  : never;

const names: Readonly<Record<CodeIn<'property'>, true>> = {
  on: true,
  brightness: true,
  color: true,
  color_temperature: true,
  effect: true,
  position: true,
  tilt: true,
  movement: true,
  locked: true,
  mode: true,
  temperature: true,
  target_temperature: true,
  humidity: true,
  action: true,
  fan_mode: true,
  preset: true,
  speed: true,
  level: true,
  oscillating: true,
  battery: true,
  door: true,
  window: true,
  occupancy: true,
  motion: true,
  illuminance: true,
  pressure: true,
  power: true,
  energy: true,
  voltage: true,
  current: true,
  linkquality: true,
  signal_strength: true,
  restart: true,
};

const options: Readonly<Record<CodeIn<'option'>, true>> = {
  open: true,
  close: true,
  stop: true,
  closed: true,
  opening: true,
  closing: true,
  on: true,
  off: true,
  auto: true,
  heat: true,
  cool: true,
  dry: true,
  fan_only: true,
  idle: true,
  low: true,
  medium: true,
  high: true,
  forward: true,
  reverse: true,
};

/** What true and false mean, by what the property is about. */
const pairs: Readonly<Record<string, readonly [yes: TextKey, no: TextKey]>> = {
  on: ['value.on', 'value.off'],
  door: ['option.open', 'option.closed'],
  window: ['option.open', 'option.closed'],
  garage_door: ['option.open', 'option.closed'],
  opening: ['option.open', 'option.closed'],
  motion: ['value.detected', 'value.clear'],
  occupancy: ['value.detected', 'value.clear'],
  presence: ['value.detected', 'value.clear'],
  smoke: ['value.detected', 'value.clear'],
  gas: ['value.detected', 'value.clear'],
  moisture: ['value.detected', 'value.clear'],
  vibration: ['value.detected', 'value.clear'],
  locked: ['value.locked', 'value.unlocked'],
  battery: ['value.low', 'value.fine'],
  problem: ['value.detected', 'value.fine'],
};

const isName = (id: string): id is CodeIn<'property'> => Object.hasOwn(names, id);
const isOption = (id: string): id is CodeIn<'option'> => Object.hasOwn(options, id);
const plain = (text: string): string => text.toLowerCase().replaceAll(/[_\s-]+/g, ' ');

type Named = Pick<DevicePropertyView, 'id' | 'name'>;

export function propertyName(say: Say, { id, name }: Named): string {
  if (plain(name) !== plain(id)) return name;
  return isName(id) ? say(`property.${id}`) : name.charAt(0).toUpperCase() + name.slice(1);
}

export function optionWords(say: Say, option: string): string {
  return isOption(option) ? say(`option.${option}`) : option;
}

function booleanWords(say: Say, { id, role, commandable }: DevicePropertyView, value: boolean): string {
  const about = [role ?? '', id].find((word) => Object.hasOwn(pairs, word));
  const usual = commandable ? pairs['on'] : undefined;
  const [yes, no] = (about === undefined ? usual : pairs[about]) ?? ['value.yes', 'value.no'];
  return say(value ? yes : no);
}

/** A value of the property; undefined is not known. */
export function valueWords(
  { say, language }: { readonly say: Say; readonly language: Language },
  property: DevicePropertyView,
  value: unknown,
): string {
  if (value === undefined) return say('value.unknown');
  if (typeof value === 'boolean') return booleanWords(say, property, value);
  if (typeof value === 'number') return formatQuantity(language, value, property.unit);
  if (typeof value !== 'string') return inline(value, 200);
  return property.kind === 'choice' ? optionWords(say, value) : value;
}
