// Headers on their way to Node-RED and back: what is of one connection, of our login, or loosens what we allow stays here.
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { userHeader } from '../signed-user.ts';

const ofConnection: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'],
]);
const ownCookie = /^\s*homerule_session\s*=/;

/**
 * The editor needs `unsafe-inline`; nothing of it comes from elsewhere. `connect-src 'self'` covers WebSockets of the same host
 * and port.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

function withoutSession(cookies: string | undefined): string | undefined {
  const others = cookies?.split(';').filter((cookie) => !ownCookie.test(cookie));
  return others === undefined || others.length === 0 ? undefined : others.join(';').trim();
}

export interface Onward {
  /** The signed header, or none. */
  readonly user?: string;
  /** Whether the credentials that came along are not ours. */
  readonly passesCredentials: boolean;
}

export function towardsNodeRed(
  headers: IncomingHttpHeaders,
  { user, passesCredentials }: Onward,
): Record<string, string | string[]> {
  const onward: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ofConnection.has(name) || name === userHeader) continue;
    if (name === 'authorization' && !passesCredentials) continue;
    const kept = name === 'cookie' && typeof value === 'string' ? withoutSession(value) : value;
    if (kept !== undefined) onward[name] = kept;
  }
  return user === undefined ? onward : { ...onward, [userHeader]: user };
}

function isOurs(name: string): boolean {
  return ofConnection.has(name) || name.startsWith('access-control-') || name === 'service-worker-allowed';
}

export function towardsBrowser(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const back: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || isOurs(name)) continue;
    back[name] = Array.isArray(value) ? value.filter((cookie) => !ownCookie.test(cookie)) : value;
  }
  return { ...back, 'content-security-policy': contentSecurityPolicy };
}
