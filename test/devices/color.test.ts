// Colours survive every way of saying them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  hexOf,
  hsvOfRgb,
  numberOfRgb,
  parseHex,
  type Rgb,
  rgbOfHsv,
  rgbOfNumber,
  rgbOfXy,
  xyOfRgb,
} from '../../src/devices/model/color.ts';

const byte = fc.integer({ min: 0, max: 255 });
const colors = fc.tuple(byte, byte, byte);

test('red is red in every way of saying it', () => {
  const red: Rgb = [255, 0, 0];
  expect(hexOf(red)).toBe('#ff0000');
  expect(numberOfRgb(red)).toBe(16_711_680);
  expect(hexOf(rgbOfHsv([0, 100, 100]))).toBe('#ff0000');
  expect(hexOf(rgbOfXy([0.64, 0.33]))).toBe('#ff0000');
  expect(xyOfRgb(red).map((part) => Number(part.toFixed(2)))).toEqual([0.64, 0.33]);
});

test('there and back is the same colour', () => {
  fc.assert(
    fc.property(colors, (rgb) => {
      const hex = hexOf(rgb);
      expect(hexOf(parseHex(hex) ?? [1, 2, 3])).toBe(hex);
      expect(hexOf(rgbOfNumber(numberOfRgb(rgb)))).toBe(hex);
      expect(hexOf(rgbOfHsv(hsvOfRgb(rgb)))).toBe(hex);
    }),
  );
});

test('chromaticity keeps the colour at full brightness', () => {
  const bright = colors.filter((rgb) => Math.max(...rgb) === 255);
  fc.assert(
    fc.property(bright, (rgb) => {
      const back = rgbOfXy(xyOfRgb(rgb));
      for (const [index, value] of rgb.entries())
        expect(Math.abs((back[index] ?? -9) - value)).toBeLessThan(1);
    }),
  );
});

test.each(['#12345', 'red', '#1234567', ''])('%j is no colour', (text) => {
  expect(parseHex(text)).toBeUndefined();
});
