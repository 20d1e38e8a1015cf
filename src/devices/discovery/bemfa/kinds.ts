// What each kind of Bemfa device has: its properties, read from and written to one positional text.
import {
  type BemfaKind,
  type BemfaMode,
  type BemfaState,
  bemfaModes,
  decodeBemfa,
  encodeBemfa,
} from '../../../base/index.ts';
import { hexOf, parseHex } from '../../model/color.ts';
import type { Command, CommandWish, PropertyDescription } from '../../model/description.ts';
import { wellKnown } from '../../model/well-known.ts';

interface Place {
  /** That commands go to. */
  readonly topic: string;
  readonly reports: readonly string[];
  /** What its topics say at present. */
  readonly heard: BemfaState;
}

type Values = Readonly<Record<string, unknown>>;

/** Makes the ends of the properties of one device. */
class Ends {
  readonly #kind: BemfaKind;
  readonly #place: Place;

  constructor(kind: BemfaKind, place: Place) {
    this.#kind = kind;
    this.#place = place;
  }

  /** One message for all that is wanted; `stateOf` says what the whole text is to say. */
  command(stateOf: (wanted: Values, state: Values) => BemfaState): Command {
    return {
      topic: this.#place.topic,
      qos: 1,
      retain: false,
      group: 'text',
      write: ({ wanted, state }: CommandWish) => encodeBemfa(this.#kind, stateOf(wanted, state)),
    };
  }

  /** Undefined: the text does not say. Null: it says that there is none now. */
  reports(read: (state: BemfaState) => unknown): Pick<PropertyDescription, 'reports'> {
    const kind = this.#kind;
    const reading = ({ raw }: { readonly raw: string }): unknown => {
      const state = decodeBemfa(kind, raw);
      return state && read(state);
    };
    return { reports: this.#place.reports.map((topic) => ({ topic, read: reading })) };
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Keys that are not known are left out. */
function known(values: { readonly [Key in keyof BemfaState]: BemfaState[Key] | undefined }): BemfaState {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function switched(ends: Ends): PropertyDescription[] {
  const command = ends.command(({ on }) => ({ on: on === true }));
  return [wellKnown('on', { ...ends.reports(({ on }) => on), command })];
}

/** Wanted colours win over wanted whites, and both over what the lamp last said. */
function tint(values: Values): BemfaState | undefined {
  const { color, color_temperature: kelvin } = values;
  const rgb = typeof color === 'string' ? parseHex(color) : undefined;
  if (rgb !== undefined) return { rgb: [...rgb] };
  return typeof kelvin === 'number' ? { kelvin } : undefined;
}

/** A tint stands behind a brightness in the text; where none is known the lamp is to be at its brightest. */
function lightState(wanted: Values, state: Values): BemfaState {
  const brightness = numberOf(wanted['brightness']) ?? numberOf(state['brightness']);
  if (wanted['on'] === false || wanted['brightness'] === 0) return { on: false };
  const shade = tint(wanted) ?? tint(state);
  return known({ on: true, brightness: brightness || (shade && 100), ...shade });
}

function light(ends: Ends): PropertyDescription[] {
  const command = ends.command(lightState);
  return [
    wellKnown('on', { ...ends.reports(({ on }) => on), command }),
    wellKnown('brightness', { ...ends.reports(({ brightness }) => brightness), command }),
    wellKnown('color', {
      ...ends.reports(({ rgb, kelvin }) => (rgb ? hexOf(rgb) : kelvin && null)),
      command,
    }),
    wellKnown('color_temperature', {
      min: 2700,
      max: 6500,
      ...ends.reports(({ rgb, kelvin }) => kelvin ?? (rgb && null)),
      command,
    }),
  ];
}

function fan(ends: Ends): PropertyDescription[] {
  const command = ends.command((wanted, state) =>
    known({
      on: flagOf(wanted['on']) ?? true,
      level: numberOf(wanted['level']) ?? numberOf(state['level']),
      isOscillating: flagOf(wanted['oscillating']) ?? flagOf(state['oscillating']),
    }),
  );
  return [
    wellKnown('on', { ...ends.reports(({ on }) => on), command }),
    {
      id: 'level',
      name: 'level',
      kind: 'number',
      min: 1,
      max: 4,
      step: 1,
      ...ends.reports(({ level }) => level),
      command,
    },
    wellKnown('oscillating', { ...ends.reports(({ isOscillating }) => isOscillating), command }),
  ];
}

const fanModes = ['auto', '1', '2', '3', '4', '5'];

function modeOf(value: unknown): BemfaMode | undefined {
  return bemfaModes.find((mode) => mode === value);
}

function levelOf(value: unknown): number | undefined {
  const level = fanModes.indexOf(String(value));
  return level < 0 ? undefined : level;
}

function airState(wanted: Values, state: Values): BemfaState {
  const all: Values = { ...state, ...wanted };
  return known({
    on: flagOf(wanted['on']) ?? true,
    mode: modeOf(all['mode']),
    temperature: numberOf(all['target_temperature']),
    level: levelOf(all['fan_mode']),
    swingsLeftRight: flagOf(all['swing_horizontal']),
    swingsUpDown: flagOf(all['swing_vertical']),
  });
}

function airconditioner(ends: Ends): PropertyDescription[] {
  const command = ends.command(airState);
  return [
    wellKnown('on', { ...ends.reports(({ on }) => on), command }),
    wellKnown('mode', { options: bemfaModes, ...ends.reports(({ mode }) => mode), command }),
    wellKnown('target_temperature', {
      min: 16,
      max: 32,
      ...ends.reports(({ temperature }) => temperature),
      command,
    }),
    wellKnown('fan_mode', {
      options: fanModes,
      ...ends.reports(({ level }) => (level === undefined ? undefined : fanModes[level])),
      command,
    }),
    {
      id: 'swing_horizontal',
      name: 'swing left and right',
      kind: 'boolean',
      ...ends.reports(({ swingsLeftRight }) => swingsLeftRight),
      command,
    },
    {
      id: 'swing_vertical',
      name: 'swing up and down',
      kind: 'boolean',
      ...ends.reports(({ swingsUpDown }) => swingsUpDown),
      command,
    },
  ];
}

function curtainState({ movement, position }: Values): BemfaState {
  if (movement === 'stop') return { pause: true };
  if (movement !== undefined) return { on: movement === 'open' };
  return known({ on: true, position: numberOf(position) });
}

function curtain(ends: Ends): PropertyDescription[] {
  const command = ends.command(curtainState);
  return [
    wellKnown('position', {
      ...ends.reports(({ on, position }) => position ?? (on === undefined ? undefined : on ? 100 : 0)),
      command,
    }),
    wellKnown('movement', { command }),
  ];
}

/** Temperature and humidity, and what else it says at present. */
function sensor(ends: Ends, { heard }: Place): PropertyDescription[] {
  const whenHeard = (key: keyof BemfaState, property: PropertyDescription): PropertyDescription[] =>
    heard[key] === undefined ? [] : [property];
  return [
    wellKnown('temperature', { role: 'temperature', ...ends.reports(({ temperature }) => temperature) }),
    wellKnown('humidity', { role: 'humidity', ...ends.reports(({ humidity }) => humidity) }),
    ...whenHeard(
      'on',
      wellKnown(
        'on',
        ends.reports(({ on }) => on),
      ),
    ),
    ...whenHeard('illuminance', {
      id: 'illuminance',
      name: 'illuminance',
      kind: 'number',
      role: 'illuminance',
      unit: 'lx',
      ...ends.reports(({ illuminance }) => illuminance),
    }),
    ...whenHeard('pm25', {
      id: 'pm25',
      name: 'PM2.5',
      kind: 'number',
      role: 'pm25',
      unit: 'µg/m³',
      ...ends.reports(({ pm25 }) => pm25),
    }),
    ...whenHeard('heartRate', {
      id: 'heart_rate',
      name: 'heart rate',
      kind: 'number',
      unit: 'bpm',
      ...ends.reports(({ heartRate }) => heartRate),
    }),
  ];
}

const builders: Readonly<Record<BemfaKind, (ends: Ends, place: Place) => PropertyDescription[]>> = {
  outlet: switched,
  light,
  fan,
  sensor,
  aircondition: airconditioner,
  switch: switched,
  curtain,
  // No text beyond on and off is known of these.
  thermostat: switched,
  waterheater: switched,
  television: switched,
  airpurifier: switched,
};

export function propertiesOf(kind: BemfaKind, place: Place): PropertyDescription[] {
  return builders[kind](new Ends(kind, place), place);
}
