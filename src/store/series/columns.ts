// Columns of times and numbers in varints. Sensors speak at a steady pace and in decimals with few places: the change of
// the pace is next to nothing, and so is the difference of neighbours as whole numbers.
import type { ByteReader } from '../byte-reader.ts';
import { type ByteWriter, largestVarint } from '../byte-writer.ts';

/** Decimal places up to which numbers are written as whole ones. */
const mostPlaces = 9;
/** Numbers with more places: eight bytes each, the first bytes of all before the second ones of all. */
const doubles = 15;
const powers = Array.from({ length: mostPlaces + 1 }, (_, places) => 10 ** places);

export function writeTimes(to: ByteWriter, times: ArrayLike<number>): void {
  let before = 0;
  let pace = 0;
  for (let n = 0; n < times.length; n++) {
    const time = times[n] ?? 0;
    const step = time - before;
    to.signed(n < 2 ? step : step - pace);
    pace = step;
    before = time;
  }
}

export function readTimes(from: ByteReader, count: number): Float64Array {
  const times = new Float64Array(count);
  let time = 0;
  let pace = 0;
  for (let n = 0; n < count; n++) {
    const step = from.signed() + (n < 2 ? 0 : pace);
    time += step;
    pace = step;
    times[n] = time;
  }
  return times;
}

/** The fewest decimal places, at least `least`, with which a number can be written exactly; `doubles` when there are none. */
function placesOf(value: number, least: number): number {
  for (let places = least; places <= mostPlaces; places++) {
    const scale = powers[places] ?? 1;
    const whole = Math.round(value * scale);
    if (Math.abs(whole) > largestVarint / 2) return doubles;
    if (whole / scale === value) return places;
  }
  return doubles;
}

/** NaN may stand among them: where they are is written first, and each is as the number before it. -0 becomes 0. */
export function writeNumbers(to: ByteWriter, values: ArrayLike<number>): void {
  const holes: number[] = [];
  let places = 0;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] ?? 0;
    if (Number.isNaN(value)) holes.push(n);
    else if (places !== doubles) places = placesOf(value, places);
  }
  to.unsigned(holes.length);
  let before = 0;
  for (const hole of holes) {
    to.unsigned(hole - before);
    before = hole;
  }
  to.byte(places);
  if (places === doubles) writeDoubles(to, values);
  else writeWhole(to, values, powers[places] ?? 1);
}

export function readNumbers(from: ByteReader, count: number): Float64Array {
  const holes: number[] = [];
  let hole = 0;
  for (let left = from.unsigned(); left > 0; left--) {
    hole += from.unsigned();
    holes.push(hole);
  }
  const places = from.byte();
  const values = places === doubles ? readDoubles(from, count) : readWhole(from, count, powers[places] ?? 1);
  for (const at of holes) values[at] = Number.NaN;
  return values;
}

function writeWhole(to: ByteWriter, values: ArrayLike<number>, scale: number): void {
  let before = 0;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] ?? 0;
    const whole = Number.isNaN(value) ? before : Math.round(value * scale);
    to.signed(whole - before);
    before = whole;
  }
}

function readWhole(from: ByteReader, count: number, scale: number): Float64Array {
  const values = new Float64Array(count);
  let whole = 0;
  for (let n = 0; n < count; n++) {
    whole += from.signed();
    values[n] = whole / scale;
  }
  return values;
}

function writeDoubles(to: ByteWriter, values: ArrayLike<number>): void {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (let n = 0; n < values.length; n++) view.setFloat64(n * 8, values[n] ?? 0);
  for (let byte = 0; byte < 8; byte++)
    for (let n = 0; n < values.length; n++) to.byte(view.getUint8(n * 8 + byte));
}

function readDoubles(from: ByteReader, count: number): Float64Array {
  const view = new DataView(new ArrayBuffer(count * 8));
  for (let byte = 0; byte < 8; byte++)
    for (let n = 0; n < count; n++) view.setUint8(n * 8 + byte, from.byte());
  return Float64Array.from({ length: count }, (_, n) => view.getFloat64(n * 8));
}
