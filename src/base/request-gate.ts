// The one gate for HTTP requests and upgrades on every port: a foreign web page must not reach the house.
// Pure; the listeners of `broker` and `http` ask it before anything else.

/** The parts of a request that decide. Header values as received, undefined when absent. */
export interface GateRequest {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Whether any `Forwarded` or `X-Forwarded-*` header is present: such a request never counts as loopback. */
  readonly isForwarded: boolean;
  /** Address of the peer; undefined on the unix socket. */
  readonly remoteAddress: string | undefined;
  readonly contentType: string | undefined;
  readonly hasBody: boolean;
}

export interface GateOptions {
  /** Host names, beside the built-in ones, under which the house may be called (lower case, no port). */
  readonly hosts: readonly string[];
  /** Origins (`https://panel.example`) that may call although they are another host. */
  readonly origins: readonly string[];
  /** This machine's name, lower case. */
  readonly machine: string;
}

export interface GateRefusal {
  readonly status: 403 | 415 | 421;
  readonly code: 'wrong-host' | 'foreign-origin' | 'not-loopback' | 'wrong-content-type';
  readonly message: string;
}

/** `name:port`, `[::1]:port` → lower-case name without port, or undefined when it is malformed. */
function hostName(host: string): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^:\s/@\\]+)(?::\d{1,5})?$/i.exec(host);
  return match?.[1]?.toLowerCase();
}

const ipv4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

function isOwnHost(name: string, options: GateOptions): boolean {
  if (name === 'localhost' || name.startsWith('[') || ipv4.test(name)) return true;
  return name.endsWith('.local') || name === options.machine || options.hosts.includes(name);
}

/** Whether a request says that it passed a proxy; then nobody can tell whether it is this machine's own. */
export function isForwarded(headers: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
}

/** Whether an address is this machine itself, IPv4-mapped IPv6 included. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return plain === '::1' || plain.startsWith('127.');
}

function isSameOrigin(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host.toLowerCase();
  } catch {
    return false;
  }
}

function isUnsafeWithBody(request: GateRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(request.method) && request.hasBody;
}

/**
 * Undefined when the request may go on. Over the unix socket Host is not looked at, an Origin is refused.
 * `not-loopback` comes last: who has other ways to know a peer may pass over it.
 */
export function refusalOf(request: GateRequest, options: GateOptions): GateRefusal | undefined {
  const host = request.host ?? '';
  const name = hostName(host);
  const isSocket = request.remoteAddress === undefined;
  if (!isSocket && (name === undefined || !isOwnHost(name, options))) {
    return {
      status: 421,
      code: 'wrong-host',
      message: `this house is not "${host.slice(0, 80)}"; call it by localhost, its address or its name`,
    };
  }
  const { origin } = request;
  if (
    origin !== undefined &&
    !options.origins.includes(origin) &&
    (isSocket || !isSameOrigin(origin, host))
  ) {
    return {
      status: 403,
      code: 'foreign-origin',
      message: `a page of "${origin.slice(0, 80)}" may not call this house`,
    };
  }
  const type = (request.contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (isUnsafeWithBody(request) && type !== 'application/json' && type !== 'text/yaml') {
    return {
      status: 415,
      code: 'wrong-content-type',
      message: `expected application/json or text/yaml, got "${type}"`,
    };
  }
  if (!isSocket && (request.isForwarded || !isLoopback(request.remoteAddress))) {
    return {
      status: 403,
      code: 'not-loopback',
      message: 'only this machine itself may call until an administrator exists',
    };
  }
  return undefined;
}
