// Instants: epoch milliseconds and their text. "Now" is the clock reading of the input, never the system's.
import { Failure } from '../errors.ts';
import { formatDate, offsetOf } from '../pictures/date-format.ts';
import { type DateParser, dateParser, parseDate } from '../pictures/date-parse.ts';
import { type DatePart, datePicture } from '../pictures/date-picture.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';
import { Memo } from './memo.ts';

type Text = string | undefined;

const iso8601 = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/;
const firstInstant = Date.parse('0000-01-01T00:00:00.000Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');
const isoPicture = '[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]';

const pictures = new Memo<DatePart[]>(datePicture);
const parsers = new Memo<DateParser>((picture) => dateParser(pictures.get(picture)));

/** Cutting up a picture costs the same whether it is remembered or not: the same evaluation always costs the same. */
function payForPicture(run: Run, picture: string): void {
  run.charge(1 + (picture.length >> 1));
}

function toMillis(run: Run, text: Text, picture: Text): number | undefined {
  if (text === undefined) return undefined;
  if (picture !== undefined) {
    payForPicture(run, picture);
    return parseDate(run, text, parsers.get(picture));
  }
  run.charge(text.length >> 6);
  if (!iso8601.test(text)) throw new Failure('D3110', { value: text });
  return Date.parse(text);
}

interface Shape {
  readonly picture: Text;
  readonly zone: Text;
}

function fromMillis(run: Run, millis: number | undefined, { picture, zone }: Shape): Text {
  if (millis === undefined) return undefined;
  if (!(millis >= firstInstant && millis <= lastInstant)) throw new Failure('D1001', { value: millis });
  if (picture === undefined && zone === undefined) return new Date(millis).toISOString();
  const shape = picture ?? isoPicture;
  payForPicture(run, shape);
  const offset = zone === undefined ? 0 : offsetOf(zone);
  return formatDate(run, millis, { parts: pictures.get(shape), offset });
}

export const dateFunctions: readonly FunctionDefinition[] = [
  {
    name: 'now',
    signature: '<s?s?:s>',
    en: 'The instant of the input as text: ISO 8601 in UTC, or after a picture and with an offset such as "+0800".',
    zh: '输入发生的时刻：UTC 的 ISO 8601 文本，或按格式与时差（如 "+0800"）写出。',
    example: { source: '$now("[H01]:[m01]", "+0800")', result: '20:30' },
    reads: ['clock'],
    call: (run: Run, picture: Text, zone: Text) => fromMillis(run, run.scope.at, { picture, zone }),
  },
  {
    name: 'millis',
    signature: '<:n>',
    en: 'The instant of the input in milliseconds since 1970.',
    zh: '输入发生的时刻，自 1970 年起的毫秒数。',
    example: { source: '$millis()', result: 1_767_616_245_000 },
    reads: ['clock'],
    call: (run: Run) => run.scope.at,
  },
  {
    name: 'toMillis',
    signature: '<s-s?:n>',
    en: 'The milliseconds since 1970 of an ISO 8601 text, or of a text after a picture; missing when it does not fit.',
    zh: '把 ISO 8601 文本或按格式书写的文本转为自 1970 年起的毫秒数；与格式不符则无结果。',
    example: { source: '$toMillis("5 January 1970", "[D] [MNn] [Y]")', result: 345_600_000 },
    reads: ['clock-with-picture'],
    call: toMillis,
  },
  {
    name: 'fromMillis',
    signature: '<n-s?s?:s>',
    en: 'The text of milliseconds since 1970: ISO 8601 in UTC, or after a picture and with an offset such as "+0800".',
    zh: '把自 1970 年起的毫秒数写成文本：UTC 的 ISO 8601，或按格式与时差（如 "+0800"）。',
    example: { source: '$fromMillis(0, "[FNn] [D1o] [MNn] [Y]")', result: 'Thursday 1st January 1970' },
    call: (run: Run, millis: number | undefined, picture: Text, zone: Text) =>
      fromMillis(run, millis, { picture, zone }),
  },
];
