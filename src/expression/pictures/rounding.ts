// Rounding of decimal numbers as they are written, not as they are stored.

/** Moves the decimal point in the text of the number: multiplying would bring in rounding errors. */
function shifted(value: number, places: number): number {
  const [digits = '', exponent = '0'] = value.toString().split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** To the nearest, a half to the even neighbour. */
export function roundHalfEven(value: number, precision = 0): number {
  const places = precision || 0;
  const scaled = places === 0 ? value : shifted(value, places);
  let rounded = Math.round(scaled);
  if (Math.abs(rounded - scaled) === 0.5 && Math.abs(rounded % 2) === 1) rounded -= 1;
  const result = places === 0 ? rounded : shifted(rounded, -places);
  return Object.is(result, -0) ? 0 : result;
}
