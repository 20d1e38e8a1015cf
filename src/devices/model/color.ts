// Colours as devices speak of them and as properties have them ("#rrggbb"). Brightness is no part of a colour here: a
// device that reports a dark red by dark channels is asked for its brightness apart.

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

const hexPattern = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

const channel = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

export function hexOf(rgb: Rgb): string {
  return `#${rgb.map((value) => channel(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Undefined when the text is no "#rrggbb". */
export function parseHex(text: string): Rgb | undefined {
  const match = hexPattern.exec(text);
  if (match === null) return undefined;
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((part) => Number.parseInt(part, 16));
  return [red, green, blue];
}

/** One number, red in its upper byte. */
export function rgbOfNumber(value: number): Rgb {
  return [Math.floor(value / 65_536) % 256, Math.floor(value / 256) % 256, value % 256];
}

export function numberOfRgb([red, green, blue]: Rgb): number {
  return channel(red) * 65_536 + channel(green) * 256 + channel(blue);
}

/** Hue 0 to 360, saturation and value 0 to 100. */
export type Hsv = readonly [hue: number, saturation: number, value: number];

export function rgbOfHsv([hue, saturation, value]: Hsv): Rgb {
  const full = (value / 100) * 255;
  const at = (offset: number): number => {
    const k = (offset + hue / 60) % 6;
    return full * (1 - (saturation / 100) * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  return [at(5), at(3), at(1)];
}

export function hsvOfRgb([red, green, blue]: Rgb): Hsv {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread === 0) return [0, 0, (most / 255) * 100];
  const sector =
    most === red
      ? ((green - blue) / spread + 6) % 6
      : most === green
        ? (blue - red) / spread + 2
        : (red - green) / spread + 4;
  return [sector * 60, (spread / most) * 100, (most / 255) * 100];
}

/** sRGB's transfer function, IEC 61966-2-1. */
const toLinear = (value: number): number => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const fromLinear = (light: number): number =>
  255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);

/** CIE 1931 chromaticity, each 0 to 1. */
export type Xy = readonly [x: number, y: number];

/** At full brightness; what sRGB cannot show becomes the nearest it can by clipping. */
export function rgbOfXy([x, y]: Xy): Rgb {
  if (y <= 0) return [0, 0, 0];
  const bigX = x / y;
  const bigZ = (1 - x - y) / y;
  const lights = [
    3.2404542 * bigX - 1.5371385 - 0.4985314 * bigZ,
    -0.969266 * bigX + 1.8760108 + 0.041556 * bigZ,
    0.0556434 * bigX - 0.2040259 + 1.0572252 * bigZ,
  ].map((light) => Math.max(0, light));
  const most = Math.max(...lights);
  const [red = 0, green = 0, blue = 0] = lights.map((light) => fromLinear(light / most));
  return [red, green, blue];
}

/** Of black, the white point. */
export function xyOfRgb(rgb: Rgb): Xy {
  const [red, green, blue] = [toLinear(rgb[0]), toLinear(rgb[1]), toLinear(rgb[2])];
  const bigX = 0.4124564 * red + 0.3575761 * green + 0.1804375 * blue;
  const bigY = 0.2126729 * red + 0.7151522 * green + 0.072175 * blue;
  const bigZ = 0.0193339 * red + 0.119192 * green + 0.9503041 * blue;
  const sum = bigX + bigY + bigZ;
  return sum === 0 ? [0.3127, 0.329] : [bigX / sum, bigY / sum];
}

/** As bright as it can be, for devices that have their brightness apart. */
export function atFullBrightness(rgb: Rgb): Rgb {
  const most = Math.max(...rgb);
  return most === 0 ? [255, 255, 255] : [(rgb[0] * 255) / most, (rgb[1] * 255) / most, (rgb[2] * 255) / most];
}
