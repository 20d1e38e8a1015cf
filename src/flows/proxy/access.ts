// Who may do what in Node-RED. To change a flow is to run code with the rights of the house: that is for administrators.
import type { Actor } from '../../api/index.ts';
import { fail } from '../errors.ts';
import type { FlowsUser } from '../signed-user.ts';
import { type Asked, isWrite } from './exchange.ts';

export function userOf({ name, may }: Actor): FlowsUser | undefined {
  if (may.includes('admin')) return { name, may: 'edit' };
  return may.includes('read') ? { name, may: 'read' } : undefined;
}

/** Why somebody who may not look at anything may not. */
export function refusalOf({ role, name }: Actor): Error {
  if (role === 'nobody') return fail('login-needed', 'log in, or send a token as `Authorization: Bearer …`');
  if (role === 'stranger')
    return fail('not-loopback', 'only this machine itself may call until an administrator exists');
  return fail('not-allowed', `${name} may not do this: it needs the permission "read"`);
}

/**
 * The cookie alone proves nothing: any page can send a form along with it. A page of ours says so in `Sec-Fetch-Site`, or over
 * plain HTTP in `Origin`, which the gate has compared. What says neither and has no cookie is no browser.
 */
export function demandOwnPage({ request, credentials }: Asked): void {
  if (credentials.isSocket || credentials.bearer !== undefined) return;
  const { 'sec-fetch-site': site, origin } = request.headers;
  const isNoBrowser = origin === undefined && credentials.secret === undefined;
  if (site === undefined ? origin !== undefined || isNoBrowser : site === 'same-origin') return;
  throw fail('foreign-origin', 'only pages of this house may change or watch its flows');
}

/** Throws `foreign-origin`, `not-allowed`. `isForEditors`: nobody else may even look. */
export function demandEdit(asked: Asked, { may, name }: FlowsUser, isForEditors: boolean): void {
  const isChange = isWrite(asked.request);
  if (isChange) demandOwnPage(asked);
  if (!isChange && !isForEditors) return;
  if (may === 'edit') return;
  throw fail(
    'not-allowed',
    isChange
      ? `${name} may not change flows: they are code with the rights of the house`
      : `${name} may not see this: it is for those who may change flows`,
  );
}

/** For requests to flows. Throws `foreign-origin`, `not-allowed` and what `refusalOf` says. */
export function demandCall(asked: Asked, actor: Actor): void {
  if (!actor.may.includes('read')) throw refusalOf(actor);
  if (!isWrite(asked.request)) return;
  demandOwnPage(asked);
  if (actor.may.includes('operate')) return;
  throw fail('not-allowed', `${actor.name} may not do this: it needs the permission "operate"`);
}
