// Instants: epoch milliseconds and their ISO 8601 text. "Now" is the clock reading of the input, never the system's.
import { Failure } from '../errors.ts';
import type { Run } from '../run.ts';
import type { FunctionDefinition } from './definition.ts';

const iso8601 = /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/;
const firstInstant = Date.parse('0000-01-01T00:00:00.000Z');
const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

function toMillis(run: Run, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  run.charge(text.length >> 6);
  if (!iso8601.test(text)) throw new Failure('D3110', { value: text });
  return Date.parse(text);
}

function toIso(millis: number | undefined): string | undefined {
  if (millis === undefined) return undefined;
  if (!(millis >= firstInstant && millis <= lastInstant)) throw new Failure('D1001', { value: millis });
  return new Date(millis).toISOString();
}

export const dateFunctions: readonly FunctionDefinition[] = [
  {
    name: 'now',
    signature: '<s?s?:s>',
    en: 'The instant of the input as ISO 8601 text, in UTC.',
    zh: '输入发生的时刻，UTC 的 ISO 8601 文本。',
    example: { source: '$now()', result: '2026-01-05T12:30:45.000Z' },
    reads: ['clock'],
    unsupportedFrom: 1,
    call: (run: Run) => toIso(run.scope.at),
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
    en: 'The milliseconds since 1970 of an ISO 8601 text.',
    zh: '把 ISO 8601 文本转为自 1970 年起的毫秒数。',
    example: { source: '$toMillis("1970-01-01T00:00:01Z")', result: 1000 },
    unsupportedFrom: 2,
    call: toMillis,
  },
  {
    name: 'fromMillis',
    signature: '<n-s?s?:s>',
    en: 'The ISO 8601 text, in UTC, of milliseconds since 1970.',
    zh: '把自 1970 年起的毫秒数转为 UTC 的 ISO 8601 文本。',
    example: { source: '$fromMillis(1000)', result: '1970-01-01T00:00:01.000Z' },
    unsupportedFrom: 2,
    call: (_run: Run, millis: number | undefined) => toIso(millis),
  },
];
