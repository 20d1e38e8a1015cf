// Who asks, as the house tells Node-RED with each request: in a header that only the house can sign, for a minute.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Timestamp } from '../base/index.ts';

export const userHeader = 'x-homerule-flows';

const lifetimeMs = 60_000;

const flowsUser = z.object({
  name: z.string(),
  /** `edit`: everything, which is to run code with the rights of the house. */
  may: z.enum(['edit', 'read']),
});
export type FlowsUser = Readonly<z.infer<typeof flowsUser>>;

const signedUser = flowsUser.extend({ until: z.number() });

function signatureOf(payload: string, key: string): Buffer {
  return createHmac('sha256', key).update(payload).digest();
}

export function sign(user: FlowsUser, key: string, now: Timestamp): string {
  const payload = Buffer.from(JSON.stringify({ ...user, until: now + lifetimeMs })).toString('base64url');
  return `${payload}.${signatureOf(payload, key).toString('base64url')}`;
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    return undefined; // nobody's signature stands under such a text
  }
}

/** Undefined when it is not ours or its time is over. */
export function verified(header: string, key: string, now: Timestamp): FlowsUser | undefined {
  const [payload = '', signature = ''] = header.split('.');
  const wanted = signatureOf(payload, key);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const { data } = signedUser.safeParse(parsed(payload));
  return data === undefined || data.until < now ? undefined : { name: data.name, may: data.may };
}
