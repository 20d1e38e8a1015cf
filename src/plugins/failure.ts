// What a handler of a plugin threw, whatever its code, is the plugin's failure and not the caller's.
import { HomeruleError, messageOf } from '../base/index.ts';
import { fail } from './errors.ts';

const own: readonly string[] = ['plugin-unavailable', 'plugin-timeout', 'plugin-failed'];

/** `what` says what the plugin was to do. */
export function failureOf(what: string, error: unknown): HomeruleError {
  if (error instanceof HomeruleError && own.includes(error.code)) return error;
  return fail('plugin-failed', `${what}: ${messageOf(error)}`, { cause: error });
}
