// Between values of our devices and values of the cloud's texts: percent and degrees are the same, levels and modes are
// not. Says nothing of what a device does not have.
import { type BemfaKind, type BemfaState, bemfaModes } from '../../../src/base/index.ts';
import type { OfferedProperty } from './device-kind.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Fans of the cloud have so many levels, ours a percentage or levels of their own. */
const fanLevels = 4;
/** Modes of ours that the cloud names otherwise. */
const modeNames: Readonly<Record<string, (typeof bemfaModes)[number]>> = {
  fan_only: 'fan',
  heat_cool: 'auto',
};
const airLevels: readonly string[] = ['auto', 'low', 'medium', 'high'];

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Without what is undefined. */
function known<Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const entries = Object.entries(values);
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function rgbOf(color: unknown): readonly [number, number, number] | undefined {
  const hex = typeof color === 'string' ? /^#([0-9a-f]{6})$/i.exec(color)?.[1] : undefined;
  if (hex === undefined) return undefined;
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

function hexOf(rgb: readonly number[] | undefined): string | undefined {
  return rgb && `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function modeOf(value: unknown): (typeof bemfaModes)[number] | undefined {
  const name = String(value);
  return modeNames[name] ?? bemfaModes.find((mode) => mode === name);
}

function airLevelOf(value: unknown): number | undefined {
  const name = String(value);
  const level = airLevels.indexOf(name);
  if (level >= 0) return level;
  return /^[1-5]$/.test(name) ? Number(name) : undefined;
}

function fanLevelOf({ level, speed }: Values): number | undefined {
  const percent = numberOf(speed);
  if (percent !== undefined) return Math.max(1, Math.ceil((percent / 100) * fanLevels));
  return numberOf(level);
}

function lightState(values: Values): BemfaState {
  const brightness = numberOf(values['brightness']);
  const rgb = rgbOf(values['color']);
  const kelvin = rgb === undefined ? numberOf(values['color_temperature']) : undefined;
  const on = flagOf(values['on']) ?? (brightness === undefined ? undefined : brightness > 0);
  return known<unknown>({ on, brightness: brightness === 0 ? undefined : brightness, rgb, kelvin });
}

function climateState(values: Values): BemfaState {
  const isOff = values['mode'] === 'off';
  return known<unknown>({
    on: isOff ? false : (flagOf(values['on']) ?? (values['mode'] === undefined ? undefined : true)),
    mode: modeOf(values['mode']),
    temperature: numberOf(values['target_temperature']),
    level: airLevelOf(values['fan_mode']),
    swingsLeftRight: flagOf(values['swing_horizontal']),
    swingsUpDown: flagOf(values['swing_vertical']),
  });
}

function curtainState(values: Values): BemfaState {
  const position = numberOf(values['position']);
  return position === undefined ? {} : { on: position > 0, position };
}

function sensorState(values: Values): BemfaState {
  return known<unknown>({
    on: flagOf(values['on']),
    temperature: numberOf(values['temperature']),
    humidity: numberOf(values['humidity']),
    illuminance: numberOf(values['illuminance']),
    pm25: numberOf(values['pm25']),
  });
}

/** What the cloud is told of a device with these values. */
export function reportedState(kind: BemfaKind, values: Values): BemfaState {
  const on = flagOf(values['on']);
  switch (kind) {
    case 'light':
      return lightState(values);
    case 'fan':
      return known<unknown>({ on, level: fanLevelOf(values), isOscillating: flagOf(values['oscillating']) });
    case 'aircondition':
      return climateState(values);
    case 'curtain':
      return curtainState(values);
    case 'sensor':
      return sensorState(values);
    default:
      return known<unknown>({ on });
  }
}

/** What a device of the cloud says of itself, by well-known properties. */
export function deviceValues(kind: BemfaKind, state: BemfaState): Values {
  const { on, position, temperature, level } = state;
  if (kind === 'curtain') return known({ position: position ?? (on === undefined ? on : on ? 100 : 0) });
  const isClimate = kind === 'aircondition';
  return known<unknown>({
    on,
    brightness: state.brightness,
    color: hexOf(state.rgb),
    color_temperature: state.kelvin,
    level: isClimate ? undefined : level,
    fan_mode: isClimate && level !== undefined ? (level === 0 ? 'auto' : String(level)) : undefined,
    oscillating: state.isOscillating,
    mode: state.mode,
    target_temperature: isClimate ? temperature : undefined,
    temperature: isClimate ? undefined : temperature,
    swing_horizontal: state.swingsLeftRight,
    swing_vertical: state.swingsUpDown,
    humidity: state.humidity,
    illuminance: state.illuminance,
    pm25: state.pm25,
  });
}

/** Values that a command of the cloud wants, by property; only of properties that can be commanded. */
export function wantedValues(
  kind: BemfaKind,
  state: BemfaState,
  properties: readonly OfferedProperty[],
): Values {
  const commandable = new Map(
    properties.filter((property) => property.isCommandable).map((property) => [property.id, property]),
  );
  const all = kind === 'curtain' ? curtainWish(state, commandable) : wishOf(state, commandable);
  return Object.fromEntries(Object.entries(all).filter(([id]) => commandable.has(id)));
}

type Properties = ReadonlyMap<string, OfferedProperty>;

function wishOf(state: BemfaState, commandable: Properties): Values {
  const { on, brightness, rgb, kelvin, level, mode, temperature } = state;
  if (on === false) return commandable.has('on') ? { on } : { mode: 'off', brightness: 0 };
  return known<unknown>({
    on,
    brightness,
    color: hexOf(rgb),
    color_temperature: kelvin,
    oscillating: state.isOscillating,
    target_temperature: temperature,
    mode: optionOf(commandable.get('mode'), mode, (name) => modeOf(name) === mode),
    fan_mode: optionOf(commandable.get('fan_mode'), level, (name) => airLevelOf(name) === level),
    level,
    speed: level === undefined ? undefined : Math.min(100, (level / fanLevels) * 100),
    swing_horizontal: state.swingsLeftRight,
    swing_vertical: state.swingsUpDown,
  });
}

/** Of the options that the device has, the one that means this. */
function optionOf(
  property: OfferedProperty | undefined,
  wanted: unknown,
  isIt: (name: string) => boolean,
): string | undefined {
  return wanted === undefined ? undefined : property?.options?.find(isIt);
}

function curtainWish({ on, pause, position }: BemfaState, commandable: Properties): Values {
  if (pause === true) return { movement: 'stop' };
  if (position !== undefined && commandable.has('position')) return { position };
  const isOpen = position === undefined ? on === true : position > 0;
  return commandable.has('movement')
    ? { movement: isOpen ? 'open' : 'close' }
    : { position: isOpen ? 100 : 0 };
}
