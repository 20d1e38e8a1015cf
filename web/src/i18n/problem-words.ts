// Why the server refused or failed, in words: by its code, otherwise by the status. The words of codes are loaded with the
// first refusal.
import { ApiError } from '../api/api-error.ts';
import { sentenceOf } from './sentence-of.ts';
import type { TextKey } from './texts.ts';
import type { Say } from './use-words.ts';

const keyByStatus: readonly (readonly [from: number, to: number, key: TextKey])[] = [
  [401, 403, 'problem.denied'],
  [404, 404, 'problem.not-found'],
  [410, 410, 'problem.not-found'],
  [409, 409, 'problem.conflict'],
  [412, 412, 'problem.conflict'],
  [413, 413, 'problem.limit'],
  [429, 429, 'problem.limit'],
  [400, 499, 'problem.invalid'],
  [500, 599, 'problem.broken'],
];

function refusalWords(say: Say, { code, message, params }: ApiError): string | undefined {
  const values = { ...params, detail: message };
  const { why } = params;
  const exact = why === undefined ? undefined : sentenceOf(say, `refusal.${code}.${why}`, values);
  return exact ?? sentenceOf(say, `refusal.${code}`, values);
}

export function problemWords(say: Say, error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'offline') return say('problem.offline');
  if (error.code === 'bad-answer') return say('problem.bad-answer');
  const words = refusalWords(say, error);
  if (words !== undefined) return words;
  const row = keyByStatus.find(([from, to]) => error.status >= from && error.status <= to);
  return row ? say(row[2], { detail: error.message }) : error.message;
}
