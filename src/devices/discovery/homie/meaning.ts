// What datatype, format and flags of a Homie property mean in our model.
import { HomeruleError } from '../../../base/index.ts';
import type { PropertyKind } from '../../model/description.ts';
import {
  bareColorCodec,
  booleanCodec,
  type ColorSpace,
  durationCodec,
  enumCodec,
  type HomieCodec,
  jsonCodec,
  namedColorCodec,
  numberCodec,
  percentCodec,
  plainText,
  textWithZero,
} from './values.ts';

/** As both conventions declare it. */
export interface HomieProperty {
  readonly version: 4 | 5;
  /** Of the value. */
  readonly topic: string;
  readonly node: string;
  readonly nodeName?: string | undefined;
  readonly id: string;
  readonly name?: string | undefined;
  readonly datatype: string;
  readonly format?: string | undefined;
  readonly unit?: string | undefined;
  readonly isSettable: boolean;
  readonly isRetained: boolean;
}

export interface Meaning {
  readonly kind: PropertyKind;
  readonly codec: HomieCodec;
  readonly role?: string;
  readonly unit?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly options?: readonly string[];
  /** A share of something, 0 to 100. */
  readonly isPercent?: boolean;
}

/** What a device declares against its convention, in the attribute that says it. */
export function homieFault(attribute: 'datatype' | 'format', message: string): HomeruleError {
  return new HomeruleError(`homie-${attribute}`, 'invalid', message, { details: { attribute } });
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

const number = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const rangePattern = new RegExp(`^(${number})?:(${number})?(?::(${number}))?$`);

function rangeOf(format: string): Range {
  const match = rangePattern.exec(format);
  if (match === null)
    throw homieFault('format', `"${format}" is no range; "min:max" was expected, as in "0:100"`);
  const [min, max, step] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(step !== undefined && step > 0 && { step }),
  };
}

/** A settable range without a unit that a lamp or a cover has is a share of it. */
function shareOf(property: HomieProperty, { min, max }: Range): { min: number; max: number } | undefined {
  const isShare = /^(brightness|dim|dimmer|intensity|level|position|tilt|speed)$/.test(property.id);
  return isShare && property.unit === undefined && min !== undefined && max !== undefined && max > min
    ? { min, max }
    : undefined;
}

function numberMeaning(property: HomieProperty): Meaning {
  const { datatype, format, unit } = property;
  const range = format ? rangeOf(format) : {};
  const codec = numberCodec(datatype === 'integer');
  const share = shareOf(property, range);
  if (share === undefined) return { kind: 'number', codec, unit, ...range, isPercent: unit === '%' };
  const isPercent = true;
  return { kind: 'number', codec: percentCodec(codec, share), unit: '%', min: 0, max: 100, isPercent };
}

function isColorSpaceOf(version: 4 | 5, text: string): text is ColorSpace {
  return text === 'rgb' || text === 'hsv' || (version === 5 && text === 'xyz');
}

function colorMeaning({ version, format = '' }: HomieProperty): Meaning {
  const [preferred = ''] = format.split(',');
  if (!isColorSpaceOf(version, preferred)) {
    const expected = version === 4 ? 'rgb or hsv' : 'a list of rgb, hsv and xyz';
    throw homieFault('format', `"${format}" is no colour format; ${expected} was expected`);
  }
  return { kind: 'color', codec: version === 4 ? bareColorCodec(preferred) : namedColorCodec(preferred) };
}

function enumMeaning(property: HomieProperty): Meaning {
  const { format = '', version } = property;
  const options = format.split(',').map((option) => (version === 4 ? option.trim() : option));
  if (options.includes(''))
    throw homieFault('format', `"${format}" is no list of values; "one,two" was expected`);
  const kind = isHappening(property) ? 'event' : 'choice';
  return { kind, codec: enumCodec(options), options };
}

/** Not retained and not settable: a momentary event. */
function isHappening({ isRetained, isSettable }: HomieProperty): boolean {
  return !isRetained && !isSettable;
}

function booleanMeaning(property: HomieProperty): Meaning {
  if (isHappening(property)) return { kind: 'event', codec: plainText };
  if (!property.isRetained) return { kind: 'button', codec: booleanCodec };
  return { kind: 'boolean', codec: booleanCodec };
}

function newerMeaning(property: HomieProperty): Meaning | undefined {
  switch (property.version === 5 ? property.datatype : '') {
    case 'datetime':
      return { kind: 'text', codec: plainText, role: 'timestamp' };
    case 'duration':
      return { kind: 'number', codec: durationCodec, role: 'duration', unit: 's', min: 0 };
    case 'json':
      return { kind: 'json', codec: jsonCodec };
    default:
      return undefined;
  }
}

/** Throws a `homieFault`. */
export function meaningOf(property: HomieProperty): Meaning {
  switch (property.datatype) {
    case 'integer':
    case 'float':
      return numberMeaning(property);
    case 'boolean':
      return booleanMeaning(property);
    case 'string':
      return {
        kind: isHappening(property) ? 'event' : 'text',
        codec: property.version === 5 ? textWithZero : plainText,
      };
    case 'enum':
      return enumMeaning(property);
    case 'color':
      return colorMeaning(property);
  }
  const meaning = newerMeaning(property);
  if (meaning === undefined)
    throw homieFault('datatype', `"${property.datatype}" is no datatype of Homie ${property.version}`);
  return meaning;
}
