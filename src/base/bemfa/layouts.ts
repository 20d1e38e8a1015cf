// What stands in which slot behind the first `#`, for each kind of device. One line here is one slot.
import type { BemfaKind } from './kinds.ts';

export const bemfaModes = ['auto', 'cool', 'heat', 'fan', 'dry', 'sleep', 'eco'] as const;
export type BemfaMode = (typeof bemfaModes)[number];

/** Values of all kinds; each kind has some of them. */
export interface BemfaState {
  readonly on?: boolean;
  /** A curtain that stops where it is. */
  readonly pause?: true;
  /** Percent, 1 to 100. */
  readonly brightness?: number;
  /** Colour temperature; a light has this or `rgb`. */
  readonly kelvin?: number;
  /** Red, green and blue, 0 to 255 each. */
  readonly rgb?: readonly [number, number, number];
  /** Of a fan, from 1; of an air conditioner 0 is automatic. */
  readonly level?: number;
  readonly isOscillating?: boolean;
  readonly mode?: BemfaMode;
  /** Degrees Celsius: measured by a sensor, wanted from an air conditioner (16 to 32). */
  readonly temperature?: number;
  readonly swingsLeftRight?: boolean;
  readonly swingsUpDown?: boolean;
  /** Percent open. */
  readonly position?: number;
  readonly humidity?: number;
  readonly illuminance?: number;
  readonly pm25?: number;
  readonly heartRate?: number;
}

export interface Slot {
  /** Undefined when the text is nothing that belongs here. */
  readonly read: (text: string) => BemfaState | undefined;
  /** Undefined when the state does not say. */
  readonly write: (state: BemfaState) => string | undefined;
  /** Senders are known that leave the slot out with its `#`. */
  readonly mayBeLeftOut?: boolean;
}

type NumberKey =
  | 'brightness'
  | 'level'
  | 'temperature'
  | 'position'
  | 'humidity'
  | 'illuminance'
  | 'pm25'
  | 'heartRate';
type FlagKey = 'isOscillating' | 'swingsLeftRight' | 'swingsUpDown';

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly isWhole?: boolean;
}

const percent: Range = { min: 0, max: 100, isWhole: true };
/** The cloud marks no difference between a colour and a temperature: a value in here is kelvin. */
const kelvinRange = { min: 1000, max: 10_000 } as const;

function parseNumber(text: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined;
}

function bound(value: number, { min = -Infinity, max = Infinity, isWhole = false }: Range): number {
  const inside = Math.min(max, Math.max(min, value));
  return isWhole ? Math.round(inside) : inside;
}

/** Three decimals at most: what a float adds behind them is no measurement. */
function numberText(value: number | undefined, range: Range): string | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return String(Number(bound(value, range).toFixed(3)));
}

function numberSlot(key: NumberKey, range: Range = {}): Slot {
  return {
    read: (text) => {
      const value = parseNumber(text);
      return value === undefined ? undefined : { [key]: bound(value, range) };
    },
    write: (state) => numberText(state[key], range),
  };
}

function flagSlot(key: FlagKey): Slot {
  return {
    read: (text) => (text === '0' || text === '1' ? { [key]: text === '1' } : undefined),
    write: (state) => (state[key] === undefined ? undefined : state[key] ? '1' : '0'),
  };
}

const switchSlot: Slot = {
  read: (text) => (text === 'on' || text === 'off' ? { on: text === 'on' } : undefined),
  write: ({ on }) => (on === undefined ? undefined : on ? 'on' : 'off'),
  mayBeLeftOut: true,
};

const colourSlot: Slot = {
  read: (text) => {
    const value = parseNumber(text);
    if (value === undefined || value < 0 || value > 0xffffff || !Number.isInteger(value)) return undefined;
    if (value >= kelvinRange.min && value <= kelvinRange.max) return { kelvin: value };
    return { rgb: [value >> 16, (value >> 8) & 0xff, value & 0xff] };
  },
  write: ({ kelvin, rgb }) => {
    if (kelvin !== undefined) return numberText(kelvin, { ...kelvinRange, isWhole: true });
    if (rgb === undefined) return undefined;
    const [red, green, blue] = rgb.map((value) => bound(value, { min: 0, max: 255, isWhole: true }));
    return String((red ?? 0) * 0x10000 + (green ?? 0) * 0x100 + (blue ?? 0));
  },
};

const modeSlot: Slot = {
  read: (text) => {
    const mode = bemfaModes[Number(text) - 1];
    return mode === undefined ? undefined : { mode };
  },
  write: ({ mode }) => (mode === undefined ? undefined : String(bemfaModes.indexOf(mode) + 1)),
};

/** Makers disagree whether a fan has three, four or thirty levels; none of them means 0 as anything but off. */
const fanLevel = numberSlot('level', { min: 0, max: 30, isWhole: true });
const fanSlot: Slot = {
  read: (text) => {
    const state = fanLevel.read(text);
    return state?.level === 0 ? { on: false } : state;
  },
  write: (state) => fanLevel.write(state),
};

export const layouts: Readonly<Record<BemfaKind, readonly Slot[]>> = {
  outlet: [],
  light: [numberSlot('brightness', { min: 1, max: 100, isWhole: true }), colourSlot],
  fan: [fanSlot, flagSlot('isOscillating')],
  sensor: [
    numberSlot('temperature'),
    numberSlot('humidity'),
    switchSlot,
    numberSlot('illuminance'),
    numberSlot('pm25'),
    numberSlot('heartRate'),
  ],
  aircondition: [
    modeSlot,
    numberSlot('temperature', { min: 16, max: 32 }),
    numberSlot('level', { min: 0, max: 5, isWhole: true }),
    flagSlot('swingsLeftRight'),
    flagSlot('swingsUpDown'),
  ],
  switch: [],
  curtain: [numberSlot('position', percent)],
  // No text beyond on and off is known of these.
  thermostat: [],
  waterheater: [],
  television: [],
  airpurifier: [],
};
