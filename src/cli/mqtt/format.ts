// The output format of `sub -F`, as mosquitto_sub(1) describes it: %t %p …, @Y …, \n ….
import { fail } from '../errors.ts';
import { type ReceivedMessage, userProperties } from './message.ts';
import { messageJson } from './message-json.ts';
import { isDateLetter, strftime } from './strftime.ts';

/** What one message looks like; `warn` hears what cannot be shown. */
export type Formatter = (message: ReceivedMessage, at: number, warn: (text: string) => void) => Buffer;

type Piece = (message: ReceivedMessage, at: number, warn: (text: string) => void) => Buffer | string;

interface Field {
  readonly isLeft: boolean;
  readonly isZero: boolean;
  readonly width: number;
  /** Largest width, undefined without one. */
  readonly most: number | undefined;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  '0': '\0',
  a: '\x07',
  e: '\x1b',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const numberOr = (value: number | undefined): string => (value === undefined ? '' : String(value));

const texts: Readonly<Record<string, (message: ReceivedMessage, at: number) => string>> = {
  t: ({ topic }) => topic,
  C: ({ properties }) => properties.contentType ?? '',
  R: ({ properties }) => properties.responseTopic ?? '',
  I: (_message, at) => `${strftime('F', at)}T${strftime('T', at)}${strftime('z', at)}`,
};

const numbers: Readonly<Record<string, (message: ReceivedMessage) => string>> = {
  l: ({ payload }) => String(payload.length),
  m: ({ id }) => String(id),
  A: ({ properties }) => numberOr(properties.topicAlias),
  E: ({ properties }) => numberOr(properties.messageExpiryInterval),
  F: ({ properties }) =>
    properties.payloadFormatIndicator === undefined ? '' : String(Number(properties.payloadFormatIndicator)),
  S: ({ properties }) => [properties.subscriptionIdentifier ?? []].flat().join(' '),
  x: ({ payload }) => payload.toString('hex'),
  X: ({ payload }) => payload.toString('hex').toUpperCase(),
};

const plain: Readonly<Record<string, Piece>> = {
  '%': () => '%',
  q: ({ qos }) => String(qos),
  r: ({ retain }) => (retain ? '1' : '0'),
  D: ({ properties }) => properties.correlationData ?? '',
  P: (message) =>
    userProperties(message)
      .map((pair) => pair.join(':'))
      .join(' '),
  U: (_message, at) => `${Math.floor(at / 1000)}.${nanoseconds(at)}`,
  j: (message, at) => messageJson(message, at, 'text') ?? '',
  J: (message, at, warn) => {
    const json = messageJson(message, at, 'json');
    if (json === undefined) warn(`Error: Message payload is not valid JSON on topic ${message.topic}.`);
    return json ?? '';
  },
};

function nanoseconds(at: number): string {
  return `${String(Math.floor(at % 1000)).padStart(3, '0')}000000`;
}

/** Widths count bytes, as in C. */
function pad(value: Buffer, field: Field, filler: ' ' | '0'): Buffer {
  const padding = Buffer.alloc(Math.max(0, field.width - value.length), field.isLeft ? ' ' : filler);
  return Buffer.concat(field.isLeft ? [value, padding] : [padding, value]);
}

function cut(text: string, most: number | undefined): string {
  if (most === undefined) return text;
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > most) break;
    kept += character;
  }
  return kept;
}

function fieldPiece(letter: string, field: Field): Piece | undefined {
  const text = texts[letter];
  if (text) return (message, at) => pad(Buffer.from(cut(text(message, at), field.most)), field, ' ');
  const number = numbers[letter];
  if (number) return (message) => pad(Buffer.from(number(message)), field, field.isZero ? '0' : ' ');
  if (letter === 'p') return ({ payload }) => pad(payload, field, ' ');
  return plain[letter];
}

function datePiece(letter: string): Piece | undefined {
  if (letter === '@') return () => '@';
  if (letter === 'N') return (_message, at) => nanoseconds(at);
  return isDateLetter(letter) ? (_message, at) => strftime(letter, at) : undefined;
}

const token = /%([-0]*)(\d*)(?:\.(\d+))?(.?)|@(.?)|\\(.?)|[^%@\\]+/gsu;

function pieceOf([whole, flags = '', width = '', most, field, date, escaped]: RegExpExecArray): Piece {
  if (field !== undefined) {
    const shape = {
      isLeft: flags.includes('-'),
      isZero: flags.includes('0'),
      width: Number(width),
      most: most === undefined ? undefined : Number(most),
    };
    const piece = fieldPiece(field, shape);
    if (piece) return piece;
  } else if (date !== undefined) {
    const piece = datePiece(date);
    if (piece) return piece;
  } else if (escaped !== undefined) {
    const text = escapes[escaped];
    if (text !== undefined) return () => text;
  } else return () => whole;
  throw fail('wrong-usage', `-F: "${whole}" is no format specifier`);
}

/** Throws `wrong-usage`. */
export function parseFormat(format: string): Formatter {
  const pieces = [...format.matchAll(token)].map(pieceOf);
  return (message, at, warn) => Buffer.concat(pieces.map((piece) => Buffer.from(piece(message, at, warn))));
}

/** Without -F: the payload, with -v after the topic. Empty payloads are only seen with -v. */
export function simpleFormat(isVerbose: boolean, end: string): Formatter {
  return ({ topic, payload }) => {
    if (payload.length > 0) {
      const head = isVerbose ? `${topic} ` : '';
      return Buffer.concat([Buffer.from(head), payload, Buffer.from(end)]);
    }
    return Buffer.from(isVerbose && end !== '' ? `${topic} (null)${end}` : '');
  };
}
