// What a flow says of why it asks, in headers: so that rules and flows that wake each other are noticed. Believed from
// the flows of the house alone.
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Actor, FlowCause } from '../api/index.ts';
import { httpError } from './errors.ts';

const word = z.string().regex(/^[\w.:/-]{1,100}$/);
const causeHeaders = z.object({
  'x-homerule-node': word.exactOptional(),
  'x-homerule-cause': word.exactOptional(),
  'x-homerule-depth': z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .exactOptional(),
});

/** Throws `bad-header`. */
function causeOf(headers: IncomingHttpHeaders): FlowCause {
  const { data, error } = causeHeaders.safeParse(headers);
  if (data === undefined) {
    const name = error.issues[0]?.path.join('') ?? '';
    throw httpError('bad-header', `${name}: expected a short word, of x-homerule-depth a number`);
  }
  const { 'x-homerule-node': node, 'x-homerule-cause': cause, 'x-homerule-depth': depth } = data;
  return {
    ...(node !== undefined && { node }),
    ...(cause !== undefined && { cause }),
    ...(depth !== undefined && { depth }),
  };
}

export function withCause(actor: Actor, headers: IncomingHttpHeaders): Actor {
  return actor.origin === 'flow' ? { ...actor, why: causeOf(headers) } : actor;
}
