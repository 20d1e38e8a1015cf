// The payloads of the Homie conventions 4 and 5, type by type, in and out. What is no value of its type says nothing.
import { hexOf, hsvOfRgb, parseHex, type Rgb, rgbOfHsv, rgbOfXy, xyOfRgb } from '../../model/color.ts';
import type { CommandWish, ReportMessage } from '../../model/description.ts';

/** How a type is read, and written for `set`. */
export interface HomieCodec {
  /** Undefined for what the type does not allow. */
  read(raw: string): unknown;
  write(value: unknown): string;
}

/** A payload of length 0 takes the value back. */
export function readingOf(codec: HomieCodec): (message: ReportMessage) => unknown {
  return ({ raw }) => (raw === '' ? null : codec.read(raw));
}

export function writingOf(codec: HomieCodec): (wish: CommandWish) => unknown {
  return ({ value }) => codec.write(value);
}

export const plainText: HomieCodec = {
  read: (raw) => raw,
  write: String,
};

/** Homie 5 says the empty text by one zero byte, for an empty payload would delete. */
export const textWithZero: HomieCodec = {
  read: (raw) => (raw === '\0' ? '' : raw),
  write: (value) => (value === '' ? '\0' : String(value)),
};

export const booleanCodec: HomieCodec = {
  read: (raw) => (raw === 'true' ? true : raw === 'false' ? false : undefined),
  write: (value) => String(value === true),
};

export function numberCodec(isWhole: boolean): HomieCodec {
  const pattern = isWhole ? /^-?\d+$/ : /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
  return {
    read: (raw) => (pattern.test(raw) ? Number(raw) : undefined),
    write: (value) => String(isWhole ? Math.round(Number(value)) : Number(value)),
  };
}

/** A device's own range, seen as 0 to 100. */
export function percentCodec(codec: HomieCodec, { min, max }: { min: number; max: number }): HomieCodec {
  return {
    read: (raw) => {
      const value = codec.read(raw);
      return typeof value === 'number' ? Math.round(((value - min) / (max - min)) * 1000) / 10 : undefined;
    },
    write: (value) => codec.write(min + (Number(value) / 100) * (max - min)),
  };
}

export function enumCodec(options: readonly string[]): HomieCodec {
  return { read: (raw) => (options.includes(raw) ? raw : undefined), write: String };
}

export const jsonCodec: HomieCodec = {
  read: (raw) => {
    try {
      const value: unknown = JSON.parse(raw);
      return typeof value === 'object' && value !== null ? value : undefined;
    } catch {
      return undefined;
    }
  },
  write: (value) => JSON.stringify(value),
};

const durationPattern = /^PT(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?$/;

/** In seconds. */
export const durationCodec: HomieCodec = {
  read: (raw) => {
    const match = durationPattern.exec(raw);
    if (match === null || raw === 'PT') return undefined;
    const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
    return hours * 3600 + minutes * 60 + seconds;
  },
  write: (value) => {
    const seconds = Math.max(0, Number(value));
    return `PT${Math.floor(seconds / 3600)}H${Math.floor((seconds % 3600) / 60)}M${seconds % 60}S`;
  },
};

export type ColorSpace = 'rgb' | 'hsv' | 'xyz';

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

function colorNumbers(rgb: Rgb, space: ColorSpace): readonly number[] {
  switch (space) {
    case 'rgb':
      return rgb.map(Math.round);
    case 'hsv':
      return hsvOfRgb(rgb).map(Math.round);
    case 'xyz':
      return xyOfRgb(rgb).map((part) => rounded(part, 4));
  }
}

function rgbOfNumbers(numbers: readonly number[], space: ColorSpace): Rgb | undefined {
  const [a, b, c] = numbers;
  if (a === undefined || b === undefined || numbers.some((part) => !Number.isFinite(part))) return undefined;
  if (space === 'xyz') return rgbOfXy([a, b]);
  if (c === undefined) return undefined;
  return space === 'rgb' ? [a, b, c] : rgbOfHsv([a, b, c]);
}

function numbersOf(parts: readonly string[]): number[] {
  return parts.map((part) => (part === '' ? Number.NaN : Number(part)));
}

/** Homie 4: "255,0,0", in the one space of the format. */
export function bareColorCodec(space: ColorSpace): HomieCodec {
  return {
    read: (raw) => {
      const rgb = rgbOfNumbers(numbersOf(raw.split(',')), space);
      return rgb && hexOf(rgb);
    },
    write: (value) => colorNumbers(parseHex(String(value)) ?? [0, 0, 0], space).join(','),
  };
}

function isColorSpace(text: string | undefined): text is ColorSpace {
  return text === 'rgb' || text === 'hsv' || text === 'xyz';
}

/** Homie 5: "rgb,255,0,0", in any space of the format; written in the preferred one. */
export function namedColorCodec(preferred: ColorSpace): HomieCodec {
  return {
    read: (raw) => {
      const [space, ...parts] = raw.split(',');
      const rgb = isColorSpace(space) ? rgbOfNumbers(numbersOf(parts), space) : undefined;
      return rgb && hexOf(rgb);
    },
    write: (value) => [preferred, ...colorNumbers(parseHex(String(value)) ?? [0, 0, 0], preferred)].join(','),
  };
}
