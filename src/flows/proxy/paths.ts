// Paths as Node-RED's router reads them, and which of them nobody gets to see.
import { fail } from '../errors.ts';

/** What an URL could be read as in two ways is not passed on: dots, encoded slashes, backslashes. */
const ambiguous = /(?:^|\/)\.{1,2}(?:\/|$)|%2f|%5c|%00|\\/i;
/** Node-RED's router leaves off what comes after one. */
const fragment = '#';

/** Behind the first level, in lower case as its router compares them. Throws `bad-path`. */
export function levelsOf(url: string | undefined): readonly string[] {
  const path = url?.split('?', 1)[0] ?? '';
  try {
    const plain = decodeURIComponent(path);
    if (path.includes(fragment) || ambiguous.test(path) || ambiguous.test(plain))
      throw new URIError('ambiguous');
    return plain.toLowerCase().split('/').filter(Boolean).slice(1);
  } catch (cause) {
    throw fail('bad-path', `this path can be read in two ways: ${path.slice(0, 200)}`, { cause });
  }
}

/** Logins of Node-RED's own, git projects, and keys for them: unused, and each had holes. */
const blocked: readonly (readonly string[])[] = [
  ['auth', 'token'],
  ['auth', 'revoke'],
  ['auth', 'strategy'],
  ['projects'],
  ['settings', 'user', 'keys'],
];

/** What was typed into nodes but is no password, what flows remember, and how this machine is set up. */
const ofEditors: readonly (readonly string[])[] = [['credentials'], ['context'], ['diagnostics']];

function beginsWith(levels: readonly string[], head: readonly string[]): boolean {
  return head.every((level, index) => levels[index] === level);
}

export function isBlocked(levels: readonly string[]): boolean {
  return blocked.some((head) => beginsWith(levels, head));
}

/** Only for who may change flows. */
export function isForEditors(levels: readonly string[]): boolean {
  return ofEditors.some((head) => beginsWith(levels, head));
}

export function isLibrary(levels: readonly string[]): boolean {
  return beginsWith(levels, ['library']);
}

export function isLogin(levels: readonly string[]): boolean {
  return levels.join('/') === 'auth/login';
}

/** The only ones for which its editor sends a form instead of JSON. */
const formPaths: ReadonlySet<string> = new Set(['flows/state', 'debug/enable', 'debug/disable']);
const form = 'application/x-www-form-urlencoded';

export function takesForm(levels: readonly string[], type: string | undefined): boolean {
  return formPaths.has(levels.join('/')) && type?.split(';', 1)[0]?.trim().toLowerCase() === form;
}

/** `/github`, or `/shop/*` for all that begins so; the raw path below `/endpoint` must be written the same. */
export function isPublic(url: string | undefined, patterns: readonly string[]): boolean {
  const path = (url?.split('?', 1)[0] ?? '').slice('/endpoint'.length);
  if (ambiguous.test(path)) return false;
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  );
}
