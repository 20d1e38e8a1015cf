// The cookie of a browser that is logged in: no script can read it, no other site's page can send it.
import type { IncomingMessage } from 'node:http';

const name = 'homerule_session';

/** The secret in a `Cookie` header. Ports share cookies, so another house on this machine may have set one, too. */
export function sessionSecret(cookies: string | undefined): string | undefined {
  for (const cookie of cookies?.split(';') ?? []) {
    const [key, value] = cookie.trim().split('=');
    if (key === name && value !== undefined && value !== '') return value.slice(0, 200);
  }
  return undefined;
}

/** Over TLS, our own or a proxy's. Who lies about it only takes the cookie from himself. */
export function isSecure(request: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  return 'encrypted' in request.socket || request.headers['x-forwarded-proto'] === 'https';
}

export function sessionCookie(
  secret: string,
  options: { readonly ms: number; readonly isSecure: boolean },
): string {
  const words = [`${name}=${secret}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  words.push(`Max-Age=${Math.round(options.ms / 1000)}`);
  return (options.isSecure ? [...words, 'Secure'] : words).join('; ');
}
