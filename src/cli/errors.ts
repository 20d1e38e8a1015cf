// Codes of this room, and the exit codes that scripts rely on.
import { errorTable, HomeruleError, messageOf } from '../base/index.ts';

export const fail = errorTable({
  'wrong-usage': 'invalid',
  /** No MQTT broker answered, or it refused us. */
  'cannot-connect': 'unavailable',
  /** No Homerule runs on the data folder, or nobody answers at the address. */
  'not-running': 'unavailable',
  'file-missing': 'missing',
  'file-exists': 'conflict',
  'bad-input': 'invalid',
  /** The server answered something that is no answer of Homerule. */
  'bad-answer': 'unavailable',
  /** npm is not there, or says why it could not. */
  'npm-failed': 'unavailable',
  'publish-failed': 'unavailable',
  'subscribe-refused': 'denied',
});

export const exitCodes = { ok: 0, failed: 1, usage: 2, noConnection: 3, timedOut: 27 } as const;

export function exitCodeOf(error: unknown): number {
  const code = error instanceof HomeruleError ? error.code : '';
  if (code === 'wrong-usage') return exitCodes.usage;
  return code === 'cannot-connect' || code === 'not-running' ? exitCodes.noConnection : exitCodes.failed;
}

/** The value of a flag through its parser; what that refuses is wrong usage. */
export function flagValue<Value>(flag: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw fail('wrong-usage', `${flag}: ${messageOf(error)}`, { cause: error });
  }
}
