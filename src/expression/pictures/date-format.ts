// An instant as text, by a picture and an offset from UTC.
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import { dayNames, fieldOf, monthNames } from './date-fields.ts';
import { type DatePart, type Marker, numericComponents } from './date-picture.ts';
import { formatInteger, integerPicture } from './integer-picture.ts';

/** Minutes that local time is ahead of UTC. */
export function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^\s*([-+]?)(\d{1,2}):(\d\d)$/.exec(zone) ?? [];
  if (hours !== undefined) return (sign === '-' ? -1 : 1) * (60 * Number(hours) + Number(minutes));
  const value = Number(zone.trim());
  if (!/^\s*[-+]?\d+\s*$/.test(zone)) throw new Failure('T0410', { value: zone, index: 3 });
  return Math.trunc(value / 100) * 60 + (value % 100);
}

const twoDigits = integerPicture('00');

function zoneText(run: Run, marker: Marker, offset: number): string {
  const { integer } = marker;
  if (integer === undefined) return '';
  if (offset === 0 && marker.isZuluShort) return 'Z';
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const digits = integer.decimal.mandatory;
  const isShort = !integer.decimal.isRegular && digits <= 2;
  if (!integer.decimal.isRegular && (digits === 0 || digits > 4))
    throw new Failure('D3134', { value: digits });
  const text = formatInteger(run, isShort ? hours : hours * 100 + minutes, integer);
  const rest = isShort && minutes !== 0 ? `:${formatInteger(run, minutes, twoDigits)}` : '';
  return `${marker.component === 'z' ? 'GMT' : ''}${offset < 0 ? '-' : '+'}${text}${rest}`;
}

function nameText(marker: Marker, value: number): string {
  const { component, names, mostLetters } = marker;
  const list = component === 'M' || component === 'x' ? monthNames : component === 'F' ? dayNames : undefined;
  const name = list?.[value - 1];
  if (name === undefined) throw new Failure('D3133', { value: component });
  const cased = names === 'upper' ? name.toUpperCase() : names === 'lower' ? name.toLowerCase() : name;
  return cased.slice(0, mostLetters);
}

function markerText(run: Run, marker: Marker, local: Date, offset: number): string {
  const { component, names, integer, yearDigits } = marker;
  if (component === 'Z' || component === 'z') return zoneText(run, marker, offset);
  if (component === 'C' || component === 'E') return 'ISO';
  const value = fieldOf(local, component);
  if (component === 'P') {
    const text = value === 0 ? 'am' : 'pm';
    return names === 'upper' ? text.toUpperCase() : text;
  }
  if (names !== undefined && numericComponents.includes(component)) return nameText(marker, value);
  const shown = yearDigits === undefined ? value : value % 10 ** yearDigits;
  return integer === undefined ? '' : formatInteger(run, shown, integer);
}

export interface DateFormat {
  readonly parts: readonly DatePart[];
  /** Minutes ahead of UTC. */
  readonly offset: number;
}

export function formatDate(run: Run, millis: number, { parts, offset }: DateFormat): string {
  const local = new Date(millis + offset * 60_000);
  if (Number.isNaN(local.getTime())) throw new Failure('D1001', { value: millis });
  let text = '';
  for (const part of parts) {
    run.charge(1);
    text += typeof part === 'string' ? part : markerText(run, part, local, offset);
    run.allocate(8);
  }
  return text;
}
