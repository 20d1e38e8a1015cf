// A run that may be shown to strangers: what it decided and did, without who, where and what is secret. By names: a value
// that gives itself away otherwise stays, so the page says to look through it.
import type { Trace } from '../api/types.ts';
import { isTree } from '../document/edit.ts';

export const hidden = '(hidden)';

const words = [
  'pass',
  'passwd',
  'password',
  'pin',
  'code',
  'token',
  'secret',
  'key',
  'apikey',
  'auth',
  'authorization',
  'credential',
  'credentials',
  'cookie',
  'session',
  'user',
  'username',
  'client',
  'clientid',
  'by',
  'who',
  'person',
  'mail',
  'email',
  'phone',
  'ip',
  'address',
  'mac',
  'ssid',
  'bssid',
  'lat',
  'latitude',
  'lon',
  'lng',
  'longitude',
  'location',
  'gps',
];
const telling: ReadonlySet<string> = new Set(words);

/** `wifiPassword`, `api_key` → its words. */
function isTelling(name: string): boolean {
  const parts = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u);
  return parts.some((part) => telling.has(part)) || telling.has(parts.join(''));
}

/** A user and password in an address. */
const inAddress = /(\b[a-z][a-z\d+.-]*:\/\/)[^/\s@]+@/gi;

function withoutLogin(text: string): string {
  return text.replaceAll(inAddress, `$1${hidden}@`);
}

/** Text that is JSON is looked into as what it is. */
function inText(text: string): string {
  if (!/^\s*[[{]/.test(text)) return withoutLogin(text);
  try {
    return JSON.stringify(redact(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError) return withoutLogin(text);
    throw error;
  }
}

/** A part of an expression shows a value: what it is called is its last name. */
function isTellingPart({ source }: Readonly<Record<string, unknown>>): boolean {
  return typeof source === 'string' && isTelling(/[\p{L}\d_$]+\W*$/u.exec(source)?.[0] ?? '');
}

const values: ReadonlySet<string> = new Set(['value', 'left', 'right']);

function redact(value: unknown): unknown {
  if (typeof value === 'string') return inText(value);
  if (Array.isArray(value)) return value.map(redact);
  if (!isTree(value)) return value;
  const hidesValue = isTellingPart(value);
  const isError = Object.hasOwn(value, 'message');
  const entries = Object.entries(value).map(([name, inner]) => {
    const isHidden = (isTelling(name) && !(isError && name === 'code')) || (hidesValue && values.has(name));
    return [name, isHidden && inner !== null ? hidden : redact(inner)];
  });
  return Object.fromEntries(entries);
}

export function redactedRun(trace: Trace): string {
  return `${JSON.stringify({ format: 'homerule-run', run: redact(trace) }, undefined, 2)}\n`;
}
