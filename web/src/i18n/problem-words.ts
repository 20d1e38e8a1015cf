// Why the server refused or failed, in words.
import { ApiError } from '../api/api-error.ts';
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

export function problemWords(say: Say, error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.code === 'offline') return say('problem.offline');
  if (error.code === 'bad-answer') return say('problem.bad-answer');
  if (error.code === 'login-refused') return say('problem.login-refused');
  if (error.code === 'login-paused') return say('problem.login-paused');
  if (error.code === 'setup-code-wrong') return say('problem.setup-code-wrong');
  if (error.code === 'rule-exists') return say('problem.exists');
  const row = keyByStatus.find(([from, to]) => error.status >= from && error.status <= to);
  return row ? say(row[2], { detail: error.message }) : error.message;
}
