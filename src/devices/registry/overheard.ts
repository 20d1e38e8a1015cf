// What a command wants that somebody else gave: a rule, a cloud, a hand with an MQTT client. Descriptions only say how
// commands are made, so a value is guessed from how the device reports, and counts only if its command is this one.
import { isDeepStrictEqual } from 'node:util';
import type { Payload } from '../payload.ts';
import { encodePayload, Payload as PayloadOf } from '../payload.ts';
import type { Formulas } from './formulas.ts';
import type { CommandRef } from './topic-index.ts';
import { judgeWish } from './values.ts';

interface Overheard {
  readonly topic: string;
  readonly payload: Payload;
}

/** Options tried at the most. */
const mostTried = 32;

function guesses({ property }: CommandRef, { payload }: Overheard, formulas: Formulas): unknown[] {
  const { kind, options = [], reports = [] } = property;
  const read = reports.map((report) => {
    const result = formulas.read(report.read, {
      topic: report.topic,
      payload: payload.value,
      raw: payload.raw,
    });
    return 'value' in result ? result.value : undefined;
  });
  const known = kind === 'boolean' ? [true, false] : kind === 'choice' ? options.slice(0, mostTried) : [];
  return [payload.value, ...read, ...known].filter((value) => value !== undefined && value !== null);
}

/** Whether a message says all that a command would; of objects it may say more. */
function says(message: unknown, command: unknown): boolean {
  if (typeof command !== 'object' || command === null || typeof message !== 'object' || message === null)
    return isDeepStrictEqual(message, command);
  const entries = Object.entries(command);
  return (
    entries.length > 0 && entries.every(([key, value]) => isDeepStrictEqual(Reflect.get(message, key), value))
  );
}

/** The value of a property that a message on its command topic asks for; undefined when it does not, or cannot be told. */
export function wantedBy(ref: CommandRef, message: Overheard, formulas: Formulas): unknown {
  const { device, property } = ref;
  const state = device.reported();
  for (const guess of guesses(ref, message, formulas)) {
    const judged = judgeWish(property, guess);
    if ('expected' in judged) continue;
    const { value } = judged;
    const wanted = { [property.id]: value };
    const result = formulas.write(property.command?.write, { value, wanted, state });
    if ('value' in result && says(message.payload.value, asReceived(result.value))) return value;
  }
  return undefined;
}

/** As it would be read on the way in. */
function asReceived(value: unknown): unknown {
  return new PayloadOf(encodePayload(value)).value;
}
