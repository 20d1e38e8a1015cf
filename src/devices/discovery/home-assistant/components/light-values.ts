// What lights of all schemas have in common: brightness in percent of a scale, colour temperature in kelvin, colours.
import { hexOf, hsvOfRgb, parseHex, type Rgb, rgbOfHsv, rgbOfXy, xyOfRgb } from '../../../model/color.ts';
import type { PropertyDescription } from '../../../model/description.ts';
import type { Entity } from '../entity.ts';
import { numberOf } from '../words.ts';

/** A light that is on is never at 0 %. */
export function percentOf(value: unknown, scale: number): number | undefined {
  const number = numberOf(value);
  if (number === undefined) return undefined;
  const percent = Math.min(100, Math.round((number / scale) * 100));
  return number > 0 ? Math.max(1, percent) : 0;
}

export function stepOf(percent: unknown, scale: number): number {
  const step = Math.round((Number(percent) / 100) * scale);
  return Number(percent) > 0 ? Math.max(1, step) : 0;
}

const mired = (value: number): number => Math.round(1_000_000 / value);

export interface TemperatureScale {
  readonly more: Pick<PropertyDescription, 'kind' | 'unit' | 'min' | 'max'>;
  kelvin(value: unknown): number | undefined;
  told(kelvin: unknown): number;
}

export function temperatureScaleOf(entity: Entity): TemperatureScale {
  const isKelvin = entity.isSet('color_temp_kelvin');
  const [least, most] = [entity.number('min_mireds'), entity.number('max_mireds')];
  const min = entity.number('min_kelvin') ?? (most === undefined ? 2000 : mired(most));
  const max = entity.number('max_kelvin') ?? (least === undefined ? 6535 : mired(least));
  return {
    more: { kind: 'number', unit: 'K', min, max },
    kelvin: (value) => {
      const number = numberOf(value);
      if (number === undefined || number <= 0) return undefined;
      return isKelvin ? number : mired(number);
    },
    told: (kelvin) => (isKelvin ? Number(kelvin) : mired(Number(kelvin))),
  };
}

export type ColorMode = 'rgb' | 'hs' | 'xy';

const rounded = (value: number, places: number): number => Number(value.toFixed(places));

/** "#rrggbb" as three or two numbers. */
export function numbersOf(color: unknown, mode: ColorMode): readonly number[] {
  const rgb: Rgb = parseHex(String(color)) ?? [255, 255, 255];
  if (mode === 'rgb') return rgb;
  if (mode === 'xy') return xyOfRgb(rgb).map((each) => rounded(each, 4));
  const [hue, saturation] = hsvOfRgb(rgb);
  return [rounded(hue, 2), rounded(saturation, 2)];
}

/** Undefined when they are none. */
export function hexFrom(values: readonly unknown[], mode: ColorMode): string | undefined {
  const numbers = values.map(numberOf);
  const [a, b, c] = numbers;
  if (a === undefined || b === undefined) return undefined;
  if (mode === 'xy') return hexOf(rgbOfXy([a, b]));
  if (mode === 'hs') return hexOf(rgbOfHsv([a, b, 100]));
  return c === undefined ? undefined : hexOf([a, b, c]);
}

/** The numbers of a payload such as `255,128,0`. */
export function colorOfText(value: unknown, mode: ColorMode): string | undefined {
  return hexFrom(String(value).split(','), mode);
}

export function effectOptions(entity: Entity): Pick<PropertyDescription, 'kind' | 'options'> {
  const options = entity.list('effect_list');
  return { kind: 'choice', ...(options && { options }) };
}
